// Where merges are kept: who was told to be whom, by whom, and whether that was taken back.
#pragma once

#include "access/scope.h"
#include "infra/storage/db.h"
#include "vault/merge/merge.h"

namespace azukari::vault {

struct StoredMerge {
    MergeId id;
    SubjectId kept;
    SubjectId gone;
    RecordId record; // the kept person's basic record
    std::int64_t version_before = 0;
    std::int64_t version_after = 0;
    Instant at{};
    std::string by;
    Bytes sealed; // under Place{"vault_merge", id}, with the kept person's key
};

struct NewMerge {
    MergeId id;
    SubjectId kept;
    SubjectId gone;
    RecordId record;
    std::int64_t version_before;
    std::int64_t version_after;
    ByteView sealed;
};
// Refuses kMergedAway when either was merged meanwhile, kToldApart, kConflict when the one that goes has a newer basic
// version than `gone_seen`.
Result<void> insert_merge(storage::Tx& tx, const access::Scope& scope, const NewMerge& merge, RecordId gone_record,
                          std::int64_t gone_seen);
// Refuses kNoSuchMerge for one that is undone.
Result<StoredMerge> find_merge(const storage::Snapshot& snapshot, EntrustmentId entrustment, MergeId id);
Result<void> mark_undone(storage::Tx& tx, const access::Scope& scope, const StoredMerge& merge);
std::vector<StoredMerge> merges_in_force(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId kept);

} // namespace azukari::vault
