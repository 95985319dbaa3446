// 住所表示番号: what Japan Post's barcode says of an address besides the postcode, drawn from the
// address as it is written (郵便番号・バーコードマニュアル). An absent barcode costs nothing, a wrong
// one sends the letter astray: whatever is not certain gives none.
//
// Handled: 丁目, 番地, 番, 号, 丁 and 地割 in Arabic or Chinese numerals (二十三, 二三), hyphens and の
// between numbers, buildings and floors, towns whose names hold numerals (三栄町, 二十騎町, 一番町,
// 八丁堀, 三の丸, 南四条西).
// Left without a barcode, as the town's name could not be told from the number without Japan Post's
// list of towns: Kyoto's 上る 下る 東入 西入, numbered 条 線 号 before the number, a digit followed by
// anything else than a number's own words, an address that begins with its number or has none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azukari::guidance {

// "東京都新宿区四谷三丁目2番1号", "見本荘 2F" → "3-2-1-2". Not yet cut to a barcode's length.
std::optional<std::string> address_display_number(std::string_view address, std::string_view building);

// Whether an address under this postcode ("160-0022" or seven digits) can have a barcode: not under
// one for all places the list does not name (…00), nor under those of single buildings and offices
// (163, fourth digit 6 or 8), where the list goes down to the floor.
bool names_a_town(std::string_view postcode);

} // namespace azukari::guidance
