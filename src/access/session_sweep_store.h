// Sessions that time has ended are taken away at night; until then they only do not count any more.
#pragma once

#include "access/session.h"
#include "infra/storage/db.h"

namespace azukari::access {

// Removes them, with one entry that counts them; returns how many.
std::int64_t sweep_sessions(storage::Tx& tx, const Moment& moment, const Limits& limits);

} // namespace azukari::access
