// Rosters as they are kept. Every change takes a Scope about its entrustment and leaves its ledger entry, by ids.
#pragma once

#include "access/roster/roster_rules.h"
#include "access/scope.h"

namespace azukari::access {

// Everybody who stands on the roster or did: current ones first, supervisors before handlers, then by kana.
std::vector<RosterEntry> roster_of(const storage::Snapshot& snapshot, EntrustmentId entrustment);
std::optional<RosterVersion> last_roster_version(const storage::Snapshot& snapshot, EntrustmentId entrustment);
// Newest first.
std::vector<RosterVersion> roster_versions(const storage::Snapshot& snapshot, EntrustmentId entrustment);
// Whether something was changed since the roster was handed over last.
bool roster_has_news(const storage::Snapshot& snapshot, EntrustmentId entrustment);
// What would be handed over now; its digest is what the form of the submission carries.
RosterVersion next_roster_version(const storage::Snapshot& snapshot, EntrustmentId entrustment);

Result<RosterEntryId> propose(storage::Tx& tx, IdSource& ids, const Scope& scope, StaffId staff, RosterKind kind);
// Acts at once, in sessions that are open too.
Result<void> withdraw(storage::Tx& tx, const Scope& scope, RosterEntryId entry, std::string_view reason);
// Hands the roster to the ward: freezes a version. `seen` is the digest the person has looked at; kRosterChanged when
// it is no longer what would be handed over. Returns the version's number.
Result<int> submit_roster(storage::Tx& tx, const Scope& scope, std::string_view seen);

} // namespace azukari::access
