// The fence around an entrustment, as far as access needs to know it: whose it is and when it runs. The register
// writes it with each version, in the same transaction.
#pragma once

#include "access/scope.h"
#include "infra/storage/db.h"

#include <vector>

namespace azukari::access {

struct Fence {
    OrganisationId ward;
    OrganisationId contractor;
    CivilDate starts_on;
    CivilDate ends_on; // the last day, included
};

void set_fence(storage::Tx& tx, EntrustmentId entrustment, const Fence& fence);
std::optional<Fence> find_fence(const storage::Snapshot& snapshot, EntrustmentId entrustment);

// The entrustments a list may show this person: the same rule as decide() for each of them.
std::vector<EntrustmentId> visible_entrustments(const storage::Snapshot& snapshot, const Scope& scope);

} // namespace azukari::access
