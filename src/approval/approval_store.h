// Requests as they are kept. Every step takes a Scope about its entrustment and leaves its ledger entry.
#pragma once

#include "access/scope.h"
#include "approval/approval.h"
#include "approval/description.h"
#include "infra/storage/db.h"

#include <span>

namespace azukari::approval {

// Asks for approval; an open request about the same object of the same door ends as replaced. `holds_for` from now.
ApprovalId ask(storage::Tx& tx, IdSource& ids, const access::Scope& scope, const Description& what,
               std::span<const Stage> stages, Duration holds_for);

// Refuses kNoSuchRequest.
Result<Request> find_request(const storage::Snapshot& snapshot, EntrustmentId entrustment, ApprovalId id);
// The newest about the object.
std::optional<Request> latest_request(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                      std::string_view door, std::string_view object);
// Those that wait for somebody, oldest first.
std::vector<Request> waiting_requests(const storage::Snapshot& snapshot, EntrustmentId entrustment, Instant now);

// Agrees to the next stage. `now` describes what would be done at this moment: when it is not what was asked for, the
// request is void (kChanged). The Scope's action must be a grave one: agreeing asks who one is.
Result<void> agree(storage::Tx& tx, const access::Scope& scope, ApprovalId id, const Description& now);
Result<void> reject(storage::Tx& tx, const access::Scope& scope, ApprovalId id, const Description& now,
                    std::string_view reason);
Result<void> withdraw(storage::Tx& tx, const access::Scope& scope, ApprovalId id);

// Takes the approval for the one time it holds, in the transaction of what is done. Refuses what may_use refuses.
Result<Request> use(storage::Tx& tx, const access::Scope& scope, ApprovalId id, const Description& now);

} // namespace azukari::approval
