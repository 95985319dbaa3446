// After an erasure: what was deleted leaves the store's files, too.
#pragma once

#include "infra/storage/db.h"

namespace azukari::storage {

// What was deleted from `tables` stands in none of the store's files any more. SQLite overwrites content as it deletes
// it, so its write-ahead log is taken in and emptied; PostgreSQL writes the tables afresh. False when somebody still
// reads an older state: ask again. Not within read() or write().
bool scrub(Db& db, std::span<const std::string_view> tables);

} // namespace azukari::storage
