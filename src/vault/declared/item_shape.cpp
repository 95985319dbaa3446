#include "vault/declared/item_shape.h"

#include "infra/text/folding.h"
#include "infra/text/notation/numeral.h"
#include "infra/text/utf8.h"
#include "vault/vault_refusals.h"

#include <algorithm>
#include <array>
#include <utility>

namespace azukari::vault {
namespace {

constexpr std::pair<std::string_view, Shape> kShapes[] = {
    {"name", Shape::name},
    {"child_name", Shape::name},
    {"kana", Shape::kana},
    {"birth_date", Shape::day},
    {"received_on", Shape::day},
    {"checkup_date", Shape::day},
    {"telephone", Shape::telephone},
    {"fax", Shape::telephone},
    {"email", Shape::email},
    {"postal_code", Shape::postal_code},
    {"age", Shape::age},
    {"age_at_year_end", Shape::age},
    {"consultation", Shape::paragraph},
    {"survey", Shape::paragraph},
    {"household", Shape::paragraph},
    {"housing", Shape::paragraph},
    {"health", Shape::paragraph},
    {"income", Shape::paragraph},
    {"debts", Shape::paragraph},
    {"work", Shape::paragraph},
    {"claim", Shape::paragraph},
    {"assessment", Shape::paragraph},
    {"plan", Shape::paragraph},
    {"progress", Shape::paragraph},
    {"spending", Shape::paragraph},
    {"arrears", Shape::paragraph},
    {"benefits", Shape::paragraph},
    {"loan", Shape::paragraph},
    {"budget_table", Shape::paragraph},
    {"education", Shape::paragraph},
    {"career", Shape::paragraph},
    {"visitor", Shape::paragraph},
    {"checkup_result", Shape::paragraph},
};

// Blanks, also the ideographic one, at both ends.
std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kWide = "　";
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty()) {
        if (is_blank(text.front()))
            text.remove_prefix(1);
        else if (text.starts_with(kWide))
            text.remove_prefix(kWide.size());
        else if (is_blank(text.back()))
            text.remove_suffix(1);
        else if (text.ends_with(kWide))
            text.remove_suffix(kWide.size());
        else
            break;
    }
    return text;
}

// Digits and signs as a keyboard without kana gives them: an IME in kana mode gives ー where a hyphen is meant.
std::string plain_number(std::string_view text)
{
    std::string plain;
    for (const char32_t c : text::plain_characters(text)) text::append_utf8(plain, c);
    return plain;
}

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool printable(std::string_view text, bool lines)
{
    return std::none_of(text.begin(), text.end(), [&](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == 0x7F || (byte < 0x20 && !(lines && (c == '\n' || c == '\r')));
    });
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
std::ptrdiff_t digits_in(std::string_view text)
{
    return std::count_if(text.begin(), text.end(), is_digit);
}

Result<std::string> day(std::string_view name, const std::string& plain, CivilDate today)
{
    const auto date = CivilDate::parse(plain);
    if (!date) return refuse(kNotADay, std::string(name));
    if (*date > today) return refuse(kDayAhead, std::string(name));
    return plain;
}

Result<std::string> telephone(std::string_view name, const std::string& plain)
{
    const bool known = std::all_of(plain.begin(), plain.end(), [](char c) {
        return is_digit(c) || c == '-' || c == '(' || c == ')' || c == ' ' || c == '+';
    });
    const auto digits = digits_in(plain);
    const bool abroad = plain.starts_with('+') && digits >= 8 && digits <= 15;
    const bool here = plain.find('+') == std::string::npos && (digits == 10 || digits == 11) && !plain.empty() &&
                      plain[plain.find_first_of("0123456789")] == '0';
    if (!known || !(abroad || here)) return refuse(kNotATelephone, std::string(name));
    return plain;
}

Result<std::string> email(std::string_view name, const std::string& plain)
{
    const auto at = plain.find('@');
    const bool one = at != std::string::npos && at > 0 && plain.find('@', at + 1) == std::string::npos;
    const auto dot = plain.rfind('.');
    const bool domain = one && dot != std::string::npos && dot > at + 1 && dot + 1 < plain.size();
    const bool plain_words = std::all_of(plain.begin(), plain.end(), [](char c) { return c > ' ' && c < 0x7F; });
    if (!domain || !plain_words || plain.find_first_of("<>,;:\"()[]\\") != std::string::npos)
        return refuse(kNotAnEmail, std::string(name));
    return plain;
}

Result<std::string> kana(std::string_view name, std::string_view value)
{
    // Hiragana and katakana (U+3041–U+30FF) are E3 81 81 – E3 83 BF; half-width katakana EF BD A6 – EF BE 9F.
    for (std::size_t i = 0; i < value.size();) {
        const auto byte = static_cast<unsigned char>(value[i]);
        if (byte == ' ') {
            ++i;
            continue;
        }
        if (value.substr(i).starts_with("　") || value.substr(i).starts_with("－")) {
            i += 3;
            continue;
        }
        const auto second = i + 1 < value.size() ? static_cast<unsigned char>(value[i + 1]) : 0;
        const bool full = byte == 0xE3 && second >= 0x81 && second <= 0x83;
        const bool half = byte == 0xEF && (second == 0xBD || second == 0xBE);
        if (!full && !half) return refuse(kNotKana, std::string(name));
        i += 3;
    }
    return std::string(value);
}

Result<std::string> postal_code(std::string_view name, const std::string& plain)
{
    if (digits_in(plain) != 7 || plain.find_first_not_of("0123456789-") != std::string::npos)
        return refuse(kNotAPostalCode, std::string(name));
    return plain;
}

Result<std::string> age(std::string_view name, const std::string& plain)
{
    const bool number =
        !plain.empty() && plain.size() <= 3 && digits_in(plain) == static_cast<std::ptrdiff_t>(plain.size());
    if (!number || std::stoi(plain) > 130) return refuse(kNotAnAge, std::string(name));
    return plain;
}

} // namespace

Shape shape_of(std::string_view item_code)
{
    for (const auto& [code, shape] : kShapes)
        if (code == item_code) return shape;
    return Shape::line;
}

int longest(Shape shape)
{
    return shape == Shape::paragraph ? 4000 : 200;
}

Result<std::string> well_written(Shape shape, std::string_view name, std::string_view value, CivilDate today)
{
    const auto text = trimmed(value);
    const bool malformed = !text.empty() && text::nfkc(text).empty();
    if (malformed || !printable(text, shape == Shape::paragraph)) return refuse(kNotText, std::string(name));
    if (characters(text) > static_cast<std::size_t>(longest(shape)))
        return refuse(kTooLong, std::string(name), std::to_string(longest(shape)));
    if (text.empty()) return std::string();
    switch (shape) {
    case Shape::line:
    case Shape::paragraph:
    case Shape::name:
        return std::string(text);
    case Shape::kana:
        return kana(name, text);
    case Shape::day:
        return day(name, text::nfkc(text), today);
    case Shape::telephone:
        return telephone(name, plain_number(text));
    case Shape::email:
        return email(name, text::nfkc(text));
    case Shape::postal_code:
        return postal_code(name, plain_number(text));
    case Shape::age:
        return age(name, text::nfkc(text));
    }
    return std::string(text);
}

} // namespace azukari::vault
