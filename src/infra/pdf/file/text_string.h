// Text as PDF writes it outside of content streams.
#pragma once

#include "infra/text/utf8.h"

namespace azukari::pdf {

inline void append_hex4(std::string& out, unsigned value)
{
    constexpr char kDigits[] = "0123456789ABCDEF";
    for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[value >> shift & 15];
}

inline void append_utf16_hex(std::string& out, char32_t c)
{
    if (c >= 0x10000) {
        append_hex4(out, static_cast<unsigned>(0xD800 + ((c - 0x10000) >> 10)));
        append_hex4(out, static_cast<unsigned>(0xDC00 + ((c - 0x10000) & 0x3FF)));
    } else {
        append_hex4(out, static_cast<unsigned>(c));
    }
}

// A PDF text string in UTF-16BE with its mark, in hexadecimal: what titles and ActualText use.
inline std::string text_string(std::string_view utf8)
{
    std::string out = "<FEFF";
    for (std::size_t at = 0; at < utf8.size();) append_utf16_hex(out, text::next_code_point(utf8, at));
    out += '>';
    return out;
}

} // namespace azukari::pdf
