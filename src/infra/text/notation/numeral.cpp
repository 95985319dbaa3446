#include "infra/text/notation/numeral.h"

#include "infra/text/utf8.h"

namespace azukari::text {

namespace {

constexpr std::int32_t kMost = 99'999'999;

int scale_of(char32_t c)
{
    return c == U'十' || c == U'拾' ? 10 : c == U'百' ? 100 : c == U'千' ? 1000 : 0;
}

bool is_ascii_digit(char32_t c)
{
    return c >= U'0' && c <= U'9';
}

template <class Text>
std::optional<std::int32_t> ascii_number_at(Text text, std::size_t& at)
{
    std::int64_t value = 0;
    std::size_t end = at;
    for (; end < text.size() && is_ascii_digit(text[end]); ++end) {
        value = value * 10 + static_cast<int>(text[end] - U'0');
        if (value > kMost) return std::nullopt;
    }
    at = end;
    return static_cast<std::int32_t>(value);
}

template <class Text>
std::optional<std::int32_t> kanji_number_at(Text text, std::size_t& at)
{
    std::int64_t whole = 0, run = 0;
    bool pending = false;
    std::size_t end = at;
    for (; end < text.size() && is_kanji_numeral(text[end]); ++end) {
        if (const int scale = scale_of(text[end]); scale != 0) {
            whole += (pending ? run : 1) * scale;
            run = 0;
            pending = false;
        } else {
            run = run * 10 + *digit_value(text[end]);
            pending = true;
        }
        if (whole + run > kMost) return std::nullopt;
    }
    at = end;
    return static_cast<std::int32_t>(whole + run);
}

template <class Text>
std::optional<std::int32_t> any_number_at(Text text, std::size_t& at)
{
    if (at >= text.size()) return std::nullopt;
    if (is_ascii_digit(text[at])) return ascii_number_at(text, at);
    if (is_kanji_numeral(text[at])) return kanji_number_at(text, at);
    return std::nullopt;
}

} // namespace

char32_t plain_character(char32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c == 0x3000 || c == 0xA0 || c == U'\t') return U' ';
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x30FC || c == 0xFF70 || c == 0x2500) return U'-';
    return c;
}

std::u32string plain_characters(std::string_view utf8)
{
    std::u32string out;
    for (std::size_t at = 0; at < utf8.size();) out += plain_character(next_code_point(utf8, at));
    return out;
}

std::optional<int> digit_value(char32_t c)
{
    if (is_ascii_digit(c)) return static_cast<int>(c - U'0');
    if (c >= U'０' && c <= U'９') return static_cast<int>(c - U'０');
    switch (c) {
    case U'〇':
    case U'零':
        return 0;
    case U'一':
    case U'壱':
        return 1;
    case U'二':
    case U'弐':
        return 2;
    case U'三':
    case U'参':
        return 3;
    case U'四':
        return 4;
    case U'五':
        return 5;
    case U'六':
        return 6;
    case U'七':
        return 7;
    case U'八':
        return 8;
    case U'九':
        return 9;
    default:
        return std::nullopt;
    }
}

bool is_kanji_numeral(char32_t c)
{
    return scale_of(c) != 0 || (c >= 0x3007 && c < 0xA000 && digit_value(c).has_value());
}

std::optional<std::int32_t> number_at(std::u32string_view text, std::size_t& at)
{
    return any_number_at(text, at);
}

std::optional<std::int32_t> number_at(std::u16string_view text, std::size_t& at)
{
    return any_number_at(text, at);
}

} // namespace azukari::text
