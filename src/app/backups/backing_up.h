// What the house lends to making copies of itself, and what it does with them by night.
#pragma once

#include "app/house.h"
#include "backup/making.h"

namespace azukari::app {

// House and publisher must outlive it.
backup::Means means_of_backup(House& house, const ledger::Publisher& publisher);

// The nightly copy, to where the settings say. What backup::make() refuses and throws.
Result<std::string> back_up(House& house, const ledger::Publisher& publisher, Instant now);

// Destroys the copies whose time is over, where the settings say that copies lie. One that is not there any more was
// taken away by somebody: it stays in the list until they say what became of it. Refuses backup::kNoPlace when there is
// something to destroy and its place cannot be reached.
Result<std::string> destroy_expired(House& house, Instant now);

} // namespace azukari::app
