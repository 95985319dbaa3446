// Which encoding a ward's file is in, and its text as UTF-8.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace azukari::text {

enum class Encoding { utf8, cp932 };

// Looks at the beginning of a file: a byte order mark or well-formed UTF-8 with characters beyond
// ASCII says UTF-8, all else is CP932. `head` may end in the middle of a character.
Encoding guess_encoding(std::string_view head);

// True when the bytes are UTF-8 as RFC 3629 defines it; otherwise `bad` is the offset of the first
// wrong byte.
bool is_utf8(std::string_view bytes, std::size_t& bad);

// Appends the text of `bytes` to `out`; false with the offset of the first wrong byte.
bool decode_into(std::string& out, std::string_view bytes, Encoding encoding, std::size_t& bad);
Result<std::string> decode(std::string_view bytes, Encoding encoding);

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

} // namespace azukari::text
