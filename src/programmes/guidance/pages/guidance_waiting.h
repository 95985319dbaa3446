// What waits for a person about the printing of letters: lines of 「今日すること」.
#pragma once

#include "office/shell/waiting.h"

namespace azukari::guidance::pages {

// Batches whose next step this person can take.
void tell_waiting(const office::Asked& asked);

} // namespace azukari::guidance::pages
