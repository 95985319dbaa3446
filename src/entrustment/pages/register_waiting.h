// What waits for a person about the register: lines of 「今日すること」.
#pragma once

#include "office/shell/waiting.h"

namespace azukari::entrustment {

// A work flow to publish or to acknowledge; changes that the council has not been told of.
void tell_waiting(const office::Asked& asked);

} // namespace azukari::entrustment
