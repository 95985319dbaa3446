// Signing in with password and code or with a passkey, and signing out.
#pragma once

#include "access/pages/rooms.h"
#include "office/shell/visit.h"

#include <vector>

namespace azukari::access::pages {

std::vector<office::Route> sign_in_routes(Rooms rooms);

} // namespace azukari::access::pages
