// Reading UTF-8 one character at a time, for the innermost loops of setting type.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace azukari::pdf {

inline constexpr char32_t kNoCharacter = 0xFFFD;

// The character at `at`, which moves behind it. Malformed bytes give kNoCharacter, one byte at a time; no font holds it,
// so that it is reported and never printed.
inline char32_t next_code_point(std::string_view text, std::size_t& at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(at);
    if (first < 0x80) return ++at, first;
    const std::size_t size = first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (size == 0 || first >= 0xF5 || at + size > text.size()) return ++at, kNoCharacter;
    char32_t value = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return ++at, kNoCharacter;
        value = value << 6 | (byte(at + i) & 0x3F);
    }
    constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xD800 && value < 0xE000;
    if (value < kSmallest[size] || surrogate || value > 0x10FFFF) return ++at, kNoCharacter;
    at += size;
    return value;
}

inline void append_utf8(std::string& out, char32_t c)
{
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | c >> 18);
        out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

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
    for (std::size_t at = 0; at < utf8.size();) append_utf16_hex(out, next_code_point(utf8, at));
    out += '>';
    return out;
}

} // namespace azukari::pdf
