#include "matters/my_number.h"

#include "infra/text/folding.h"

#include <string>

namespace azukari::matters {
namespace {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

bool is_my_number(std::string_view digits)
{
    if (digits.size() != 12) return false;
    int sum = 0;
    for (int n = 1; n <= 11; ++n) {
        const char digit = digits[static_cast<std::size_t>(11 - n)];
        if (!is_digit(digit)) return false;
        sum += (digit - '0') * (n <= 6 ? n + 1 : n - 5);
    }
    const int rest = sum % 11;
    return digits[11] == '0' + (rest <= 1 ? 0 : 11 - rest);
}

bool holds_my_number(std::string_view utf8)
{
    const auto text = text::nfkc(utf8);
    std::string run;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const char c = at < text.size() ? text[at] : '\n';
        const bool joins = !run.empty() && (c == ' ' || c == '-') && at + 1 < text.size() && is_digit(text[at + 1]);
        if (is_digit(c)) {
            run += c;
        } else if (!joins) {
            if (is_my_number(run)) return true;
            run.clear();
        }
    }
    return false;
}

} // namespace azukari::matters
