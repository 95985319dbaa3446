#include "custody/handing/hand_over_store.h"

#include "custody/copies/copy_store.h"
#include "infra/seal/digest.h"
#include "infra/text/folding.h"
#include "infra/text/utf8.h"
#include "ledger/ledger.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace azukari::custody {
namespace {

constexpr std::string_view kRecords =
    "select h.id, h.number, h.giver_name, h.receiver_name, h.carrier_name, s.name, h.recorded_at"
    " from custody_hand_over h join party_staff s on s.id = h.recorded_by where h.entrustment = ? ";
constexpr std::string_view kLines =
    "select l.thing, t.label, t.kind, t.form, t.serial, l.content, l.quantity, t.unit from custody_hand_over_line l"
    " join custody_thing t on t.entrustment = l.entrustment and t.id = l.thing"
    " where l.entrustment = ? and l.hand_over = ? order by l.line";

std::string_view code_of(Purpose purpose)
{
    switch (purpose) {
    case Purpose::provide:
        return "provide";
    case Purpose::deliver:
        return "deliver";
    case Purpose::give_back:
        return "give_back";
    case Purpose::lend:
        return "lend";
    }
    return {};
}

struct Named { // a hand-over with the names of its people as they are now
    HandOver hand_over;
    std::string giver, receiver, carrier;
};

std::optional<std::string> name_among(const std::vector<party::Staff>& people, const std::optional<StaffId>& id)
{
    const auto found = std::find_if(people.begin(), people.end(), [&](const auto& one) { return one.id == id; });
    return found == people.end() ? std::nullopt : std::optional(found->name);
}

// Giver and receiver stand for their sides; who carries is one of either.
Result<Named> named(const storage::Snapshot& snapshot, const access::Scope& scope, HandOverId id,
                    const NewHandOver& wanted)
{
    const auto entrustment = detail::about(scope);
    const auto from = signers_of(snapshot, entrustment, wanted.from),
               to = signers_of(snapshot, entrustment, other(wanted.from));
    const auto giver = name_among(from, wanted.giver), receiver = name_among(to, wanted.receiver);
    if (!giver) return refuse_field("giver", kWrongPeople, "渡した方", japanese(wanted.from));
    if (!receiver) return refuse_field("receiver", kWrongPeople, "受け取った方", japanese(other(wanted.from)));
    auto carrier = name_among(carriers_of(snapshot, entrustment, wanted.from), wanted.carrier);
    if (!carrier) carrier = name_among(carriers_of(snapshot, entrustment, other(wanted.from)), wanted.carrier);
    if (!carrier) return refuse_field("carrier", kWrongPeople, "運んだ方", "区または受託者");
    for (const auto& line : wanted.lines) AZK_REQUIRE(detail::check_words(line.content, "things", "情報の内容"));
    return Named{{.id = id,
                  .purpose = wanted.purpose,
                  .at = wanted.at,
                  .from = wanted.from,
                  .giver = *wanted.giver,
                  .receiver = *wanted.receiver,
                  .carrier = *wanted.carrier,
                  .lines = wanted.lines,
                  .due = wanted.due,
                  .recorded_by = side_of(scope)},
                 *giver,
                 *receiver,
                 *carrier};
}

void write_lines(storage::Tx& tx, EntrustmentId entrustment, const HandOver& hand_over)
{
    tx.execute("delete from custody_hand_over_line where entrustment = ? and hand_over = ?",
               {entrustment, hand_over.id});
    int number = 0;
    for (const auto& line : hand_over.lines)
        tx.execute("insert into custody_hand_over_line (entrustment, hand_over, line, thing, content, quantity)"
                   " values (?, ?, ?, ?, ?, ?)",
                   {entrustment, hand_over.id, ++number, line.thing, line.content, line.quantity});
}

Record record_from(const storage::Row& row, const Custody& custody, EntrustmentId entrustment)
{
    return {*custody.hand_over(row.id<HandOverId>(0)),
            entrustment,
            row.integer(1),
            row.string(2),
            row.string(3),
            row.string(4),
            row.string(5),
            row.instant(6),
            {},
            {},
            {}};
}

void read_rest(const storage::Snapshot& snapshot, Record& record)
{
    record.lines = snapshot.all(kLines, {record.entrustment, record.hand_over.id}, [](const storage::Row& row) {
        const KnownThing thing{{row.id<ThingId>(0), static_cast<ThingKind>(row.integer(2)), Side::ward, Side::ward},
                               row.string(1),
                               row.string(3),
                               row.string(4),
                               {},
                               {},
                               {}};
        return RecordLine{thing.thing.id, thing.label, thing.words(), row.string(5), row.integer(6), row.string(7)};
    });
    const auto digest = digest_of(record);
    record.signatures = snapshot.all(
        "select g.side, s.name, g.at, g.digest from custody_signature g join party_staff s on s.id = g.staff"
        " where g.entrustment = ? and g.hand_over = ? order by g.at",
        {record.entrustment, record.hand_over.id}, [&](const storage::Row& row) {
            return RecordSignature{static_cast<Side>(row.integer(0)), row.string(1), row.instant(2),
                                   row.text(3) == digest};
        });
    record.disputes = snapshot.all(
        "select d.number, d.side, s.name, d.at, d.reason, d.settled_at, coalesce(d.outcome, '')"
        " from custody_dispute d"
        " join party_staff s on s.id = d.staff where d.entrustment = ? and d.hand_over = ? order by d.number",
        {record.entrustment, record.hand_over.id}, [](const storage::Row& row) {
            return Dispute{row.integer(0), static_cast<Side>(row.integer(1)),
                           row.string(2),  row.instant(3),
                           row.string(4),  row.maybe(5, [&] { return row.instant(5); }),
                           row.string(6)};
        });
    for (auto& dispute : record.disputes)
        dispute.resolutions = snapshot.all(
            "select r.side, s.name, r.at, r.words from custody_dispute_resolution r"
            " join party_staff s on s.id = r.staff where r.entrustment = ? and r.hand_over = ?"
            " and r.number = ? order by r.at, r.side",
            {record.entrustment, record.hand_over.id, dispute.number}, [](const storage::Row& row) {
                return Resolution{static_cast<Side>(row.integer(0)), row.string(1), row.instant(2), row.string(3)};
            });
}

ledger::Entry entry_of(const access::Scope& scope, std::string_view act, const Record& record)
{
    auto entry = scope.entry(act);
    entry.object = record.hand_over.id.text();
    entry.counts = {{"number", record.number}, {"things", static_cast<std::int64_t>(record.lines.size())}};
    entry.references = {{"purpose", std::string(code_of(record.hand_over.purpose))}, {"digest", digest_of(record)}};
    return entry;
}

void tell(storage::Tx& tx, const access::Scope& scope, std::string_view act, const Record& record)
{
    ledger::append(tx, entry_of(scope, act, record));
}

void note_all(storage::Tx& tx, const access::Scope& scope, const Record& record, std::string_view what)
{
    for (const auto& line : record.lines)
        detail::note_event(
            tx, scope, line.thing, scope.moment().at,
            fmt::format("第{}号の受渡し（{}）{}", record.number, japanese(record.hand_over.purpose), what));
}

void settle_disputes(storage::Tx& tx, const access::Scope& scope, HandOverId id, std::string_view outcome)
{
    tx.execute("update custody_dispute set settled_at = ?, outcome = ? where entrustment = ? and hand_over = ?"
               " and settled_at is null",
               {scope.moment().at, outcome, detail::about(scope), id});
}

// A package that came back, or was delivered for good, is a copy that is settled.
Result<void> settle_copies(storage::Tx& tx, const access::Scope& scope, const HandOver& hand_over)
{
    if (hand_over.purpose != Purpose::give_back && hand_over.purpose != Purpose::deliver) return {};
    const auto how = hand_over.purpose == Purpose::deliver ? Settling::kept : Settling::returned;
    for (const auto& line : hand_over.lines) {
        const auto copy = tx.one("select c.id from custody_thing t join custody_package p on p.entrustment = "
                                 "t.entrustment and p.id = t.package"
                                 " join custody_copy c on c.entrustment = p.entrustment and c.id = p.copy"
                                 " where t.entrustment = ? and t.id = ? and t.kind = ? and c.settled_at is null",
                                 {detail::about(scope), line.thing, static_cast<int>(ThingKind::medium)},
                                 [](const storage::Row& row) { return row.id<CopyId>(0); });
        if (copy) AZK_REQUIRE(settle_copy(tx, scope, *copy, {.how = how}));
    }
    return {};
}

} // namespace

