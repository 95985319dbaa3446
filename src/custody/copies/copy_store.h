// The copy ledger as it is kept. A door records its copy in the transaction in which it lets the copy out.
#pragma once

#include "access/scope.h"
#include "custody/copies/copy.h"
#include "infra/storage/db.h"

namespace azukari::custody {

// The Scope is the door's own: whoever may open the door records what went through it. Refuses kNoPersons,
// kNoRecipient.
Result<CopyId> record_copy(storage::Tx& tx, IdSource& ids, const access::Scope& scope, const NewCopy& copy);
// Refuses kNoSuchCopy, kCopySettled, kMethodExpected, kWitnessExpected, kWitnessIsSelf.
Result<void> settle_copy(storage::Tx& tx, const access::Scope& scope, CopyId id, const Settlement& settlement);

std::vector<Copy> copies_of(const storage::Snapshot& snapshot, EntrustmentId entrustment); // newest first
std::optional<Copy> find_copy(const storage::Snapshot& snapshot, EntrustmentId entrustment, CopyId id);

// Copies not settled yet, oldest first: what keeps an entrustment, or one person's information, from being ended.
std::vector<Copy> outstanding(const storage::Snapshot& snapshot, EntrustmentId entrustment);
std::vector<Copy> outstanding_with(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject);

} // namespace azukari::custody
