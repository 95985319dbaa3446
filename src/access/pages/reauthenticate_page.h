// Proving again who one is, before something grave; returns to where one was.
#pragma once

#include "access/pages/rooms.h"
#include "office/shell/visit.h"

#include <vector>

namespace azukari::access::pages {

std::vector<office::Route> reauthenticate_routes(Rooms rooms);

} // namespace azukari::access::pages
