#include "custody/custody_store.h"

#include "access/fence.h"
#include "access/policy.h"
#include "access/roster/roster_store.h"
#include "access/signin/account_store.h"
#include "base/check.h"
#include "custody/copies/copy_refusals.h"
#include "infra/text/folding.h"
#include "infra/text/utf8.h"
#include "ledger/ledger.h"
#include "party/party_store.h"

#include <fmt/format.h>
#include <map>

namespace azukari::custody {
namespace {

constexpr std::size_t kMaxWords = 200;
constexpr int kMaxApart = 72;

constexpr std::string_view kThings =
    "select t.id, t.kind, t.owner, t.holder, t.place, t.package, t.quantity, t.state, t.since, t.label, t.form, "
    "t.serial,"
    " t.title, t.unit, coalesce(p.name, '') from custody_thing t"
    " left join custody_place p on p.entrustment = t.entrustment and p.id = t.place where t.entrustment = ? ";

KnownThing read_thing(const storage::Row& row)
{
    return {{row.id<ThingId>(0), static_cast<ThingKind>(row.integer(1)), static_cast<Side>(row.integer(2)),
             static_cast<Side>(row.integer(3)), row.maybe(4, [&] { return row.id<PlaceId>(4); }),
             row.maybe(5, [&] { return row.id<PackageId>(5); }), row.integer(6),
             static_cast<ThingState>(row.integer(7)), row.instant(8)},
            row.string(9),
            row.string(10),
            row.string(11),
            row.string(12),
            row.string(13),
            row.string(14)};
}

std::vector<HandOver> read_hand_overs(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    auto all = snapshot.all("select id, purpose, at, from_side, giver, receiver, carrier, due, recorded_side, state"
                            " from custody_hand_over where entrustment = ? order by number",
                            {entrustment}, [](const storage::Row& row) {
                                return HandOver{row.id<HandOverId>(0),
                                                static_cast<Purpose>(row.integer(1)),
                                                row.instant(2),
                                                static_cast<Side>(row.integer(3)),
                                                row.id<StaffId>(4),
                                                row.id<StaffId>(5),
                                                row.id<StaffId>(6),
                                                {},
                                                row.maybe(7, [&] { return row.date(7); }),
                                                static_cast<Side>(row.integer(8)),
                                                static_cast<HandOverState>(row.integer(9)),
                                                {}};
                            });
    for (auto& hand_over : all) {
        hand_over.lines = snapshot.all(
            "select thing, content, quantity from custody_hand_over_line where entrustment = ? and hand_over = ?"
            " order by line",
            {entrustment, hand_over.id}, [](const storage::Row& row) {
                return HandOverLine{row.id<ThingId>(0), row.string(1), row.integer(2)};
            });
        hand_over.signatures = snapshot.all(
            "select side, staff, at, digest from custody_signature where entrustment = ? and hand_over = ? order by at",
            {entrustment, hand_over.id}, [](const storage::Row& row) {
                return Signature{static_cast<Side>(row.integer(0)), row.id<StaffId>(1), row.instant(2), row.string(3)};
            });
    }
    return all;
}

// The label that was typed, when it is free; one made anew when none was.
Result<std::string> free_label(storage::Tx& tx, EntrustmentId entrustment, Entropy& entropy, LabelOn on,
                               std::string_view typed)
{
    if (typed.empty()) return make_label(on, entropy);
    AZK_TRY(auto label, read_label(typed));
    if (label.front() != static_cast<char>(on)) return refuse_field("label", kLabelWrong);
    const auto holder =
        tx.one("select title from custody_thing where entrustment = ? and label = ?"
               " union all select name from custody_place where entrustment = ? and label = ?",
               {entrustment, label, entrustment, label}, [](const storage::Row& row) { return row.string(0); });
    if (holder) return refuse_field("label", kLabelTaken, grouped_label(label), *holder);
    return label;
}

Result<void> check_new_thing(storage::Tx& tx, EntrustmentId entrustment, const NewThing& thing)
{
    AZK_REQUIRE(detail::check_words(thing.form, "form", "種類"));
    AZK_REQUIRE(detail::check_words(thing.title, "title", "情報の内容"));
    AZK_REQUIRE(detail::check_words(thing.unit, "unit", "数量の単位"));
    if (!thing.serial.empty()) {
        AZK_REQUIRE(detail::check_words(thing.serial, "serial", "製造番号"));
        const auto known =
            tx.one("select label from custody_thing where entrustment = ? and serial = ? and form = ?",
                   {entrustment, thing.serial, thing.form}, [](const storage::Row& row) { return row.string(0); });
        if (known) return refuse_field("serial", kSerialTaken, thing.serial, grouped_label(*known));
    }
    if (thing.package &&
        !tx.exists("select id from custody_package where entrustment = ? and id = ?", {entrustment, *thing.package}))
        return refuse_field("package", kNoSuchPackage);
    return {};
}

// Reads custody, lets the rule change it, and writes back what changed.
template <class Rule>
Result<void> apply(storage::Tx& tx, const access::Scope& scope, Rule&& rule)
{
    const auto entrustment = detail::about(scope);
    const auto before = load(tx, entrustment);
    auto after = before;
    AZK_REQUIRE(rule(after, side_of(scope)));
    detail::save(tx, entrustment, before, after);
    return {};
}

void tell(storage::Tx& tx, const access::Scope& scope, std::string_view act, const std::string& object,
          std::map<std::string, std::int64_t> counts = {}, std::map<std::string, std::string> references = {})
{
    auto entry = scope.entry(act);
    entry.object = object;
    entry.counts = std::move(counts);
    entry.references = std::move(references);
    ledger::append(tx, entry);
}

void save_thing(storage::Tx& tx, EntrustmentId entrustment, const Thing& thing)
{
    tx.execute("update custody_thing set owner = ?, holder = ?, place = ?, quantity = ?, state = ?, since = ?"
               " where entrustment = ? and id = ?",
               {static_cast<int>(thing.owner), static_cast<int>(thing.with), thing.place, thing.quantity,
                static_cast<int>(thing.state), thing.since, entrustment, thing.id});
}

void save_signatures(storage::Tx& tx, EntrustmentId entrustment, const HandOver& hand_over)
{
    tx.execute("update custody_hand_over set state = ? where entrustment = ? and id = ?",
               {static_cast<int>(hand_over.state), entrustment, hand_over.id});
    tx.execute("delete from custody_signature where entrustment = ? and hand_over = ?", {entrustment, hand_over.id});
    for (const auto& signature : hand_over.signatures)
        tx.execute("insert into custody_signature (entrustment, hand_over, side, staff, at, digest)"
                   " values (?, ?, ?, ?, ?, ?)",
                   {entrustment, hand_over.id, static_cast<int>(signature.side), signature.staff, signature.at,
                    signature.digest});
}

} // namespace

namespace detail {

EntrustmentId about(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

Result<void> check_words(std::string_view words, std::string_view field, std::string_view name)
{
    if (text::is_blank(words) || text::count_characters(words) > kMaxWords)
        return refuse_field(std::string(field), kWordsExpected, name);
    return {};
}

void save(storage::Tx& tx, EntrustmentId entrustment, const Custody& before, const Custody& after)
{
    for (const auto& thing : after.things) {
        const auto* old = before.thing(thing.id);
        if (old != nullptr && *old != thing) save_thing(tx, entrustment, thing);
    }
    for (const auto& hand_over : after.hand_overs) {
        const auto* old = before.hand_over(hand_over.id);
        if (old != nullptr && *old != hand_over) save_signatures(tx, entrustment, hand_over);
    }
    for (const auto& lend : after.lends)
        tx.execute("insert into custody_lend (entrustment, thing, lent, returned) values (?, ?, ?, ?)"
                   " on conflict (entrustment, thing, lent) do update set returned = excluded.returned",
                   {entrustment, lend.thing, lend.lent, lend.returned});
}

void note_event(storage::Tx& tx, const access::Scope& scope, ThingId thing, Instant at, std::string_view what)
{
    const auto entrustment = about(scope);
    const auto number =
        tx.integer("select coalesce(max(number), 0) + 1 from custody_event where entrustment = ? and thing = ?",
                   {entrustment, thing});
    tx.execute("insert into custody_event (entrustment, thing, number, at, staff, what) values (?, ?, ?, ?, ?, ?)",
               {entrustment, thing, number, at, scope.staff(), what});
}

} // namespace detail

Side side_of(const access::Scope& scope)
{
    return access::is_ward(scope.role()) ? Side::ward : Side::contractor;
}

std::string KnownThing::words() const
{
    auto inner = form;
    if (!serial.empty()) inner += " 製造番号 " + serial;
    return inner.empty() ? std::string(japanese(thing.kind)) : fmt::format("{}（{}）", japanese(thing.kind), inner);
}

Custody load(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    Custody custody;
    for (auto& known : things_of(snapshot, entrustment)) custody.things.push_back(std::move(known.thing));
    custody.places = snapshot.all("select id, side from custody_place where entrustment = ?", {entrustment},
                                  [](const storage::Row& row) {
                                      return Place{row.id<PlaceId>(0), static_cast<Side>(row.integer(1))};
                                  });
    custody.hand_overs = read_hand_overs(snapshot, entrustment);
    custody.lends = snapshot.all(
        "select thing, lent, returned from custody_lend where entrustment = ?", {entrustment},
        [](const storage::Row& row) {
            return Lend{row.id<ThingId>(0), row.id<HandOverId>(1), row.maybe(2, [&] { return row.id<HandOverId>(2); })};
        });
    const auto hours = snapshot.integer("select hours from custody_apart where entrustment = ?", {entrustment});
    if (hours > 0) custody.apart.least = Duration::hours(hours);
    return custody;
}

std::vector<party::Staff> people_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, Side side)
{
    const auto fence = access::find_fence(snapshot, entrustment);
    if (!fence) return {};
    if (side == Side::ward) return party::staff_of(snapshot, fence->ward);
    std::vector<party::Staff> people;
    for (const auto& entry : access::roster_of(snapshot, entrustment))
        if (entry.submitted && !entry.withdrawn)
            if (auto staff = party::find_staff(snapshot, entry.staff)) people.push_back(*std::move(staff));
    return people;
}

namespace {

// By person: whether the role of their account lets them sign. Who has no account is not in it.
std::map<StaffId, bool> may_sign(const storage::Snapshot& snapshot, EntrustmentId entrustment, Side side)
{
    std::map<StaffId, bool> may;
    const auto fence = access::find_fence(snapshot, entrustment);
    if (!fence) return may;
    for (const auto& account : access::accounts_of(snapshot, side == Side::ward ? fence->ward : fence->contractor))
        may[account.staff] = access::grants(access::actions::kSignHandOver, account.role);
    return may;
}

} // namespace

std::vector<party::Staff> signers_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, Side side)
{
    auto people = people_of(snapshot, entrustment, side);
    const auto may = may_sign(snapshot, entrustment, side);
    std::erase_if(people, [&](const party::Staff& one) { return !may.contains(one.id) || !may.at(one.id); });
    return people;
}

