#include "custody/copies/copy_store.h"

#include "base/check.h"
#include "custody/copies/copy_refusals.h"
#include "infra/text/folding.h"
#include "infra/text/utf8.h"
#include "ledger/ledger.h"
#include "party/party_store.h"

#include <fmt/format.h>

namespace azukari::custody {
namespace {

constexpr std::size_t kMaxWords = 200; // characters of a method or a note

constexpr std::string_view kCopies = "select id, entrustment, door, object, persons, sha256, recipient, made_at, "
                                     "made_by, settling, method, witness, note,"
                                     " settled_at, settled_by from custody_copy where entrustment = ? ";

std::string_view code_of(Door door)
{
    switch (door) {
    case Door::package:
        return "package";
    case Door::print:
        return "print";
    case Door::mail:
        return "mail";
    case Door::disclosure:
        return "disclosure";
    case Door::file:
        return "file";
    }
    return {};
}

std::string_view code_of(Settling settling)
{
    switch (settling) {
    case Settling::returned:
        return "returned";
    case Settling::destroyed:
        return "destroyed";
    case Settling::kept:
        return "kept";
    case Settling::unmade:
        return "unmade";
    }
    return {};
}

Copy read_copy(const storage::Row& row)
{
    Copy copy{row.id<CopyId>(0), row.id<EntrustmentId>(1), static_cast<Door>(row.integer(2)),
              row.string(3),     row.integer(4),           row.string(5),
              row.string(6),     row.instant(7),           row.id<StaffId>(8),
              std::nullopt};
    if (row.is_null(9)) return copy;
    copy.settled = Settled{{static_cast<Settling>(row.integer(9)), row.string(10),
                            row.maybe(11, [&] { return row.id<StaffId>(11); }), row.string(12)},
                           row.instant(13),
                           row.id<StaffId>(14)};
    return copy;
}

EntrustmentId about(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

Result<void> check_settlement(const storage::Snapshot& snapshot, const access::Scope& scope,
                              const Settlement& settlement)
{
    if (settlement.how != Settling::destroyed) return {};
    if (text::is_blank(settlement.method) || text::count_characters(settlement.method) > kMaxWords)
        return refuse_field("method", kMethodExpected);
    if (!settlement.witness || !party::find_staff(snapshot, *settlement.witness))
        return refuse_field("witness", kWitnessExpected);
    if (*settlement.witness == scope.staff()) return refuse_field("witness", kWitnessIsSelf);
    return {};
}

} // namespace

std::string_view japanese(Door door)
{
    switch (door) {
    case Door::package:
        return "暗号化データ";
    case Door::print:
        return "印刷";
    case Door::mail:
        return "電子メール";
    case Door::disclosure:
        return "開示・提供";
    case Door::file:
        return "ファイルの取出し";
    }
    return {};
}

std::string_view japanese(Settling settling)
{
    switch (settling) {
    case Settling::returned:
        return "返還された";
    case Settling::destroyed:
        return "廃棄・消去した";
    case Settling::kept:
        return "納品したものとして区が保有";
    case Settling::unmade:
        return "作られなかった";
    }
    return {};
}

Result<CopyId> record_copy(storage::Tx& tx, IdSource& ids, const access::Scope& scope, const NewCopy& copy)
{
    const auto entrustment = about(scope);
    const auto persons = std::max(copy.persons, static_cast<std::int64_t>(copy.subjects.size()));
    if (persons < 1) return refuse(kNoPersons);
    if (copy.recipient.empty()) return refuse(kNoRecipient);
    const auto id = ids.next<CopyNoun>();
    tx.execute("insert into custody_copy (entrustment, id, door, object, persons, sha256, recipient, made_at, made_by)"
               " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
               {entrustment, id, static_cast<int>(copy.door), copy.object, persons, copy.sha256, copy.recipient,
                scope.moment().at, scope.staff()});
    for (const auto& subject : copy.subjects)
        tx.execute("insert into custody_copy_subject (entrustment, subject, copy) values (?, ?, ?)"
                   " on conflict (entrustment, subject, copy) do nothing",
                   {entrustment, subject, id});
    auto entry = scope.entry("custody.copy_recorded");
    entry.object = id.text();
    entry.counts = {{"persons", persons}};
    entry.references = {{"door", std::string(code_of(copy.door))}};
    if (!copy.object.empty()) entry.references["made_from"] = copy.object;
    if (!copy.sha256.empty()) entry.references["sha256"] = copy.sha256;
    ledger::append(tx, entry);
    return id;
}

Result<void> settle_copy(storage::Tx& tx, const access::Scope& scope, CopyId id, const Settlement& settlement)
{
    const auto entrustment = about(scope);
    const auto copy = find_copy(tx, entrustment, id);
    if (!copy) return refuse(kNoSuchCopy);
    if (copy->settled) return refuse(kCopySettled, japanese(copy->settled->settlement.how));
    AZK_REQUIRE(check_settlement(tx, scope, settlement));
    const bool destroyed = settlement.how == Settling::destroyed;
    tx.execute("update custody_copy set settling = ?, method = ?, witness = ?, note = ?, settled_at = ?, settled_by = ?"
               " where entrustment = ? and id = ?",
               {static_cast<int>(settlement.how), destroyed ? settlement.method : std::string(),
                destroyed ? settlement.witness : std::nullopt, settlement.note, scope.moment().at, scope.staff(),
                entrustment, id});
    auto entry = scope.entry("custody.copy_settled");
    entry.object = id.text();
    entry.counts = {{"persons", copy->persons}};
    entry.references = {{"how", std::string(code_of(settlement.how))}};
    if (destroyed) entry.references["witness"] = settlement.witness->text();
    ledger::append(tx, entry);
    return {};
}

std::vector<Copy> copies_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all(fmt::format("{}order by made_at desc, id desc", kCopies), {entrustment}, read_copy);
}

std::optional<Copy> find_copy(const storage::Snapshot& snapshot, EntrustmentId entrustment, CopyId id)
{
    return snapshot.one(fmt::format("{}and id = ?", kCopies), {entrustment, id}, read_copy);
}

std::vector<Copy> outstanding(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all(fmt::format("{}and settled_at is null order by made_at, id", kCopies), {entrustment},
                        read_copy);
}

std::vector<Copy> outstanding_with(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject)
{
    return snapshot.all(fmt::format("{}and settled_at is null and id in (select copy from custody_copy_subject"
                                    " where entrustment = ? and subject = ?) order by made_at, id",
                                    kCopies),
                        {entrustment, entrustment, subject}, read_copy);
}

} // namespace azukari::custody
