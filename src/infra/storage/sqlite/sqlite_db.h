// The store of one machine: an SQLite file that nobody else opens.
#pragma once

#include "infra/storage/grouped_db.h"

namespace azukari::storage {

// Of a new file. Twice SQLite's own: half the calls to the kernel where much is appended.
inline constexpr int kPageBytes = 8192;

struct SqliteOptions {
    int readers = 4;
    Writer::Thread writer = Writer::Thread::own;
    int checkpoint_pages = 500; // when the write-ahead log is this long, it is copied into the file
    bool check_on_open = false; // quick_check before the doors open: some 60 ms per 100 000 ledger rows
    std::string vfs{};          // a simulated disk, registered under this name; empty: the real one
};

// Opens or creates the file. Next to it live <path>-wal, <path>-shm and <path>.lock; all are readable by their owner
// only. Throws a busy fault when another azukari holds the folder.
std::unique_ptr<GroupedDb> open_sqlite(const std::string& path, const SqliteOptions& options = {});

} // namespace azukari::storage
