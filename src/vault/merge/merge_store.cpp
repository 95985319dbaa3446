#include "vault/merge/merge_store.h"

#include "base/check.h"
#include "vault/merge/distinction_store.h"
#include "vault/vault_refusals.h"

#include <fmt/format.h>

namespace azukari::vault {
namespace {

constexpr std::string_view kMerges = "select m.id, m.subject, m.gone, m.record, m.version_before, m.version_after, "
                                     "m.merged_at, s.name, m.sealed from vault_merge m join party_staff s "
                                     "on s.id = m.merged_by where m.entrustment = ? and m.undone_at is null ";

StoredMerge merge_of(const storage::Row& row)
{
    return {row.id<MergeId>(0), row.id<SubjectId>(1), row.id<SubjectId>(2), row.id<RecordId>(3), row.integer(4),
            row.integer(5),     row.instant(6),       row.string(7),        row.bytes(8)};
}

EntrustmentId entrustment_of(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

} // namespace

Result<void> insert_merge(storage::Tx& tx, const access::Scope& scope, const NewMerge& merge, RecordId gone_record,
                          std::int64_t gone_seen)
{
    const auto entrustment = entrustment_of(scope);
    if (!tx.exists("select 1 from vault_record where entrustment = ? and subject = ? and record = ? and latest = ?",
                   {entrustment, merge.gone, gone_record, gone_seen}))
        return refuse(kConflict);
    AZK_TRY(const auto kept, find_person(tx, entrustment, merge.kept));
    AZK_TRY(const auto gone, find_person(tx, entrustment, merge.gone));
    if (kept.merged_into || gone.merged_into) return refuse(kMergedAway);
    if (told_apart(tx, entrustment, merge.kept, merge.gone)) return refuse(kToldApart);
    tx.execute("update vault_person set merged_into = ? where entrustment = ? and subject = ?",
               {merge.kept, entrustment, merge.gone});
    tx.execute("insert into vault_merge (entrustment, subject, gone, id, record, version_before, version_after, "
               "merged_at, merged_by, sealed) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               {entrustment, merge.kept, merge.gone, merge.id, merge.record, merge.version_before, merge.version_after,
                scope.moment().at, scope.staff(), merge.sealed});
    return {};
}

Result<StoredMerge> find_merge(const storage::Snapshot& snapshot, EntrustmentId entrustment, MergeId id)
{
    auto found = snapshot.one(fmt::format("{}and m.id = ?", kMerges), {entrustment, id}, merge_of);
    if (!found) return refuse(kNoSuchMerge);
    return *std::move(found);
}

Result<void> mark_undone(storage::Tx& tx, const access::Scope& scope, const StoredMerge& merge)
{
    const auto entrustment = entrustment_of(scope);
    if (tx.execute("update vault_merge set undone_at = ?, undone_by = ? where entrustment = ? and id = ? "
                   "and undone_at is null",
                   {scope.moment().at, scope.staff(), entrustment, merge.id}) == 0)
        return refuse(kNoSuchMerge);
    tx.execute("update vault_person set merged_into = null where entrustment = ? and subject = ? and merged_into = ?",
               {entrustment, merge.gone, merge.kept});
    return {};
}

std::vector<StoredMerge> merges_in_force(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId kept)
{
    return snapshot.all(fmt::format("{}and m.subject = ? order by m.merged_at desc, m.id desc", kMerges),
                        {entrustment, kept}, merge_of);
}

} // namespace azukari::vault
