// What waits for a person about printing: lines of 「今日すること」. Paper left lying past its time is told to both sides.
#pragma once

#include "office/shell/waiting.h"

namespace azukari::printing::pages {

void tell_waiting(const office::Asked& asked);

} // namespace azukari::printing::pages
