// 控え: copies of keystore and store on other media. An erasure is final only when no copy of the keystore from before it
// is left, and a copy counts as gone when somebody recorded its destruction, not when its time has run out.
#pragma once

#include "access/scope.h"
#include "base/result.h"
#include "erasure/erasure.h"
#include "infra/storage/db.h"

namespace azukari::erasure {

using BackupSetId = Id<struct BackupSetNoun>;

enum class BackupKind : std::uint8_t { keystore, store };
std::string_view code_of(BackupKind kind);
std::string_view japanese(BackupKind kind);

struct BackupSet {
    BackupSetId id;
    BackupKind kind;
    std::string label; // of its medium, for people
    Instant made_at;
    Instant expires_at;
    std::uint64_t generation; // of the keystore in it; 0 when nobody noted it
    std::optional<Instant> destroyed_at{};
    std::string destroyed_how{};

    bool is_overdue(Instant now) const { return !destroyed_at && expires_at <= now; }
};

inline constexpr auto kKeystoreBackupsLive = Duration::hours(24 * 14); // the longest a keystore's copy is kept

// `recorded_by`: nothing when a job records what it has made.
BackupSetId record_backup(storage::Tx& tx, IdSource& ids, const BackupSet& set, std::optional<StaffId> recorded_by,
                          ledger::Entry entry);
// The same by hand. Refuses kBackupLabel, kBackupDays; a keystore's copy lives at most kKeystoreBackupsLive.
Result<BackupSetId> record_backup(storage::Tx& tx, IdSource& ids, const access::Scope& scope, BackupKind kind,
                                  std::string_view label, CivilDate made, CivilDate expires);
// Refuses kNoSuchBackup, kBackupHow.
Result<void> record_destruction(storage::Tx& tx, const access::Scope& scope, BackupSetId id, std::string_view how);

// The house itself has destroyed the copy. Refuses kNoSuchBackup.
Result<void> record_destruction(storage::Tx& tx, BackupSetId id, std::string_view how, ledger::Entry entry);

// What an entry of the ledger tells of a copy, for a store that was put back from before it: nobody forgets a copy
// because they forgot the day on which it was made. Does nothing with entries about anything else.
void recall_backup(storage::Tx& tx, const ledger::Entry& entry);

std::vector<BackupSet> backup_sets(const storage::Snapshot& snapshot); // living ones first, the oldest first
// Copies of the keystore from before this erasure's keys were destroyed, not known to be destroyed.
std::vector<BackupSet> outstanding_backups(const storage::Snapshot& snapshot, const Erasure& erasure);

} // namespace azukari::erasure
