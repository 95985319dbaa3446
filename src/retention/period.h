// 保存期間の数え方, by the Civil Code: the day of the event is not counted (art. 140); a period of months or years ends with
// the day before the one that corresponds to its first day, or with the month's last day when there is none (art. 143).
#pragma once

#include "base/instant.h"

namespace azukari::retention {

struct Period {
    int years = 0;
    int months = 0;
    int days = 0;
    bool operator==(const Period&) const = default;
};

// The last day on which the document must be kept. No period at all: the day of the event itself.
CivilDate last_day_of(CivilDate event, const Period& period);

} // namespace azukari::retention
