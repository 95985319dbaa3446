// The accounts of an organisation: people, how they sign in, locks and suspensions.
#pragma once

#include "access/pages/rooms.h"
#include "office/shell/visit.h"

#include <vector>

namespace azukari::access::pages {

std::vector<office::Route> accounts_routes(Rooms rooms);

} // namespace azukari::access::pages