std::vector<party::Staff> carriers_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, Side side)
{
    auto people = people_of(snapshot, entrustment, side);
    const auto may = may_sign(snapshot, entrustment, side);
    std::erase_if(people, [&](const party::Staff& one) { return may.contains(one.id) && !may.at(one.id); });
    return people;
}

std::vector<KnownThing> things_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all(fmt::format("{}order by t.label", kThings), {entrustment}, read_thing);
}

std::optional<KnownThing> find_thing(const storage::Snapshot& snapshot, EntrustmentId entrustment, ThingId id)
{
    return snapshot.one(fmt::format("{}and t.id = ?", kThings), {entrustment, id}, read_thing);
}

std::vector<KnownPlace> places_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all("select p.id, p.side, p.name, p.room, p.label, p.key_holder, s.name from custody_place p"
                        " join party_staff s on s.id = p.key_holder where p.entrustment = ? order by p.side, p.name",
                        {entrustment}, [](const storage::Row& row) {
                            return KnownPlace{{row.id<PlaceId>(0), static_cast<Side>(row.integer(1))},
                                              row.string(2),
                                              row.string(3),
                                              row.string(4),
                                              row.id<StaffId>(5),
                                              row.string(6)};
                        });
}

Result<Labelled> find_label(const storage::Snapshot& snapshot, EntrustmentId entrustment, std::string_view typed)
{
    AZK_TRY(const auto label, read_label(typed));
    Labelled found{snapshot.one("select id from custody_thing where entrustment = ? and label = ?",
                                {entrustment, label}, [](const storage::Row& row) { return row.id<ThingId>(0); }),
                   snapshot.one("select id from custody_place where entrustment = ? and label = ?",
                                {entrustment, label}, [](const storage::Row& row) { return row.id<PlaceId>(0); })};
    if (!found.thing && !found.place) return refuse_field("label", kLabelUnknown, grouped_label(label));
    return found;
}

