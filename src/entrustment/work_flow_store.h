// 業務フロー: the ward publishes a version of the steps, the contractor acknowledges it, and work follows it.
#pragma once

#include "access/scope.h"
#include "base/result.h"
#include "entrustment/version.h"
#include "infra/storage/db.h"

namespace azukari::entrustment {

// Newest first; empty when the ward has published none yet.
std::vector<WorkFlow> work_flows(const storage::Snapshot& snapshot, const access::Scope& scope);
std::optional<WorkFlow> current_work_flow(const storage::Snapshot& snapshot, const access::Scope& scope);

// `seen` is the number of the version the person began from, 0 for none: refuses kConflict when another was published
// meanwhile, kFlowEmpty and what is wrong with a step otherwise.
Result<WorkFlow> publish(storage::Tx& tx, const access::Scope& scope, std::int64_t seen,
                         const std::vector<WorkStep>& steps, std::string_view note);
// Refuses kFlowNotCurrent and kFlowAcknowledged.
Result<void> acknowledge(storage::Tx& tx, const access::Scope& scope, std::int64_t number);

} // namespace azukari::entrustment
