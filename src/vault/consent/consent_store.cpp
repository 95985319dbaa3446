#include "vault/consent/consent_store.h"

#include "base/check.h"
#include "vault/vault_refusals.h"

namespace azukari::vault {

void insert_consent(storage::Tx& tx, const access::Scope& scope, SubjectId subject, ConsentId id, ByteView sealed)
{
    AZK_CHECK(scope.entrustment().has_value());
    tx.execute("insert into vault_consent (entrustment, subject, id, recorded_at, recorded_by, sealed) "
               "values (?, ?, ?, ?, ?, ?)",
               {*scope.entrustment(), subject, id, scope.moment().at, scope.staff(), sealed});
}

Result<void> insert_withdrawal(storage::Tx& tx, const access::Scope& scope, EntrustmentId entrustment,
                               SubjectId subject, ConsentId consent, ByteView sealed)
{
    if (!tx.exists("select 1 from vault_consent where entrustment = ? and subject = ? and id = ?",
                   {entrustment, subject, consent}))
        return refuse(kNoSuchConsent);
    if (tx.exists("select 1 from vault_consent_withdrawal where entrustment = ? and subject = ? and consent = ?",
                  {entrustment, subject, consent}))
        return refuse(kAlreadyWithdrawn);
    tx.execute("insert into vault_consent_withdrawal (entrustment, subject, consent, recorded_at, recorded_by, sealed) "
               "values (?, ?, ?, ?, ?, ?)",
               {entrustment, subject, consent, scope.moment().at, scope.staff(), sealed});
    return {};
}

std::vector<StoredConsent> stored_consents(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                           SubjectId subject)
{
    return snapshot.all(
        "select c.id, c.recorded_at, s.name, c.sealed, w.recorded_at, t.name, w.sealed from vault_consent c "
        "join party_staff s on s.id = c.recorded_by left join vault_consent_withdrawal w "
        "on w.entrustment = c.entrustment and w.subject = c.subject and w.consent = c.id "
        "left join party_staff t on t.id = w.recorded_by "
        "where c.entrustment = ? and c.subject = ? order by c.recorded_at desc, c.id desc",
        {entrustment, subject}, [&](const storage::Row& row) {
            StoredConsent found{row.id<ConsentId>(0), subject, row.instant(1), row.string(2), row.bytes(3), {}};
            if (!row.is_null(4)) found.withdrawal = StoredWithdrawal{row.instant(4), row.string(5), row.bytes(6)};
            return found;
        });
}

} // namespace azukari::vault
