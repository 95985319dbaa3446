// SQLite's error codes, told apart as the port tells them, in words for the operator.
#pragma once

#include "infra/storage/fault.h"

struct sqlite3;

namespace azukari::storage::sqlite {

// `code` is an extended result code; the connection, when there is one, adds what SQLite says about names (no values).
StorageFault fault_of(int code, sqlite3* connection);

} // namespace azukari::storage::sqlite
