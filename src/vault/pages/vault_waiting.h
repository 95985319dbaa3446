// What the vault has to say on the home page: purposes and texts without which no information can be taken in.
#pragma once

#include "office/shell/waiting.h"

namespace azukari::vault::pages {

void tell_waiting(const office::Asked& asked);

} // namespace azukari::vault::pages