Result<Dispute> may_close(const Record& record, std::int64_t number, Side side)
{
    const auto found = std::find_if(record.disputes.begin(), record.disputes.end(),
                                    [&](const auto& each) { return each.number == number; });
    if (found == record.disputes.end()) return refuse(kNoSuchDispute);
    if (!found->settled) return refuse(kDisputeUnsettled, japanese(record.hand_over.recorded_by));
    if (const auto* written = found->resolution(side))
        return refuse(kResolvedAlready, japanese(side), to_japanese(written->at));
    return *found;
}

Result<HandOverId> record_hand_over(storage::Tx& tx, IdSource& ids, const access::Scope& scope,
                                    const NewHandOver& wanted)
{
    const auto entrustment = detail::about(scope);
    AZK_TRY(const auto named_one, named(tx, scope, ids.next<HandOverNoun>(), wanted));
    const auto& hand_over = named_one.hand_over;
    const auto before = load(tx, entrustment);
    auto after = before;
    AZK_REQUIRE(begin(after, hand_over, scope.moment().at));
    const auto number =
        tx.integer("select coalesce(max(number), 0) + 1 from custody_hand_over where entrustment = ?", {entrustment});
    tx.execute("insert into custody_hand_over (entrustment, id, number, purpose, at, from_side, giver, giver_name,"
               " receiver, receiver_name, carrier, carrier_name, due, recorded_side, recorded_by, recorded_at, state)"
               " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               {entrustment, hand_over.id, number, static_cast<int>(hand_over.purpose), hand_over.at,
                static_cast<int>(hand_over.from), hand_over.giver, named_one.giver, hand_over.receiver,
                named_one.receiver, hand_over.carrier, named_one.carrier, hand_over.due,
                static_cast<int>(hand_over.recorded_by), scope.staff(), scope.moment().at,
                static_cast<int>(hand_over.state)});
    write_lines(tx, entrustment, hand_over);
    detail::save(tx, entrustment, before, after);
    AZK_TRY(const auto record, find_record(tx, entrustment, hand_over.id));
    note_all(tx, scope, record, "を記録した");
    tell(tx, scope, "custody.hand_over_recorded", record);
    return hand_over.id;
}

