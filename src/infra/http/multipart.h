// multipart/form-data (RFC 7578) as browsers write it (WHATWG HTML): fields and files of one upload.
#pragma once

#include "infra/http/message.h"

#include <optional>
#include <string_view>
#include <vector>

namespace azukari::http {

struct Multipart {
    Fields fields;
    std::vector<UploadedFile> files; // file fields left empty are not among them
};

// `content_type` is the whole header, with its boundary. Refuses what is not well formed.
std::optional<Multipart> decode_multipart(std::string_view content_type, std::string_view body);

} // namespace azukari::http
