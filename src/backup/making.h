// Making a copy while the house works. The order is what makes three copies of different moments fit together: data
// first, so that no row is without its key; then keys; then the ledger, which so goes at least as far as the data.
#pragma once

#include "backup/backup.h"
#include "infra/seal/keystore/keystore.h"
#include "infra/storage/db.h"
#include "ledger/publisher.h"

namespace azukari::backup {

// What the making is lent. The references outlive it.
struct Means {
    storage::Db& db;
    seal::Keystore& keystore;
    const ledger::Publisher& publisher;
    Entropy& entropy;
    std::filesystem::path folder;                    // the data folder: no copy may lie in it
    std::function<void(storage::Db&)> make_tables{}; // of the whole house, in a fresh store
    std::filesystem::path destructions{};            // the list of what was erased; may not be there yet
};

struct Keep { // how long; after it the house destroys the copies it finds where it put them
    int data_days = 90;
    int keys_days = 14; // erasure::kKeystoreBackupsLive at the most
};

struct Made {
    SetId set;
    std::array<std::filesystem::path, 3> folders; // data, keys, ledger
    std::int64_t rows = 0;
    std::uint64_t bytes = 0;
    std::uint64_t entries = 0; // of the ledger
};

// Refuses kNoPlace, kPlacesTogether, kCannotWrite; throws what the store throws. Then no part of this set has its name,
// or it was told of in the ledger: the keystore's copy is recorded as living (erasure::record_backup) before it exists.
Result<Made> make(const Means& means, const Places& places, const Keep& keep, Instant now, const Progress& progress);

// Where a copy is put back on trial: below the data folder, on its disk.
std::filesystem::path drill_folder(const std::filesystem::path& folder);

// Removes what an interrupted making, or a drill that was cut off, left in the data folder. Before the house opens.
void clear_leftovers(const std::filesystem::path& folder);

} // namespace azukari::backup