Result<void> change_hand_over(storage::Tx& tx, const access::Scope& scope, HandOverId id, const NewHandOver& changed)
{
    const auto entrustment = detail::about(scope);
    AZK_TRY(const auto named_one, named(tx, scope, id, changed));
    const auto before = load(tx, entrustment);
    auto after = before;
    AZK_REQUIRE(change(after, named_one.hand_over, side_of(scope), scope.moment().at));
    const auto& hand_over = *after.hand_over(id);
    tx.execute(
        "update custody_hand_over set purpose = ?, at = ?, from_side = ?, giver = ?, giver_name = ?, receiver = ?,"
        " receiver_name = ?, carrier = ?, carrier_name = ?, due = ? where entrustment = ? and id = ?",
        {static_cast<int>(hand_over.purpose), hand_over.at, static_cast<int>(hand_over.from), hand_over.giver,
         named_one.giver, hand_over.receiver, named_one.receiver, hand_over.carrier, named_one.carrier, hand_over.due,
         entrustment, id});
    write_lines(tx, entrustment, hand_over);
    detail::save(tx, entrustment, before, after);
    settle_disputes(tx, scope, id, "記録を直した");
    AZK_TRY(const auto record, find_record(tx, entrustment, id));
    note_all(tx, scope, record, "の記録を直した");
    tell(tx, scope, "custody.hand_over_changed", record);
    return {};
}

Result<bool> sign_hand_over(storage::Tx& tx, const access::Scope& scope, HandOverId id, std::string_view seen)
{
    const auto entrustment = detail::about(scope);
    AZK_TRY(const auto record, find_record(tx, entrustment, id));
    const auto before = load(tx, entrustment);
    auto after = before;
    const Signature signature{side_of(scope), scope.staff(), scope.moment().at, std::string(seen)};
    AZK_TRY(const bool both, sign(after, id, signature, digest_of(record)));
    detail::save(tx, entrustment, before, after);
    note_all(tx, scope, record, both ? "を双方が確認した" : "に署名した");
    if (both) AZK_REQUIRE(settle_copies(tx, scope, record.hand_over));
    tell(tx, scope, both ? "custody.hand_over_confirmed" : "custody.hand_over_signed", record);
    return both;
}