std::vector<Event> history_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, ThingId id)
{
    return snapshot.all("select e.at, s.name, e.what from custody_event e join party_staff s on s.id = e.staff"
                        " where e.entrustment = ? and e.thing = ? order by e.number",
                        {entrustment, id}, [](const storage::Row& row) {
                            return Event{row.instant(0), row.string(1), row.string(2)};
                        });
}

Result<ThingId> record_thing(storage::Tx& tx, IdSource& ids, Entropy& entropy, const access::Scope& scope,
                             const NewThing& thing)
{
    const auto entrustment = detail::about(scope);
    AZK_REQUIRE(check_new_thing(tx, entrustment, thing));
    AZK_TRY(const auto label, free_label(tx, entrustment, entropy, label_on(thing.kind), thing.label));
    const auto side = side_of(scope);
    const Thing kept{.id = ids.next<ThingNoun>(),
                     .kind = thing.kind,
                     .owner = side,
                     .with = side,
                     .package = thing.package,
                     .quantity = thing.quantity};
    auto custody = load(tx, entrustment);
    AZK_REQUIRE(take_in(custody, kept));
    tx.execute("insert into custody_thing (entrustment, id, label, kind, form, serial, title, unit, package, owner,"
               " holder, quantity, state, since) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               {entrustment, kept.id, label, static_cast<int>(kept.kind), thing.form, thing.serial, thing.title,
                thing.unit, kept.package, static_cast<int>(side), static_cast<int>(side), kept.quantity,
                static_cast<int>(kept.state), kept.since});
    detail::note_event(tx, scope, kept.id, scope.moment().at,
                       fmt::format("{}として登録した（{}{}）", japanese(kept.kind), kept.quantity, thing.unit));
    std::map<std::string, std::string> references{{"label", label}};
    if (kept.package) references["package"] = kept.package->text();
    tell(tx, scope, "custody.recorded", kept.id.text(), {{"quantity", kept.quantity}}, std::move(references));
    return kept.id;
}

