// The ledger: every read, change and exit of what has been entrusted, in the transaction of what it tells. RFC 6962
// tree over canonical entries, C2SP checkpoints. Only this room writes its tables.
#pragma once

#include "infra/storage/db.h"
#include "ledger/entry.h"

#include <span>

namespace azukari::ledger {

// Writes the entry with the caller's transaction: it is durable exactly when what it tells is. Returns its index
// (0-based leaf number). Fails the transaction (throws) when the entry is not canonical or its act is not in acts.h.
std::uint64_t append(storage::Tx& tx, const Entry& entry);
// The same for many at once, far faster; returns the index of the first.
std::uint64_t append(storage::Tx& tx, std::span<const Entry> entries);

// Takes into the tree what was appended and is not in it yet.
void grow(storage::Tx& tx);
// Makes the tree grow with every group of commits. Call once, after the migrations and before the first write.
void grow_with(storage::Db& db);

} // namespace azukari::ledger