Result<void> dispute_hand_over(storage::Tx& tx, const access::Scope& scope, HandOverId id, std::string_view reason)
{
    const auto entrustment = detail::about(scope);
    AZK_REQUIRE(detail::check_words(reason, "reason", "どこが違うか"));
    AZK_TRY(const auto record, find_record(tx, entrustment, id));
    const auto before = load(tx, entrustment);
    auto after = before;
    AZK_REQUIRE(dispute(after, id, side_of(scope), scope.staff()));
    detail::save(tx, entrustment, before, after);
    tx.execute("insert into custody_dispute (entrustment, hand_over, number, side, staff, at, reason)"
               " values (?, ?, ?, ?, ?, ?, ?)",
               {entrustment, id, record.disputes.size() + 1, static_cast<int>(side_of(scope)), scope.staff(),
                scope.moment().at, reason});
    note_all(tx, scope, record, "に相違を申し出た");
    tell(tx, scope, "custody.hand_over_disputed", record);
    return {};
}

Result<bool> close_dispute(storage::Tx& tx, const access::Scope& scope, HandOverId id, std::int64_t number,
                           std::string_view words)
{
    const auto entrustment = detail::about(scope);
    const auto side = side_of(scope);
    AZK_TRY(const auto record, find_record(tx, entrustment, id));
    AZK_TRY(const auto dispute, may_close(record, number, side));
    if (text::is_blank(words) || text::count_characters(words) > std::size_t{kMaxResolution})
        return refuse_field("words", kResolutionExpected);
    tx.execute("insert into custody_dispute_resolution (entrustment, hand_over, number, side, staff, at, words)"
               " values (?, ?, ?, ?, ?, ?, ?)",
               {entrustment, id, number, static_cast<int>(side), scope.staff(), scope.moment().at, words});
    const bool both = dispute.resolution(other(side)) != nullptr;
    note_all(tx, scope, record,
             fmt::format("の相違の申出に、{}が経緯と措置を書いた{}: {}", japanese(side),
                         both ? "。双方がそろい、終わった" : "", words));
    auto entry = entry_of(scope, "custody.dispute_closed", record);
    entry.counts["dispute"] = number;
    entry.counts["sides"] = both ? 2 : 1;
    entry.references["words"] = hex(seal::sha256(as_bytes(words)));
    ledger::append(tx, entry);
    return both;
}

Result<void> withdraw_hand_over(storage::Tx& tx, const access::Scope& scope, HandOverId id, std::string_view reason)
{
    const auto entrustment = detail::about(scope);
    AZK_REQUIRE(detail::check_words(reason, "reason", "取り消す理由"));
    AZK_TRY(const auto record, find_record(tx, entrustment, id));
    const auto before = load(tx, entrustment);
    auto after = before;
    AZK_REQUIRE(withdraw(after, id, side_of(scope)));
    detail::save(tx, entrustment, before, after);
    settle_disputes(tx, scope, id, "受渡しを取り消した");
    note_all(tx, scope, record, fmt::format("を取り消した（{}）", reason));
    tell(tx, scope, "custody.hand_over_withdrawn", record);
    return {};
}

std::vector<Record> records_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    const auto custody = load(snapshot, entrustment);
    auto records = snapshot.all(fmt::format("{}order by h.number desc", kRecords), {entrustment},
                                [&](const storage::Row& row) { return record_from(row, custody, entrustment); });
    for (auto& record : records) read_rest(snapshot, record);
    return records;
}

Result<Record> find_record(const storage::Snapshot& snapshot, EntrustmentId entrustment, HandOverId id)
{
    const auto custody = load(snapshot, entrustment);
    auto record = snapshot.one(fmt::format("{}and h.id = ?", kRecords), {entrustment, id},
                               [&](const storage::Row& row) { return record_from(row, custody, entrustment); });
    if (!record) return refuse(kNoSuchHandOver);
    read_rest(snapshot, *record);
    return *std::move(record);
}

std::vector<OpenReturn> open_returns(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all("select l.thing, l.lent, h.number, h.due from custody_lend l"
                        " join custody_hand_over h on h.entrustment = l.entrustment and h.id = l.lent"
                        " where l.entrustment = ? and l.returned is null order by h.number",
                        {entrustment}, [](const storage::Row& row) {
                            return OpenReturn{row.id<ThingId>(0), row.id<HandOverId>(1), row.integer(2),
                                              row.maybe(3, [&] { return row.date(3); })};
                        });
}

} // namespace azukari::custody
