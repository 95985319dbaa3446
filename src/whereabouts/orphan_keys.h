// 孤児の鍵: a person's key under which nothing is kept. Keys are made before the rows that are sealed with them, in a file
// of their own; when storing the rows fails, keys stay behind. The rule for every room that seals per person:
//   1. store through keep_sealed(): what is refused leaves no keys;
//   2. declare the tables (subject_table.h): the nightly reconciliation finds what a crash left.
#pragma once

#include "infra/seal/keystore/keystore.h"
#include "infra/storage/db.h"
#include "whereabouts/subject_table.h"

#include <span>

namespace azukari::whereabouts {

// A key younger than this is left alone: its rows may be on their way, or, after a store was put back from yesterday's
// copy, about to be put back from a newer one.
inline constexpr Duration kOrphanAge = Duration::hours(24 * 7);

// Runs `store` on the writer: it keeps what was sealed under the keys just made for `subjects`. When it is refused,
// nothing was kept, and the keys are destroyed at once, with an entry. When it throws, nobody knows what was kept, and
// the keys stay until the reconciliation can tell. `actor` is the account that asked.
Result<void> keep_sealed(storage::Db& db, seal::Keystore& keystore, EntrustmentId entrustment,
                         std::span<const SubjectId> subjects, std::string_view actor, Instant now,
                         const std::function<Result<void>(storage::Tx&)>& store);

// Destroys, in every entrustment, the keys older than kOrphanAge of persons without a row in any of the tables; one
// entry for each entrustment. Returns how many.
Result<std::int64_t> destroy_orphan_keys(storage::Db& db, seal::Keystore& keystore,
                                         std::span<const SubjectTable> tables, Instant now);

} // namespace azukari::whereabouts
