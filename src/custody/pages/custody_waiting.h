// What waits for a person about hand-overs and custody: lines of 「今日すること」, and of the overview.
#pragma once

#include "custody/custody.h"
#include "office/shell/waiting.h"

namespace azukari::custody::pages {

// A record that one side has not confirmed for this long is an alarm for both.
inline constexpr Duration kConfirmWithin = Duration::hours(24);

struct Wait {
    office::Tone tone;
    std::string what;
    std::string below; // the entrustment's address
};
// For this person, by what their role has to do; most pressing first. `scope`: of any action about the entrustment.
std::vector<Wait> waits(const storage::Snapshot& snapshot, const access::Scope& scope);

void tell_waiting(const office::Asked& asked);

} // namespace azukari::custody::pages
