#include "infra/text/notation/telephone.h"

#include "infra/text/notation/notation_refusals.h"
#include "infra/text/notation/numeral.h"

#include <algorithm>
#include <array>

namespace azukari::text {

namespace {

constexpr std::array<std::u32string_view, 10> kLabels = {U"電話番号", U"電話",   U"携帯番号", U"携帯", U"自宅",
                                                         U"連絡先",   U"勤務先", U"TEL",      U"Tel",  U"℡"};
constexpr std::array<std::u32string_view, 5> kExtensions = {U"内線番号", U"内線", U"内", U"ext", U"#"};
constexpr std::size_t kLongest = 64; // characters of a notation
constexpr std::size_t kExtensionDigits = 6;

bool is_separator(char32_t c)
{
    return c == U' ' || c == U'-' || c == U'(' || c == U')' || c == U'.' || c == U'/' || c == U'の' || c == U'・';
}

std::size_t skip_labels(std::u32string_view text)
{
    std::size_t at = 0;
    for (bool found = true; found;) {
        found = false;
        while (at < text.size() && (text[at] == U' ' || text[at] == U':' || text[at] == U'.')) ++at;
        for (const auto label : kLabels)
            if (text.substr(at).starts_with(label)) {
                at += label.size();
                found = true;
                break;
            }
    }
    return at;
}

std::optional<std::string> extension_of(std::u32string_view rest)
{
    for (const auto mark : kExtensions) {
        if (!rest.starts_with(mark)) continue;
        std::string digits;
        for (const char32_t c : rest.substr(mark.size())) {
            if (const auto digit = digit_value(c))
                digits += static_cast<char>('0' + *digit);
            else if (!is_separator(c) && c != U':')
                return std::nullopt;
        }
        if (digits.empty() || digits.size() > kExtensionDigits) return std::nullopt;
        return digits;
    }
    return std::nullopt;
}

// The digits of a notation, the country's own prefix replaced; nothing when something else stands among them.
std::optional<Telephone> digits_of(std::string_view utf8)
{
    const auto text = plain_characters(utf8);
    if (text.size() > kLongest) return std::nullopt;
    std::u32string_view rest(text);
    rest.remove_prefix(skip_labels(rest));
    const bool abroad = rest.starts_with(U"+") || rest.starts_with(U"0081") || rest.starts_with(U"01081");
    if (rest.starts_with(U"+")) rest.remove_prefix(1);
    Telephone telephone;
    for (std::size_t at = 0; at < rest.size(); ++at) {
        if (const auto digit = digit_value(rest[at])) {
            telephone.digits += static_cast<char>('0' + *digit);
        } else if (!is_separator(rest[at]) || telephone.digits.size() > 20) {
            const auto extension = extension_of(rest.substr(at));
            if (!extension) return std::nullopt;
            telephone.extension = *extension;
            break;
        }
    }
    if (abroad) {
        auto& digits = telephone.digits;
        for (const std::string_view prefix : {"01081", "0081", "81"})
            if (digits.starts_with(prefix)) {
                digits.erase(0, prefix.size());
                if (!digits.starts_with('0')) digits.insert(digits.begin(), '0'); // +81 (0)3 and +81 3
                return telephone;
            }
        return std::nullopt; // another country
    }
    return telephone;
}

bool has_eleven_digits(std::string_view digits) // 020, 050, 060, 070, 080, 090, 0800
{
    return digits.starts_with("0800") || (digits[2] == '0' && digits[1] != '1' && digits[1] != '3' &&
                                          digits[1] != '4' && digits.substr(0, 3) != "000");
}

} // namespace

Result<Telephone> read_telephone(std::string_view utf8)
{
    auto telephone = digits_of(utf8);
    if (!telephone || telephone->digits.empty()) return refuse(kNoTelephone);
    const auto& digits = telephone->digits;
    if (digits[0] != '0' || digits.size() < 10 || digits[1] == '0') return refuse(kNotDiallable, digits);
    if (digits.size() != (has_eleven_digits(digits) ? 11U : 10U))
        return refuse(kDigitsOfTelephone, digits, std::to_string(digits.size()),
                      has_eleven_digits(digits) ? "11" : "10");
    return *std::move(telephone);
}

std::optional<std::string> telephone_part(std::string_view utf8)
{
    auto telephone = digits_of(utf8);
    if (!telephone || telephone->digits.size() < 4 || telephone->digits.size() > 11) return std::nullopt;
    return std::move(telephone->digits);
}

} // namespace azukari::text