Result<PlaceId> record_place(storage::Tx& tx, IdSource& ids, Entropy& entropy, const access::Scope& scope,
                             const NewPlace& place)
{
    const auto entrustment = detail::about(scope);
    const auto side = side_of(scope);
    AZK_REQUIRE(detail::check_words(place.name, "name", "名前"));
    AZK_REQUIRE(detail::check_words(place.room, "room", "部屋"));
    if (tx.exists("select id from custody_place where entrustment = ? and side = ? and name = ?",
                  {entrustment, static_cast<int>(side), place.name}))
        return refuse_field("name", kNameTaken, place.name);
    const auto people = people_of(tx, entrustment, side);
    const bool known =
        std::any_of(people.begin(), people.end(), [&](const auto& one) { return one.id == place.key_holder; });
    if (!known) return refuse_field("key_holder", kWrongPeople, "鍵を持つ方", japanese(side));
    AZK_TRY(const auto label, free_label(tx, entrustment, entropy, LabelOn::place, place.label));
    const auto id = ids.next<PlaceNoun>();
    tx.execute(
        "insert into custody_place (entrustment, id, side, name, room, label, key_holder, recorded_at, recorded_by)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {entrustment, id, static_cast<int>(side), place.name, place.room, label, *place.key_holder, scope.moment().at,
         scope.staff()});
    tell(tx, scope, "custody.place_recorded", id.text(), {},
         {{"label", label}, {"key_holder", place.key_holder->text()}});
    return id;
}

