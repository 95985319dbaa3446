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

// Of a body of which only the beginning is here: the fields that stand whole before its first file, as far as it is
// well formed.
Fields decode_fields_before_files(std::string_view content_type, std::string_view beginning);

} // namespace azukari::http
