// What waits for a person at the line: lines of 「今日すること」.
#pragma once

#include "office/shell/waiting.h"

namespace azukari::guidance::sealing_pages {

void tell_waiting(const office::Asked& asked);

} // namespace azukari::guidance::sealing_pages
