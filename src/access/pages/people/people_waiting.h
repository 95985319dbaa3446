// What waits for a person about rosters and training: lines of 「今日すること」.
#pragma once

#include "office/shell/waiting.h"

namespace azukari::access::people_pages {

inline constexpr int kDueDays = 30; // training that ends within these days is due

// A roster that this person could hand to the ward now; their own training that is missing, over or due.
void tell_waiting(const office::Asked& asked);

bool is_due(const std::optional<Instant>& valid_until, const Moment& moment);

} // namespace azukari::access::people_pages
