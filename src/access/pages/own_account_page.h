// One's own account: who I am here, my password, my factors, where I am signed in.
#pragma once

#include "access/pages/rooms.h"
#include "office/shell/visit.h"

#include <vector>

namespace azukari::access::pages {

std::vector<office::Route> own_account_routes(Rooms rooms);

} // namespace azukari::access::pages
