// The pages of signing in, of one's own account, of the accounts of an organisation, and the authorisation matrix.
#pragma once

#include "access/pages/rooms.h"
#include "office/shell/visit.h"

#include <vector>

namespace azukari::access::pages {

std::vector<office::Route> routes(Rooms rooms);

} // namespace azukari::access::pages
