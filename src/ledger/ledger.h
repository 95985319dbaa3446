// The ledger: every read, change and exit of what has been entrusted, in the transaction of what it tells. RFC 6962
// tree over canonical entries, C2SP checkpoints. Only this room writes its tables.
#pragma once

#include "infra/storage/db.h"
#include "ledger/entry.h"

namespace azukari::ledger {

// Writes the entry with the caller's transaction: it is durable exactly when what it tells is. Returns its index
// (0-based leaf number). Fails the transaction when the entry is not canonical (a bug).
std::uint64_t append(storage::Tx& tx, const Entry& entry);

} // namespace azukari::ledger
