// Returns as they are recorded: the entry, and the copy in the copy ledger, are durable before the first byte leaves.
#pragma once

#include "infra/storage/db.h"
#include "restitution/return_package.h"

namespace azukari::restitution {

struct Return {
    ReturnId id;
    Instant made_at;
    StaffId made_by;
    std::int64_t persons;
    std::int64_t files;
    std::int64_t size_bytes;
    std::string sha256;
};

// `ward`: the organisation it goes to, as the copy's recipient.
Result<void> record_return(storage::Tx& tx, IdSource& ids, const access::Scope& scope, const ReturnPackage& package,
                           const std::string& ward);
std::vector<Return> returns_of(const storage::Snapshot& snapshot, EntrustmentId entrustment); // newest first
// Refuses kNoSuchReturn, kTakerReadsPassword; leaves its entry.
Result<Return> note_password_shown(storage::Tx& tx, const access::Scope& scope, ReturnId id);

} // namespace azukari::restitution
