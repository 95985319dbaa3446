// Holds as they are kept. Setting and lifting one says why and by whom, and stands in the ledger.
#pragma once

#include "access/scope.h"
#include "infra/storage/db.h"
#include "retention/hold.h"

#include <span>
#include <vector>

namespace azukari::retention {

std::vector<Hold> holds_of(const storage::Snapshot& snapshot, EntrustmentId entrustment); // those in force first
// Refuses kHeld when the entrustment as a whole or one of the objects is held. Given no object, any hold refuses: what
// is destroyed is everything.
Result<void> check_no_hold(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                           std::span<const std::string> objects);

// `object`: an id, or empty for everything. Refuses kReasonMissing, kTooLong.
Result<HoldId> hold(storage::Tx& tx, IdSource& ids, const access::Scope& scope, std::string_view object,
                    std::string_view reason);
Result<void> release(storage::Tx& tx, const access::Scope& scope, HoldId id, std::string_view reason);

} // namespace azukari::retention
