#include "programmes/guidance/letters/display_number.h"

#include "infra/text/utf8.h"

#include <algorithm>

namespace azukari::guidance {

namespace {

using Text = std::u32string;
using View = std::u32string_view;

bool is_digit(char32_t c)
{
    return c >= U'0' && c <= U'9';
}
bool is_letter(char32_t c)
{
    return c >= U'A' && c <= U'Z';
}

constexpr View kNumerals = U"〇一二三四五六七八九十百千";

bool is_numeral(char32_t c)
{
    return kNumerals.find(c) != View::npos;
}
bool is_number(char32_t c)
{
    return is_digit(c) || is_numeral(c);
}

// Full width made half, capitals, one kind of hyphen. & / ・ . close up (rule 2).
Text folded(std::string_view utf8)
{
    constexpr View kHyphens = U"‐‑‒–—―−─";
    constexpr View kClosingUp = U"&/.・･";
    Text out;
    for (std::size_t at = 0; at < utf8.size();) {
        char32_t c = text::next_code_point(utf8, at);
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
        if (c >= U'a' && c <= U'z') c -= 0x20;
        if (c == U'　') c = U' ';
        if (kHyphens.find(c) != View::npos) c = U'-';
        if (kClosingUp.find(c) == View::npos) out += c;
    }
    return out;
}

// 二十三 → 23, 百五 → 105, 二三 → 23; 0 for what nobody writes (十十, 二十十), or is far too long.
unsigned value_of(View numeral)
{
    constexpr unsigned kTooLarge = 100'000;
    if (numeral.find_first_of(U"十百千") == View::npos) {
        unsigned value = 0;
        for (const char32_t c : numeral) {
            value = value * 10 + static_cast<unsigned>(kNumerals.find(c));
            if (value >= kTooLarge) return 0;
        }
        return value;
    }
    unsigned sum = 0, digit = 0, last_unit = 10'000;
    bool has_digit = false;
    for (const char32_t c : numeral) {
        const auto index = static_cast<unsigned>(kNumerals.find(c));
        if (index <= 9) {
            if (has_digit || index == 0) return 0;
            digit = index;
            has_digit = true;
            continue;
        }
        const unsigned unit = index == 10 ? 10 : index == 11 ? 100 : 1000;
        if (unit >= last_unit) return 0;
        sum += (has_digit ? digit : 1) * unit;
        last_unit = unit;
        has_digit = false;
        digit = 0;
    }
    return sum + digit;
}

std::size_t end_of_run(View text, std::size_t at, bool (*belongs)(char32_t))
{
    while (at < text.size() && belongs(text[at])) ++at;
    return at;
}

bool at_break(View rest) // where a number may end without a word
{
    return rest.empty() || rest[0] == U'-' || rest[0] == U'ー' || rest[0] == U' ';
}

// Whether what follows says that the number before it is the address's and not part of a town's
// name: 二番地 but not 二番町, 三丁2 but not 八丁堀, 三の2 but not 三の丸.
bool counts(View rest)
{
    if (rest.starts_with(U"丁目") || rest.starts_with(U"地割") || rest.starts_with(U"番地")) return true;
    if (rest.starts_with(U"番") || rest.starts_with(U"丁")) {
        const auto next = rest.substr(1);
        const bool joined = rest[0] == U'番' && !next.empty() && (next[0] == U'の' || next[0] == U'ノ');
        return at_break(next) || is_number(next[0]) || joined;
    }
    if (rest.starts_with(U"の") || rest.starts_with(U"ノ")) return rest.size() > 1 && is_number(rest[1]);
    return false;
}

// Where the number begins behind the town's name; none when that is not certain.
std::optional<std::size_t> start_of_number(View address)
{
    for (const View way : {U"上る", U"下る", U"上ル", U"下ル", U"東入", U"西入"})
        if (address.find(way) != View::npos) return std::nullopt;
    for (std::size_t at = 0; at < address.size(); ++at) {
        if (!is_number(address[at])) continue;
        const bool digits = is_digit(address[at]);
        const std::size_t end = end_of_run(address, at, digits ? is_digit : is_numeral);
        const auto rest = address.substr(end);
        const bool is_start = counts(rest) || (digits && at_break(rest));
        if (is_start) {
            // 大三一丁目 may be 大三 1 or 大 31: nobody knows without the list of towns.
            const auto numeral = address.substr(at, end - at);
            const bool plain = digits || numeral.size() == 1 || numeral.find_first_of(U"十百千") != View::npos;
            const bool chome = rest.starts_with(U"丁");
            const bool sure = digits || (value_of(numeral) > 0 && (!chome || (plain && value_of(numeral) < 100)));
            return at > 0 && sure ? std::optional(at) : std::nullopt;
        }
        if (digits || rest.starts_with(U"線") || rest.starts_with(U"号")) return std::nullopt;
        at = end - 1; // part of the town's name
    }
    return std::nullopt;
}

// Whether a Chinese numeral before this is a number (supplement to rule 3).
bool makes_arabic(View rest)
{
    for (const View word : {U"丁", U"番", U"号", U"地割", U"線", U"の", U"ノ"})
        if (rest.starts_with(word)) return true;
    return false;
}

// 1番地一: a last number in Chinese numerals without a word of its own. The rules would drop it.
bool leaves_out_a_number(View number)
{
    constexpr View kBefore = U"のノ-地番目";
    for (std::size_t at = 1; at < number.size(); ++at) {
        if (!is_numeral(number[at])) continue;
        const std::size_t end = end_of_run(number, at, is_numeral);
        if (kBefore.find(number[at - 1]) != View::npos && at_break(number.substr(end))) return true;
        at = end;
    }
    return false;
}

class Number { // as it is put together: rules 3 to 6
public:
    // Whatever is not kept, or a hyphen: one hyphen, if something kept stands on both sides.
    void part() { parted_ = true; }
    void keep(char c)
    {
        const bool beside_letter = is_letter(static_cast<char32_t>(c)) || (!out_.empty() && is_letter(last()));
        if (parted_ && !out_.empty() && !beside_letter) out_ += '-';
        parted_ = false;
        out_ += c;
    }
    std::string take() && { return std::move(out_); }

private:
    char32_t last() const { return static_cast<unsigned char>(out_.back()); }
    std::string out_;
    bool parted_ = false;
};

std::string extract(View text)
{
    Number number;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = text[at];
        if (is_digit(c)) {
            number.keep(static_cast<char>(c));
            ++at;
        } else if (is_letter(c)) {
            const std::size_t end = end_of_run(text, at, is_letter);
            const bool floor = c == U'F' && at > 0 && is_digit(text[at - 1]);
            if (end - at == 1 && !floor)
                number.keep(static_cast<char>(c));
            else
                number.part();
            at = end;
        } else if (is_numeral(c)) {
            const std::size_t end = end_of_run(text, at, is_numeral);
            const auto value = value_of(text.substr(at, end - at));
            number.part();
            if (value > 0 && makes_arabic(text.substr(end)))
                for (const char digit : std::to_string(value)) number.keep(digit);
            at = end;
        } else {
            number.part();
            ++at;
        }
    }
    return std::move(number).take();
}

} // namespace

std::optional<std::string> address_display_number(std::string_view address, std::string_view building)
{
    auto whole = folded(address);
    const auto start = start_of_number(whole);
    if (!start) return std::nullopt;
    whole.erase(0, *start);
    if (leaves_out_a_number(whole)) return std::nullopt;
    whole += U' ';
    whole += folded(building);
    auto number = extract(whole);
    return number.empty() ? std::nullopt : std::optional(std::move(number));
}

bool names_a_town(std::string_view postcode)
{
    std::string digits;
    for (const char c : postcode)
        if (c >= '0' && c <= '9') digits += c;
    return digits.size() == 7 && !digits.ends_with("00") && !digits.starts_with("163") && digits[3] != '6' &&
           digits[3] != '8';
}

} // namespace azukari::guidance
