// カスタマバーコード: the bars by which Japan Post's machines sort a letter down to the door
// (郵便番号・バーコードマニュアル). Start, seven digits of the postcode, thirteen characters of the
// 住所表示番号, a check character and stop: 67 bars of four kinds.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace azukari::pdf {

enum class Bar : std::uint8_t { timing, lower, upper, full }; // タイミング, セミロング下・上, ロング

using CustomerBarcode = std::array<Bar, 67>;

// At 10 points a long bar is 3.6 mm high and bars follow each other by 1.2 mm; the manual allows 8
// to 11.5 points.
inline constexpr double kSmallestBarcode = 8, kLargestBarcode = 11.5;
constexpr double barcode_width(double size_pt)
{
    return (66 * 1.2 + 0.6) * size_pt / 10; // millimetres
}
constexpr double barcode_height(double size_pt)
{
    return 3.6 * size_pt / 10; // millimetres
}

// `postcode`: seven digits, no hyphen. `number`: digits, hyphens and capital letters, as the
// extraction rules leave them; empty for the postcode of a single office. What goes beyond thirteen
// characters is left out as the manual says. None when either holds anything else.
std::optional<CustomerBarcode> customer_barcode(std::string_view postcode, std::string_view number);

} // namespace azukari::pdf
