// Telephone numbers in any notation as the digits one dials within Japan: 03-1234-5678, (03)1234-5678, ＋８１ ３ １２３４
// ５６７８, 〇三の一二三四…, TEL 03.1234.5678 内線 12.
#pragma once

#include "base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace azukari::text {

struct Telephone {
    std::string digits;    // 10 or 11, the first is 0
    std::string extension; // 内線; empty when there is none
    bool operator==(const Telephone&) const = default;
};

// Refuses what is no number of the Japanese plan (総務省 電気通信番号計画: 10 digits, 11 for 0X0 and 0800).
Result<Telephone> read_telephone(std::string_view utf8);

// For searching: the digits of what may be a part of a number, at least four; nothing when it is not written like one.
std::optional<std::string> telephone_part(std::string_view utf8);

} // namespace azukari::text
