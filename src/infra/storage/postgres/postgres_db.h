// The store when one machine is not enough: a PostgreSQL server.
#pragma once

#include "infra/storage/grouped_db.h"

namespace azukari::storage {

struct PostgresOptions {
    int readers = 4; // each read is one repeatable-read, read-only transaction: a snapshot, as on SQLite
    Writer::Thread writer = Writer::Thread::own;
};

// Connects to the server of a libpq conninfo. Throws a busy fault when another azukari writes to the same schema of the
// same database, and refuses servers that forget (fsync or full_page_writes off). A session that was lost is opened
// again for the next call; a commit whose answer was lost is reported as a fault, never as done.
std::unique_ptr<GroupedDb> open_postgres(const std::string& conninfo, const PostgresOptions& options = {});

} // namespace azukari::storage
