// For tests of rooms that keep something: the same test, on every engine that is at hand.
#pragma once

#include "infra/storage/db.h"

#include <functional>

namespace azukari::storage::testing {

// Calls `test` with a fresh, migrated SQLite database, and, when AZUKARI_TEST_POSTGRES holds a conninfo, once more with
// a fresh PostgreSQL schema. CAPTURE(db.engine()) in the test names the engine when something fails.
void on_every_store(std::span<const Migration> migrations, const std::function<void(Db&)>& test);

// The same for rooms that need the tables of several: on_every_store({migrations_of_ledger(), migrations_of_party()},
// …), lowest room first.
void on_every_store(std::initializer_list<std::span<const Migration>> migrations, const std::function<void(Db&)>& test);

} // namespace azukari::storage::testing
