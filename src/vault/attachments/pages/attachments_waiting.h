// What attachments have to say on the home page: those that nobody can open yet.
#pragma once

#include "office/shell/waiting.h"

namespace azukari::vault::attachments::pages {

void tell_waiting(const office::Asked& asked);

} // namespace azukari::vault::attachments::pages
