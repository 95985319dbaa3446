#include "vault/merge/distinction.h"

#include "base/check.h"
#include "infra/text/folding.h"
#include "ledger/ledger.h"
#include "vault/purpose/purpose_store.h"
#include "vault/vault_refusals.h"

#include <algorithm>

namespace azukari::vault {
namespace {

EntrustmentId personal(const access::Scope& scope)
{
    AZK_CHECK(access::touches_residents(scope.action().kind) && scope.entrustment().has_value());
    return *scope.entrustment();
}

Result<void> usable(const storage::Snapshot& snapshot, EntrustmentId entrustment, const Use& use)
{
    AZK_REQUIRE(may_use_for(snapshot, entrustment, use.purpose));
    if (text::comparison_key(use.reason).empty()) return refuse_field("reason", kReasonExpected);
    return {};
}

ledger::Entry entry_of(const access::Scope& scope, std::string_view act, const StoredDistinction& told, const Use& use,
                       const SealedFields& reason)
{
    auto entry = scope.entry(act);
    entry.object = told.one.text();
    entry.purpose = use.purpose;
    entry.references = {
        {"other", told.other.text()}, {"distinction", told.id.text()}, {"commitment", reason.commitment}};
    return entry;
}

} // namespace

Result<DistinctionId> tell_apart(const Vault& vault, const access::Scope& scope, SubjectId one, SubjectId other,
                                 const Use& use)
{
    const auto entrustment = personal(scope);
    if (one == other) return refuse(kSamePerson);
    if (other < one) std::swap(one, other);
    const auto allowed = vault.db().read([&](const storage::Snapshot& snapshot) -> Result<void> {
        for (const auto& each : {one, other})
            if (const auto person = find_person(snapshot, entrustment, each); !person)
                return tl::unexpected(person.error());
        return usable(snapshot, entrustment, use);
    });
    AZK_REQUIRE(allowed);
    const auto id = IdSource(scope.moment().at, vault.entropy()).next<DistinctionNoun>();
    AZK_TRY(const auto reason, vault.seal(scope, one, {"vault_distinction", id.bytes()}, {{"reason", use.reason}}));
    const StoredDistinction told{id, one, other, scope.moment().at, {}, {}};
    const auto stored = vault.db().write([&](storage::Tx& tx) -> Result<void> {
        AZK_REQUIRE(insert_distinction(tx, scope, {id, one, other, reason.sealed}));
        ledger::append(tx, entry_of(scope, "person.told_apart", told, use, reason));
        return {};
    });
    AZK_REQUIRE(stored);
    return id;
}

Result<void> take_back(const Vault& vault, const access::Scope& scope, DistinctionId id, const Use& use)
{
    const auto entrustment = personal(scope);
    const auto found = vault.db().read([&](const storage::Snapshot& snapshot) -> Result<StoredDistinction> {
        AZK_REQUIRE(usable(snapshot, entrustment, use));
        return find_distinction(snapshot, entrustment, id);
    });
    AZK_TRY(const auto told, found);
    AZK_TRY(const auto reason,
            vault.seal(scope, told.one, {"vault_distinction_end", id.bytes()}, {{"reason", use.reason}}));
    return vault.db().write([&](storage::Tx& tx) -> Result<void> {
        AZK_REQUIRE(end_distinction(tx, scope, id, reason.sealed));
        ledger::append(tx, entry_of(scope, "person.untold_apart", told, use, reason));
        return {};
    });
}

} // namespace azukari::vault
