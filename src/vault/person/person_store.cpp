#include "vault/person/person_store.h"

#include "base/check.h"
#include "vault/person/subject_tables.h"
#include "vault/vault_refusals.h"

#include <fmt/format.h>

namespace azukari::vault {
namespace {

// Whom a person was merged into; nobody when that one was erased, so that nobody is out of sight.
constexpr std::string_view kKept = "left join vault_person k on k.entrustment = p.entrustment "
                                   "and k.subject = p.merged_into";

constexpr std::string_view kVersions =
    "select v.subject, v.record, r.kind, v.number, r.latest, v.written_at, s.name, v.purpose, v.sealed "
    "from vault_version v join vault_record r on r.entrustment = v.entrustment and r.subject = v.subject "
    "and r.record = v.record join party_staff s on s.id = v.written_by where v.entrustment = ? ";

// The current basic records of the persons that `p` names, whom they were merged into last.
constexpr std::string_view kBasics =
    "select v.subject, v.record, r.kind, v.number, r.latest, v.written_at, s.name, v.purpose, v.sealed, "
    "p.subject, p.part, p.created_at, {} from {} "
    "join vault_record r on r.entrustment = p.entrustment and r.subject = p.subject and r.kind = 'basic' "
    "join vault_version v on v.entrustment = r.entrustment and v.subject = r.subject and v.record = r.record "
    "and v.number = r.latest join party_staff s on s.id = v.written_by {}";
constexpr std::string_view kNewestFirst = "order by p.created_at desc, p.subject desc";

EntrustmentId entrustment_of(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

StoredVersion version_of(const storage::Row& row)
{
    return {row.id<SubjectId>(0), row.id<RecordId>(1), row.string(2), row.integer(3), row.integer(4),
            row.instant(5),       row.string(6),       row.string(7), row.bytes(8)};
}

Person person_of(const storage::Row& row, int from = 0)
{
    return {row.id<SubjectId>(from), row.string(from + 1), row.instant(from + 2),
            row.maybe(from + 3, [&] { return row.id<SubjectId>(from + 3); })};
}

} // namespace

void insert_person(storage::Tx& tx, const access::Scope& scope, SubjectId subject, std::string_view part)
{
    tx.execute("insert into vault_person (entrustment, subject, part, created_at, created_by) values (?, ?, ?, ?, ?)",
               {entrustment_of(scope), subject, part, scope.moment().at, scope.staff()});
}

Result<void> insert_version(storage::Tx& tx, const access::Scope& scope, const NewVersion& version)
{
    const auto entrustment = entrustment_of(scope);
    if (version.number == 1) {
        tx.execute("insert into vault_record (entrustment, subject, record, kind, latest) values (?, ?, ?, ?, 1)",
                   {entrustment, version.subject, version.record, version.kind});
    } else if (tx.execute("update vault_record set latest = ? where entrustment = ? and subject = ? and record = ? "
                          "and latest = ?",
                          {version.number, entrustment, version.subject, version.record, version.number - 1}) == 0) {
        return refuse(kConflict);
    }
    tx.execute(
        "insert into vault_version (entrustment, subject, record, number, written_at, written_by, purpose, sealed) "
        "values (?, ?, ?, ?, ?, ?, ?, ?)",
        {entrustment, version.subject, version.record, version.number, scope.moment().at, scope.staff(),
         version.purpose, version.sealed});
    return {};
}

Result<Person> find_person(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject)
{
    auto found = snapshot.one(fmt::format("select p.subject, p.part, p.created_at, k.subject from vault_person p {} "
                                          "where p.entrustment = ? and p.subject = ?",
                                          kKept),
                              {entrustment, subject}, [](const storage::Row& row) { return person_of(row); });
    if (!found) return refuse(kNoSuchPerson);
    return *std::move(found);
}

std::int64_t count_persons(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.integer(fmt::format("select count(*) from vault_person p {} where p.entrustment = ? "
                                        "and k.subject is null",
                                        kKept),
                            {entrustment});
}

std::vector<SubjectId> merged_into(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject)
{
    std::vector<SubjectId> all;
    std::vector<SubjectId> next{subject};
    while (!next.empty()) {
        const auto one = next.back();
        next.pop_back();
        const auto gone =
            snapshot.all("select subject from vault_person where entrustment = ? and merged_into = ? "
                         "order by subject",
                         {entrustment, one}, [](const storage::Row& row) { return row.id<SubjectId>(0); });
        all.insert(all.end(), gone.begin(), gone.end());
        next.insert(next.end(), gone.begin(), gone.end());
    }
    return all;
}

std::vector<StoredVersion> versions_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject,
                                       bool all)
{
    const auto sql = fmt::format("{}and v.subject = ? {} order by case when r.kind = 'basic' then 0 else 1 end, "
                                 "v.record desc, v.number desc",
                                 kVersions, all ? "" : "and v.number = r.latest");
    return snapshot.all(sql, {entrustment, subject}, version_of);
}

Result<StoredVersion> find_version(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject,
                                   RecordId record, std::optional<std::int64_t> number)
{
    const auto sql = fmt::format("{}and v.subject = ? and v.record = ? and v.number = {}", kVersions,
                                 number ? std::to_string(*number) : "r.latest");
    auto found = snapshot.one(sql, {entrustment, subject, record}, version_of);
    if (!found) return refuse(kNoSuchRecord);
    return *std::move(found);
}

void each_basic(const storage::Snapshot& snapshot, EntrustmentId entrustment, Window window,
                const std::function<void(const Person&, const StoredVersion&)>& visit)
{
    const auto row_of = [&](const storage::Row& row) { visit(person_of(row, 9), version_of(row)); };
    const auto everybody = fmt::format("vault_person p {}", kKept);
    if (window.first == 0 && window.most == INT64_MAX) { // in the order of an index: nothing is sorted
        const auto here = fmt::format("where p.entrustment = ? and k.subject is null {}", kNewestFirst);
        snapshot.each(fmt::format(kBasics, "k.subject", everybody, here), {entrustment}, row_of);
        return;
    }
    // The persons are picked before anything is joined.
    const auto some = fmt::format("(select p.entrustment, p.subject, p.part, p.created_at, k.subject as kept from {} "
                                  "where p.entrustment = ? and k.subject is null {} limit ? offset ?) p",
                                  everybody, kNewestFirst);
    snapshot.each(fmt::format(kBasics, "p.kept", some, kNewestFirst), {entrustment, window.most, window.first}, row_of);
}

Result<std::pair<Person, StoredVersion>> basic_of(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                                  SubjectId subject)
{
    auto found = snapshot.one(fmt::format(kBasics, "k.subject", fmt::format("vault_person p {}", kKept),
                                          "where p.entrustment = ? and p.subject = ?"),
                              {entrustment, subject},
                              [](const storage::Row& row) { return std::pair(person_of(row, 9), version_of(row)); });
    if (!found) return refuse(kNoSuchPerson);
    return *std::move(found);
}

void insert_reveal(storage::Tx& tx, const access::Scope& scope, SubjectId subject, RevealId id,
                   std::string_view purpose, ByteView sealed)
{
    tx.execute("insert into vault_reveal (entrustment, subject, id, revealed_at, revealed_by, purpose, sealed) "
               "values (?, ?, ?, ?, ?, ?, ?)",
               {entrustment_of(scope), subject, id, scope.moment().at, scope.staff(), purpose, sealed});
}

std::vector<StoredReveal> reveals_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject,
                                     std::int64_t most)
{
    return snapshot.all(
        "select v.id, v.revealed_at, s.name, v.purpose, v.sealed from vault_reveal v "
        "join party_staff s on s.id = v.revealed_by where v.entrustment = ? and v.subject = ? "
        "order by v.revealed_at desc, v.id desc limit ?",
        {entrustment, subject, most}, [](const storage::Row& row) {
            return StoredReveal{row.id<RevealId>(0), row.instant(1), row.string(2), row.string(3), row.bytes(4)};
        });
}

std::int64_t erase_subject_rows(storage::Tx& tx, EntrustmentId entrustment, SubjectId subject)
{
    std::int64_t rows = 0;
    for (const auto& table : kSubjectTables)
        rows += tx.execute(fmt::format("delete from {} where {} = ? and {} = ?", table.table, table.entrustment_column,
                                       table.subject_column),
                           {entrustment, subject});
    return rows;
}

} // namespace azukari::vault
