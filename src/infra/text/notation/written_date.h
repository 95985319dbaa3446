// Days in any notation: 令和5年4月3日, R5.4.3, ㋿5.4.3, 昭和六十四年一月七日, S60/1/2, 2023/4/3, 20230403, 3400401 (the era
// as a digit, as insurers code it: 1 明治 2 大正 3 昭和 4 平成 5 令和).
#pragma once

#include "base/instant.h"
#include "base/result.h"

#include <optional>
#include <string_view>

namespace azukari::text {

// Strict: refuses a day the era did not have (昭和64年1月8日, 平成31年5月1日) and says which one it is, and a day of the
// lunar calendar.
Result<CivilDate> read_date(std::string_view utf8);

// A day of which parts may be unknown: 昭和40年, S40.4, 4月3日.
struct DatePart {
    std::optional<int> year; // western
    std::optional<unsigned> month, day;
    bool fits(CivilDate date) const;
    bool operator==(const DatePart&) const = default;
};

// For searching: what part of a date was meant, taken generously (昭和64年 is 1989 whatever the month). Nothing when it is
// not written like a date; four digits alone are a year from 1868 to 2100.
std::optional<DatePart> date_part(std::string_view utf8);

} // namespace azukari::text
