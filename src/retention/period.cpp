#include "retention/period.h"

#include "base/check.h"

namespace azukari::retention {
namespace {

CivilDate first_of(int year, int month)
{
    const auto first = CivilDate::from(year, static_cast<unsigned>(month), 1);
    AZK_CHECK(first.has_value());
    return *first;
}

} // namespace

CivilDate last_day_of(CivilDate event, const Period& period)
{
    AZK_CHECK(period.years >= 0 && period.months >= 0 && period.days >= 0);
    auto last = event;
    if (period.years > 0 || period.months > 0) {
        const auto begins = event.plus_days(1);
        const int month = begins.year() * 12 + static_cast<int>(begins.month()) - 1 + period.years * 12 + period.months;
        const auto corresponding = CivilDate::from(month / 12, static_cast<unsigned>(month % 12 + 1), begins.day());
        const auto next = month + 1;
        last = corresponding ? corresponding->plus_days(-1) : first_of(next / 12, next % 12 + 1).plus_days(-1);
    }
    return last.plus_days(period.days);
}

} // namespace azukari::retention
