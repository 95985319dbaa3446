#include "vault/merge/distinction_store.h"

#include "base/check.h"
#include "vault/person/person_store.h"
#include "vault/vault_refusals.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::vault {
namespace {

constexpr std::string_view kDistinctions =
    "select d.id, d.subject, d.other, d.told_at, s.name, d.sealed from vault_distinction d "
    "join party_staff s on s.id = d.told_by where d.entrustment = ? and d.ended_at is null ";

StoredDistinction distinction_of(const storage::Row& row)
{
    return {row.id<DistinctionId>(0), row.id<SubjectId>(1), row.id<SubjectId>(2),
            row.instant(3),           row.string(4),        row.bytes(5)};
}

EntrustmentId entrustment_of(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

} // namespace

Result<void> insert_distinction(storage::Tx& tx, const access::Scope& scope, const NewDistinction& distinction)
{
    AZK_CHECK(distinction.one < distinction.other);
    const auto entrustment = entrustment_of(scope);
    for (const auto& each : {distinction.one, distinction.other}) {
        AZK_TRY(const auto person, find_person(tx, entrustment, each));
        if (person.merged_into) return refuse(kMergedAway);
    }
    if (told_apart(tx, entrustment, distinction.one, distinction.other)) return refuse(kToldApart);
    tx.execute("insert into vault_distinction (entrustment, subject, other, id, told_at, told_by, sealed) "
               "values (?, ?, ?, ?, ?, ?, ?)",
               {entrustment, distinction.one, distinction.other, distinction.id, scope.moment().at, scope.staff(),
                distinction.sealed});
    return {};
}

Result<StoredDistinction> find_distinction(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                           DistinctionId id)
{
    auto found = snapshot.one(fmt::format("{}and d.id = ?", kDistinctions), {entrustment, id}, distinction_of);
    if (!found) return refuse(kNoSuchDistinction);
    return *std::move(found);
}

Result<void> end_distinction(storage::Tx& tx, const access::Scope& scope, DistinctionId id, ByteView sealed)
{
    if (tx.execute("update vault_distinction set ended_at = ?, ended_by = ?, ended_sealed = ? where entrustment = ? "
                   "and id = ? and ended_at is null",
                   {scope.moment().at, scope.staff(), sealed, entrustment_of(scope), id}) == 0)
        return refuse(kNoSuchDistinction);
    return {};
}

std::vector<StoredDistinction> distinctions_in_force(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all(fmt::format("{}order by d.told_at desc, d.id desc", kDistinctions), {entrustment},
                        distinction_of);
}

bool told_apart(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId one, SubjectId other)
{
    return snapshot.exists("select 1 from vault_distinction where entrustment = ? and subject = ? and other = ? "
                           "and ended_at is null",
                           {entrustment, std::min(one, other), std::max(one, other)});
}

} // namespace azukari::vault
