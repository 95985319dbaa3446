// How long a person who mistyped has to wait, and when it is enough. Counting is by login name (to lock), by address,
// and by both together (to slow down): somebody else's tries from elsewhere delay nobody, and no more than a hundred
// tries at one name are ever answered (SP 800-63B-4).
#pragma once

#include "base/instant.h"

#include <optional>

namespace azukari::access {

inline constexpr std::int64_t kMostFailures = 100; // in a row, for one login name

struct Failures {
    std::int64_t count = 0;
    Instant last{};
};

struct AttemptHistory {
    Failures name;    // this login name, from anywhere
    Failures address; // any login name, from this address
    Failures both;    // this login name from this address
};

// Seconds until the next try is looked at; 0 when it may be now.
std::int64_t seconds_to_wait(const AttemptHistory& history, Instant at);
bool is_locked(const AttemptHistory& history);

} // namespace azukari::access
