#include "programmes/guidance/recipient_file.h"

#include "base/instant.h"
#include "infra/text/utf8.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace azukari::guidance {

namespace {

using text::next_code_point;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

std::size_t length_of(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool has_control_character(std::string_view utf8)
{
    return std::ranges::any_of(utf8, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool is_number(std::string_view value, bool fraction, double least, double most)
{
    if (value.empty() || value.size() > 12 || !is_digit(value.front()) || !is_digit(value.back())) return false;
    const auto points = std::ranges::count(value, '.');
    if (points > (fraction ? 1 : 0)) return false;
    if (!std::ranges::all_of(value, [](char c) { return is_digit(c) || c == '.'; })) return false;
    double number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    return number >= least && number <= most;
}

bool is_date(std::string_view value)
{
    if (value.size() != 8 || !std::ranges::all_of(value, is_digit)) return false;
    unsigned number = 0;
    std::from_chars(value.data(), value.data() + 8, number);
    return number >= 18'730'101 &&
           CivilDate::from(static_cast<int>(number / 10'000), number / 100 % 100, number % 100).has_value();
}

bool is_postal_code(std::string_view value)
{
    if (value.size() != 8 || value[3] != '-') return false;
    return std::ranges::all_of(value.substr(0, 3), is_digit) && std::ranges::all_of(value.substr(4), is_digit);
}

bool is_right_in_form(const RecipientColumn& column, std::string_view value)
{
    switch (column.kind) {
    case CellKind::text: {
        const auto length = length_of(value);
        return length >= column.shortest && length <= column.longest && !has_control_character(value);
    }
    case CellKind::digits:
        return value.size() >= column.shortest && value.size() <= column.longest &&
               std::ranges::all_of(value, is_digit);
    case CellKind::integer:
        return is_number(value, false, column.least, column.most);
    case CellKind::decimal:
        return is_number(value, true, column.least, column.most);
    case CellKind::date:
        return is_date(value);
    case CellKind::postal_code:
        return is_postal_code(value);
    case CellKind::choice:
        return std::ranges::find(column.choices, value) != column.choices.end();
    }
    return false;
}

char32_t shape_of(char32_t c)
{
    if (c >= '0' && c <= '9') return U'9';
    if (c >= U'０' && c <= U'９') return U'９';
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return U'A';
    if ((c >= U'Ａ' && c <= U'Ｚ') || (c >= U'ａ' && c <= U'ｚ')) return U'Ａ';
    if (c >= 0x3041 && c <= 0x3096) return U'あ';
    if (c >= 0x30A1 && c <= 0x30FA) return U'ア';
    if (c >= 0xFF66 && c <= 0xFF9D) return U'ｱ';
    if (c < 0x20 || c == 0x7F) return U'␣';
    if (c < 0x80 || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF01 && c <= 0xFF0F)) return c; // punctuation
    if (c >= 0xE000 && c <= 0xF8FF) return U'外';
    return U'漢';
}

} // namespace

std::string mask_of(std::string_view utf8)
{
    constexpr std::size_t kShown = 24;
    std::string mask;
    std::size_t shown = 0;
    for (std::size_t at = 0; at < utf8.size(); ++shown) {
        if (shown == kShown) return mask + "…";
        text::append_utf8(mask, shape_of(next_code_point(utf8, at)));
    }
    return mask;
}

std::string BadCell::sentence() const
{
    if (column.empty()) return fmt::format("{}行目: {}", line, expected);
    return fmt::format("{}行目 {}「{}」: {}", line, column, masked, expected);
}

bool is_right(const RecipientColumn& column, std::string_view value, std::string_view kind)
{
    if (column.required == Required::by_kind) {
        const bool wanted = std::ranges::find(column.kinds, kind) != column.kinds.end();
        return wanted ? is_right_in_form(column, value) : value.empty();
    }
    if (value.empty()) return column.required == Required::optional;
    return is_right_in_form(column, value);
}

} // namespace azukari::guidance
