// Reading texts without trust: lines, decimals, base64, well-formed UTF-8. One spelling each, nothing else is read.
#pragma once

#include "verify/digest.h"

namespace azukari::verify {

// Cuts the first line off `text`; nothing when there is no newline.
std::optional<std::string_view> take_line(std::string_view& text);
std::optional<std::uint64_t> decimal(std::string_view text); // below 2^63, no leading zero
std::optional<std::string> from_base64(std::string_view text);
std::string to_base64(std::string_view bytes);
std::optional<Hash> hash_from_base64(std::string_view text);
std::string hex32(std::uint32_t number); // eight digits
bool is_utf8(std::string_view text);

} // namespace azukari::verify
