// Where it is kept that two registrations are two people.
#pragma once

#include "access/scope.h"
#include "infra/storage/db.h"

#include <vector>

namespace azukari::vault {

using DistinctionId = Id<struct DistinctionNoun>;

struct StoredDistinction {
    DistinctionId id;
    SubjectId one; // the smaller of the two
    SubjectId other;
    Instant at{};
    std::string by;
    Bytes sealed; // the reason, under Place{"vault_distinction", id} with the first one's key
};

struct NewDistinction {
    DistinctionId id;
    SubjectId one;
    SubjectId other;
    ByteView sealed;
};
// `one` is the smaller id. Refuses kMergedAway when either was merged meanwhile, kToldApart.
Result<void> insert_distinction(storage::Tx& tx, const access::Scope& scope, const NewDistinction& distinction);
// Refuses kNoSuchDistinction for one that was taken back, or never was in this entrustment.
Result<StoredDistinction> find_distinction(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                           DistinctionId id);
// `sealed`: why, under Place{"vault_distinction_end", id}. Refuses kNoSuchDistinction.
Result<void> end_distinction(storage::Tx& tx, const access::Scope& scope, DistinctionId id, ByteView sealed);
// In force, newest first.
std::vector<StoredDistinction> distinctions_in_force(const storage::Snapshot& snapshot, EntrustmentId entrustment);
// Whether these two are told apart now, in either order.
bool told_apart(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId one, SubjectId other);

} // namespace azukari::vault
