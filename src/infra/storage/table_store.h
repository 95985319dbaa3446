// The tables as a whole: copying everything from one store into another, whichever engine stands behind either. This is
// how a copy for keeping is made while the house works, and how it comes back.
#pragma once

#include "infra/storage/db.h"

#include <map>

namespace azukari::storage {

using RowsByTable = std::map<std::string, std::int64_t>;
// Hears of every thousand rows, of fewer when they are large, and of each table's end.
using CopyStep = std::function<void(const std::string& table, std::int64_t rows)>;

// Copies every row of `from`, all of one moment, into `into`, which has been migrated alike and holds nothing that
// matters: what stands there is replaced. One of the two must be SQLite, which knows its own tables. Memory stays
// constant. A fault leaves `into` half filled: throw it away.
RowsByTable copy_tables(Db& from, Db& into, const CopyStep& told);

// How many rows each table holds. `sqlite` only.
RowsByTable count_tables(Db& sqlite);

// Whether it holds no table at all yet.
bool is_empty(Db& db);

// Takes away every table of a PostgreSQL schema, whatever is in them: what was begun there, in a schema found empty, is
// given up.
void drop_tables(Db& postgres);

} // namespace azukari::storage
