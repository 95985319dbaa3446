// What the ward found, as it is kept; every finding stands in the ledger.
#pragma once

#include "access/scope.h"
#include "base/result.h"
#include "infra/storage/db.h"
#include "restitution/collection.h"

namespace azukari::restitution {

std::vector<Finding> findings_of(const storage::Snapshot& snapshot, EntrustmentId entrustment);
// Refuses kNoteMissing when something is missing and nothing is said of it.
Result<void> record_finding(storage::Tx& tx, const access::Scope& scope, std::string_view thing, Answer answer,
                            std::string_view note);

} // namespace azukari::restitution
