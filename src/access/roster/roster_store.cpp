#include "access/roster/roster_store.h"

#include "access/fence.h"
#include "base/check.h"
#include "infra/seal/digest.h"
#include "ledger/ledger.h"
#include "party/party_store.h"

namespace azukari::access {
namespace {

constexpr std::string_view kEntries =
    "select r.id, r.staff, r.kind, r.proposed_at, r.submitted_at, r.withdrawn_at, coalesce(r.reason, ''),"
    " s.name, s.kana,"
    " (select max(t.valid_until) from training_attempt t"
    "   where t.entrustment = r.entrustment and t.staff = r.staff and t.passed = 1),"
    " (select p.name from access_account a join party_staff p on p.id = a.staff where a.id = r.proposed_by),"
    " (select p.name from access_account a join party_staff p on p.id = a.staff where a.id = r.withdrawn_by)"
    " from roster_entry r join party_staff s on s.id = r.staff where r.entrustment = ?"
    " order by case when r.withdrawn_at is null then 0 else 1 end, r.kind, s.kana, r.proposed_at desc";
constexpr std::string_view kVersions =
    "select v.number, v.submitted_at, s.name, v.digest from roster_version v"
    " join access_account a on a.id = v.submitted_by join party_staff s on s.id = a.staff"
    " where v.entrustment = ? order by v.number desc";
constexpr std::string_view kLines = "select staff, kind, name, kana, employer, trained_until from roster_version_line"
                                    " where entrustment = ? and number = ? order by line";

RosterEntry entry_of(const storage::Row& row)
{
    return {row.id<RosterEntryId>(0),
            row.id<StaffId>(1),
            static_cast<RosterKind>(row.integer(2)),
            row.instant(3),
            row.maybe(4, [&] { return row.instant(4); }),
            row.maybe(5, [&] { return row.instant(5); }),
            row.string(6),
            row.string(7),
            row.string(8),
            row.maybe(9, [&] { return row.instant(9); }),
            row.is_null(10) ? std::string() : row.string(10),
            row.is_null(11) ? std::string() : row.string(11)};
}

void read_lines(const storage::Snapshot& snapshot, EntrustmentId entrustment, RosterVersion& version)
{
    version.lines = snapshot.all(kLines, {entrustment, version.number}, [](const storage::Row& row) {
        return RosterLine{row.id<StaffId>(0), static_cast<RosterKind>(row.integer(1)),     row.string(2), row.string(3),
                          row.string(4),      row.maybe(5, [&] { return row.instant(5); })};
    });
}

std::string_view code_of(RosterKind kind)
{
    switch (kind) {
    case RosterKind::security_officer:
        return "security_officer";
    case RosterKind::handling_supervisor:
        return "handling_supervisor";
    case RosterKind::handler:
        return "handler";
    }
    return {};
}

EntrustmentId about(const Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

} // namespace

std::vector<RosterEntry> roster_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all(kEntries, {entrustment}, entry_of);
}

std::vector<RosterVersion> roster_versions(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    auto versions = snapshot.all(kVersions, {entrustment}, [](const storage::Row& row) {
        return RosterVersion{static_cast<int>(row.integer(0)), row.instant(1), row.string(2), row.string(3)};
    });
    for (auto& version : versions) read_lines(snapshot, entrustment, version);
    return versions;
}

std::optional<RosterVersion> last_roster_version(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    auto version = snapshot.one(kVersions, {entrustment}, [](const storage::Row& row) {
        return RosterVersion{static_cast<int>(row.integer(0)), row.instant(1), row.string(2), row.string(3)};
    });
    if (version) read_lines(snapshot, entrustment, *version);
    return version;
}

bool roster_has_news(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    const auto entries = roster_of(snapshot, entrustment);
    const auto last = last_roster_version(snapshot, entrustment);
    const auto checked = check_submission(entries, last ? last->lines : std::vector<RosterLine>{});
    return checked || !checked.error().is(kRosterUnchanged);
}

RosterVersion next_roster_version(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    RosterVersion next;
    next.number = static_cast<int>(snapshot.integer(
        "select coalesce(max(number), 0) + 1 from roster_version where entrustment = ?", {entrustment}));
    const auto fence = find_fence(snapshot, entrustment);
    const auto contractor = fence ? party::find_organisation(snapshot, fence->contractor) : std::nullopt;
    for (const auto& entry : roster_of(snapshot, entrustment))
        if (!entry.withdrawn)
            next.lines.push_back({entry.staff, entry.kind, entry.name, entry.kana,
                                  contractor ? contractor->name : std::string(), entry.trained_until});
    next.digest = hex(seal::sha256(as_bytes(roster_text(next.lines))));
    return next;
}

Result<RosterEntryId> propose(storage::Tx& tx, IdSource& ids, const Scope& scope, StaffId staff, RosterKind kind)
{
    const auto entrustment = about(scope);
    const auto person = party::find_staff(tx, staff);
    if (!person) return refuse_field("staff", party::kNoSuchStaff);
    const auto fence = find_fence(tx, entrustment);
    if (!fence) return refuse(kNoSuchEntrustment);
    AZK_REQUIRE(check_proposal(roster_of(tx, entrustment), staff, person->organisation, fence->contractor));
    const auto id = ids.next<RosterEntryNoun>();
    tx.execute("insert into roster_entry (id, entrustment, staff, kind, proposed_at, proposed_by)"
               " values (?, ?, ?, ?, ?, ?)",
               {id, entrustment, staff, static_cast<int>(kind), scope.moment().at, scope.account()});
    auto entry = scope.entry("roster.proposed");
    entry.object = staff.text();
    entry.references = {{"entry", id.text()}, {"kind", std::string(code_of(kind))}};
    ledger::append(tx, entry);
    return id;
}

Result<void> withdraw(storage::Tx& tx, const Scope& scope, RosterEntryId id, std::string_view reason)
{
    const auto entrustment = about(scope);
    const auto entries = roster_of(tx, entrustment);
    AZK_REQUIRE(check_withdrawal(entries, id, reason));
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.id == id; });
    tx.execute("update roster_entry set withdrawn_at = ?, withdrawn_by = ?, reason = ? where id = ?",
               {scope.moment().at, scope.account(), reason, id});
    auto entry = scope.entry("roster.withdrawn");
    entry.object = found->staff.text();
    entry.references = {{"entry", id.text()}, {"kind", std::string(code_of(found->kind))}};
    ledger::append(tx, entry);
    return {};
}

