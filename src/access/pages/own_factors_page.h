// Enrolling an authenticator application or a passkey, and removing a passkey.
#pragma once

#include "access/pages/rooms.h"
#include "office/shell/visit.h"

#include <vector>

namespace azukari::access::pages {

std::vector<office::Route> own_factors_routes(Rooms rooms);

} // namespace azukari::access::pages
