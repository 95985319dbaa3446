// What the pages of access stand on; lent by the programme for as long as it serves.
#pragma once

#include "access/signin/passkey_door.h"

namespace azukari::access::pages {

struct Rooms {
    storage::Db& db;
    Door& door;
    PasskeyDoor& passkeys;
    Limits limits{};
};

} // namespace azukari::access::pages
