// Putting a copy back: keys, then the store, then what the ledger has told since, then the list of who was erased. Each
// refuses what does not belong to the others; nothing is opened to anybody before all of it is there.
#pragma once

#include "backup/parts.h"
#include "infra/seal/keystore/keystore.h"
#include "infra/storage/db.h"
#include "ledger/evidence/continuation.h"

namespace azukari::backup {

// Makes `folder` (0700) with the keystore's files. Throws Fault when they cannot be copied.
void lay_keys(const Parts& parts, const std::filesystem::path& folder);

// Whether the opened keystore is that of the house which made the copy. Refuses kKeysOfOther.
Result<void> check_keys(const Parts& parts, const seal::Keystore& keystore);

// Opens the sealed data in `workshop`, a fresh folder, holds them against the ledger's part, and fills `into`
// (migrated, empty, not growing). Refuses kNotOpened, kLedgerApart, kLedgerUnsound.
Result<void> lay_data(const Parts& parts, const seal::Keystore& keystore, const std::filesystem::path& workshop,
                      const std::function<void(storage::Db&)>& make_tables, storage::Db& into,
                      const Progress& progress);

struct Laid {
    std::int64_t entries_since = 0; // that the ledger had after the data were copied
};
// The ledger goes on from the ledger's part: what came after the data is taken in, copies made since are remembered.
// Refuses kLedgerUnsound.
Result<Laid> lay_ledger(const Parts& parts, storage::Db& db, const Progress& progress);

// Writes every erased person the ledger's part and `further` (lists of the same form) know of into `list`. Refuses
// kListUnreadable; throws Fault on one that is damaged.
Result<void> lay_destructions(const Parts& parts, std::span<const std::filesystem::path> further,
                              const std::filesystem::path& list);

} // namespace azukari::backup
