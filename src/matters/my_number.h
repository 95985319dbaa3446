// 個人番号 (マイナンバー): twelve digits, the last of which checks the others (番号法に関する総務省令 第5条).
#pragma once

#include <string_view>

namespace azukari::matters {

// `digits`: twelve ASCII digits.
bool is_my_number(std::string_view digits);
// Whether such a number stands in a text, in half or full width, in one or with blanks or dashes between groups.
bool holds_my_number(std::string_view utf8);

} // namespace azukari::matters
