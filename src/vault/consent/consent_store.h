// Where consents and their withdrawals rest, sealed.
#pragma once

#include "access/scope.h"
#include "infra/storage/db.h"
#include "vault/consent/consent.h"

namespace azukari::vault {

struct StoredWithdrawal {
    Instant at{};
    std::string by;
    Bytes sealed; // under Place{"vault_consent_withdrawal", consent}
};
struct StoredConsent {
    ConsentId id;
    SubjectId subject;
    Instant at{};
    std::string by;
    Bytes sealed; // under Place{"vault_consent", id}
    std::optional<StoredWithdrawal> withdrawal;
};

void insert_consent(storage::Tx& tx, const access::Scope& scope, SubjectId subject, ConsentId id, ByteView sealed);
// Refuses kNoSuchConsent, kAlreadyWithdrawn.
Result<void> insert_withdrawal(storage::Tx& tx, const access::Scope& scope, EntrustmentId entrustment,
                               SubjectId subject, ConsentId consent, ByteView sealed);
std::vector<StoredConsent> stored_consents(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                           SubjectId subject); // newest first

} // namespace azukari::vault