Result<void> place_thing(storage::Tx& tx, const access::Scope& scope, ThingId thing, PlaceId place)
{
    AZK_REQUIRE(apply(tx, scope, [&](Custody& custody, Side side) { return put_into(custody, thing, place, side); }));
    const auto known = find_thing(tx, detail::about(scope), thing);
    detail::note_event(tx, scope, thing, scope.moment().at, fmt::format("「{}」に入れた", known->place));
    tell(tx, scope, "custody.placed", thing.text(), {}, {{"place", place.text()}});
    return {};
}

Result<void> report_lost(storage::Tx& tx, const access::Scope& scope, ThingId thing, std::string_view circumstances)
{
    AZK_REQUIRE(detail::check_words(circumstances, "circumstances", "いつ、どこで気付いたか"));
    AZK_REQUIRE(apply(tx, scope, [&](Custody& custody, Side side) { return lose(custody, thing, side); }));
    detail::note_event(tx, scope, thing, scope.moment().at, fmt::format("所在不明になった: {}", circumstances));
    tell(tx, scope, "custody.lost", thing.text());
    return {};
}

Result<void> report_found(storage::Tx& tx, const access::Scope& scope, ThingId thing, std::string_view circumstances)
{
    AZK_REQUIRE(detail::check_words(circumstances, "circumstances", "どこで見つかったか"));
    AZK_REQUIRE(apply(tx, scope, [&](Custody& custody, Side side) { return find_again(custody, thing, side); }));
    detail::note_event(tx, scope, thing, scope.moment().at, fmt::format("見つかった: {}", circumstances));
    tell(tx, scope, "custody.found", thing.text());
    return {};
}

Result<void> record_destruction(storage::Tx& tx, const access::Scope& scope, ThingId thing, std::string_view method,
                                std::optional<StaffId> witness)
{
    AZK_REQUIRE(detail::check_words(method, "method", "廃棄の方法"));
    const auto seen_by = witness ? party::find_staff(tx, *witness) : std::nullopt;
    if (!seen_by) return refuse_field("witness", kWitnessExpected);
    if (seen_by->id == scope.staff()) return refuse_field("witness", kWitnessIsSelf);
    AZK_REQUIRE(apply(tx, scope, [&](Custody& custody, Side side) { return destroy(custody, thing, side); }));
    detail::note_event(tx, scope, thing, scope.moment().at,
                       fmt::format("廃棄した（{}、立会い {}）", method, seen_by->name));
    tell(tx, scope, "custody.destroyed", thing.text(), {}, {{"witness", seen_by->id.text()}});
    return {};
}

Result<void> record_recount(storage::Tx& tx, const access::Scope& scope, ThingId thing, std::int64_t quantity,
                            std::string_view reason)
{
    AZK_REQUIRE(detail::check_words(reason, "reason", "数が変わった理由"));
    const auto before = find_thing(tx, detail::about(scope), thing);
    if (!before) return refuse(kNoSuchThing);
    AZK_REQUIRE(apply(tx, scope, [&](Custody& custody, Side side) { return recount(custody, thing, quantity, side); }));
    detail::note_event(
        tx, scope, thing, scope.moment().at,
        fmt::format("数え直した: {} → {}{}（{}）", before->thing.quantity, quantity, before->unit, reason));
    tell(tx, scope, "custody.recounted", thing.text(), {{"before", before->thing.quantity}, {"quantity", quantity}});
    return {};
}

Result<void> set_apart(storage::Tx& tx, const access::Scope& scope, int hours)
{
    if (hours < 1 || hours > kMaxApart) return refuse_field("hours", kApartExpected);
    tx.execute("insert into custody_apart (entrustment, hours) values (?, ?)"
               " on conflict (entrustment) do update set hours = excluded.hours",
               {detail::about(scope), hours});
    tell(tx, scope, "custody.apart_set", {}, {{"hours", hours}});
    return {};
}

} // namespace azukari::custody
