// 復元の訓練: a copy is put back on trial, held against what it should be, and thrown away. A copy nobody ever put back is
// a hope.
#pragma once

#include "app/backups/restoring.h"

namespace azukari::app {

struct Tried {
    std::string what; // 「表ごとの件数」
    bool good;
    std::string found; // a sentence
};

struct Drilled {
    backup::SetId set;
    std::vector<Tried> tried;
    std::int64_t rows = 0, opened = 0, erased = 0; // rows compared, sealed values opened, erased persons looked for
    bool good() const;
};

// Puts the parts back below the data folder of the living house, which may go on working, and looks: rows of each
// table, the ledger entry by entry, sealed values of a sample of persons, everybody who was erased. Everything is
// overwritten and removed before it returns. Refuses what restore() refuses.
Result<Drilled> drill(const Settings& living, Restoring wish, const AskPassphrase& ask,
                      const backup::Progress& progress);

} // namespace azukari::app
