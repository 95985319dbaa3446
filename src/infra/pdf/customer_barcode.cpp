#include "infra/pdf/customer_barcode.h"

#include <algorithm>
#include <numeric>

namespace azukari::pdf {

namespace {

// A character's value, by which the check character is reckoned and its bars are found: 0 to 9, 10
// the hyphen, 11 to 18 the control codes CC1 to CC8.
using Value = std::uint8_t;
constexpr Value kHyphen = 10, kControl1 = 11, kFiller = 14; // CC4 fills up what is short

constexpr std::size_t kPostcodeDigits = 7, kNumberValues = 13, kValues = kPostcodeDigits + kNumberValues;

// Full, upper, lower, timing; by value.
constexpr std::array<std::string_view, 19> kBars = {"FTT", "FFT", "FLU", "LFU", "FUL", "FTF", "LUF",
                                                    "UFL", "ULF", "TFF", "TFT", "LUT", "LTU", "ULT",
                                                    "TLU", "UTL", "TUL", "TTF", "FFF"};

Bar bar_of(char letter)
{
    return letter == 'F' ? Bar::full : letter == 'U' ? Bar::upper : letter == 'L' ? Bar::lower : Bar::timing;
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

class Values {
public:
    bool full() const { return count_ == kValues; }
    // A letter is its row's control code and a digit; only the code when there is room for no more.
    bool add(char c)
    {
        if (is_digit(c))
            put(static_cast<Value>(c - '0'));
        else if (c == '-')
            put(kHyphen);
        else if (c >= 'A' && c <= 'Z') {
            put(static_cast<Value>(kControl1 + (c - 'A') / 10));
            put(static_cast<Value>((c - 'A') % 10));
        } else
            return false;
        return true;
    }
    void put(Value value)
    {
        if (!full()) values_[count_++] = value;
    }
    const std::array<Value, kValues>& all() const { return values_; }

private:
    std::array<Value, kValues> values_{};
    std::size_t count_ = 0;
};

} // namespace

std::optional<CustomerBarcode> customer_barcode(std::string_view postcode, std::string_view number)
{
    if (postcode.size() != kPostcodeDigits || !std::ranges::all_of(postcode, is_digit)) return std::nullopt;
    Values values;
    for (const char c : postcode) values.add(c);
    for (const char c : number)
        if (!values.add(c)) return std::nullopt;
    while (!values.full()) values.put(kFiller);
    const auto sum = std::accumulate(values.all().begin(), values.all().end(), 0U);

    CustomerBarcode bars{};
    std::size_t at = 0;
    const auto draw = [&](std::string_view letters) {
        for (const char letter : letters) bars[at++] = bar_of(letter);
    };
    draw("FL");
    for (const auto value : values.all()) draw(kBars[value]);
    draw(kBars[(19 - sum % 19) % 19]);
    draw("LF");
    return bars;
}

} // namespace azukari::pdf