Result<int> submit_roster(storage::Tx& tx, const Scope& scope, std::string_view seen)
{
    const auto entrustment = about(scope);
    const auto last = last_roster_version(tx, entrustment);
    AZK_REQUIRE(check_submission(roster_of(tx, entrustment), last ? last->lines : std::vector<RosterLine>{}));
    const auto next = next_roster_version(tx, entrustment);
    if (next.digest != seen) return refuse(kRosterChanged);
    tx.execute("insert into roster_version (entrustment, number, submitted_at, submitted_by, digest)"
               " values (?, ?, ?, ?, ?)",
               {entrustment, next.number, scope.moment().at, scope.account(), next.digest});
    int number = 0;
    for (const auto& line : next.lines)
        tx.execute("insert into roster_version_line (entrustment, number, line, staff, kind, name, kana, employer,"
                   " trained_until) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   {entrustment, next.number, ++number, line.staff, static_cast<int>(line.kind), line.name, line.kana,
                    line.employer, line.trained_until});
    tx.execute("update roster_entry set submitted_at = ? where entrustment = ? and withdrawn_at is null"
               " and submitted_at is null",
               {scope.moment().at, entrustment});
    auto entry = scope.entry("roster.submitted");
    entry.counts = {{"people", static_cast<std::int64_t>(next.lines.size())}, {"version", next.number}};
    entry.references = {{"digest", next.digest}};
    ledger::append(tx, entry);
    return next.number;
}

} // namespace azukari::access
