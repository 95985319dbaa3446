#include "custody/rooms/room_store.h"

#include "custody/rooms/room_refusals.h"
#include "ledger/ledger.h"

#include <algorithm>

namespace azukari::custody {
namespace {

Room read_room(const storage::Row& row)
{
    return {row.id<RoomId>(0), static_cast<Side>(row.integer(1)), row.string(2), static_cast<int>(row.integer(3)),
            static_cast<int>(row.integer(4))};
}

Result<Room> own_room(const storage::Snapshot& snapshot, const access::Scope& scope, RoomId id)
{
    AZK_TRY(auto room, find_room(snapshot, detail::about(scope), id));
    if (room.side != side_of(scope)) return refuse(kOtherSidesRoom);
    return room;
}

void tell(storage::Tx& tx, const access::Scope& scope, std::string_view act, RoomId room,
          std::map<std::string, std::int64_t> counts = {}, std::map<std::string, std::string> references = {})
{
    auto entry = scope.entry(act);
    entry.object = room.text();
    entry.counts = std::move(counts);
    entry.references = std::move(references);
    ledger::append(tx, entry);
}

// 「見本 太郎」, 「見本　太郎」 and 「見本太郎」 are one name.
std::string without_space(std::string_view name)
{
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        if (name[at] == ' ') {
            ++at;
        } else if (name.substr(at).starts_with("　")) {
            at += 3;
        } else {
            out += name[at++];
        }
    }
    return out;
}

void insert_entry(storage::Tx& tx, EntrustmentId entrustment, RoomId room, const RoomEntry& entry, StaffId by)
{
    tx.execute(
        "insert into custody_room_entry (entrustment, room, id, staff, name, entered_at, left_at, imported,"
        " recorded_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {entrustment, room, entry.id, entry.staff, entry.name, entry.entered, entry.left, entry.imported ? 1 : 0, by});
}

} // namespace

Result<RoomId> record_room(storage::Tx& tx, IdSource& ids, const access::Scope& scope, std::string_view name, int opens,
                           int closes)
{
    const auto entrustment = detail::about(scope);
    const auto side = static_cast<int>(side_of(scope));
    AZK_REQUIRE(detail::check_words(name, "name", "部屋の名前"));
    if (opens < 0 || closes <= opens) return refuse_field("opens", kHoursExpected);
    if (tx.exists("select id from custody_room where entrustment = ? and side = ? and name = ?",
                  {entrustment, side, name}))
        return refuse_field("name", kNameTaken, name);
    const auto id = ids.next<RoomNoun>();
    tx.execute("insert into custody_room (entrustment, id, side, name, opens, closes) values (?, ?, ?, ?, ?, ?)",
               {entrustment, id, side, name, opens, closes});
    tell(tx, scope, "custody.room_recorded", id);
    return id;
}

Result<void> permit(storage::Tx& tx, const access::Scope& scope, RoomId room, std::optional<StaffId> staff)
{
    const auto entrustment = detail::about(scope);
    AZK_REQUIRE(own_room(tx, scope, room));
    const auto people = people_of(tx, entrustment, side_of(scope));
    if (!std::any_of(people.begin(), people.end(), [&](const auto& one) { return one.id == staff; }))
        return refuse_field("staff", kWrongPeople, "入室を許可する方", japanese(side_of(scope)));
    for (const auto& each : permitted_to(tx, entrustment, room))
        if (each.staff == *staff && !each.until) return refuse_field("staff", kAlreadyPermitted);
    tx.execute("insert into custody_room_person (entrustment, room, staff, since) values (?, ?, ?, ?)",
               {entrustment, room, *staff, scope.moment().at});
    tell(tx, scope, "custody.room_permitted", room, {}, {{"staff", staff->text()}});
    return {};
}

Result<void> end_permission(storage::Tx& tx, const access::Scope& scope, RoomId room, StaffId staff)
{
    AZK_REQUIRE(own_room(tx, scope, room));
    const auto changed = tx.execute("update custody_room_person set until_at = ? where entrustment = ? and room = ?"
                                    " and staff = ? and until_at is null",
                                    {scope.moment().at, detail::about(scope), room, staff});
    if (changed == 0) return refuse(kNotPermitted);
    tell(tx, scope, "custody.room_permission_ended", room, {}, {{"staff", staff.text()}});
    return {};
}

Result<void> record_entry(storage::Tx& tx, IdSource& ids, const access::Scope& scope, RoomId room,
                          std::optional<StaffId> staff, Instant entered, std::optional<Instant> left)
{
    const auto entrustment = detail::about(scope);
    AZK_TRY(const auto known, own_room(tx, scope, room));
    if (scope.moment().at < entered || (left && (*left < entered || scope.moment().at < *left)))
        return refuse_field("entered", kEntryTimes);
    const auto people = people_of(tx, entrustment, known.side);
    const auto person = std::find_if(people.begin(), people.end(), [&](const auto& one) { return one.id == staff; });
    if (person == people.end()) return refuse_field("staff", kWrongPeople, "入室した方", japanese(known.side));
    insert_entry(tx, entrustment, room, {ids.next<RoomEntryNoun>(), staff, person->name, entered, left, false},
                 scope.staff());
    tell(tx, scope, "custody.entry_recorded", room, {{"entries", 1}});
    return {};
}

Result<void> record_exit(storage::Tx& tx, const access::Scope& scope, RoomId room, RoomEntryId entry, Instant left)
{
    const auto entrustment = detail::about(scope);
    AZK_REQUIRE(own_room(tx, scope, room));
    const auto entered =
        tx.one("select entered_at from custody_room_entry where entrustment = ? and room = ? and id = ?"
               " and left_at is null",
               {entrustment, room, entry}, [](const storage::Row& row) { return row.instant(0); });
    if (!entered) return refuse(kNoSuchEntry);
    if (left < *entered || scope.moment().at < left) return refuse_field("left", kEntryTimes);
    tx.execute("update custody_room_entry set left_at = ? where entrustment = ? and room = ? and id = ?",
               {left, entrustment, room, entry});
    tell(tx, scope, "custody.exit_recorded", room);
    return {};
}

Result<std::size_t> import_entries(storage::Tx& tx, IdSource& ids, const access::Scope& scope, RoomId room,
                                   const std::vector<ListedEntry>& entries)
{
    const auto entrustment = detail::about(scope);
    AZK_TRY(const auto known, own_room(tx, scope, room));
    const auto people = people_of(tx, entrustment, known.side);
    std::size_t added = 0;
    for (const auto& listed : entries) {
        if (scope.moment().at < listed.entered || (listed.left && scope.moment().at < *listed.left))
            return refuse_field("file", kEntryTimes);
        const auto name = without_space(listed.name);
        const auto person = std::find_if(people.begin(), people.end(),
                                         [&](const auto& one) { return without_space(one.name) == name; });
        const bool found = person != people.end();
        RoomEntry entry{ids.next<RoomEntryNoun>(),
                        found ? std::optional(person->id) : std::nullopt,
                        found ? person->name : listed.name,
                        listed.entered,
                        listed.left,
                        true};
        if (tx.exists(
                "select id from custody_room_entry where entrustment = ? and room = ? and name = ? and entered_at = ?",
                {entrustment, room, entry.name, entry.entered}))
            continue;
        insert_entry(tx, entrustment, room, entry, scope.staff());
        ++added;
    }
    if (added > 0) tell(tx, scope, "custody.entry_recorded", room, {{"entries", static_cast<std::int64_t>(added)}});
    return added;
}

std::vector<Room> rooms_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all(
        "select id, side, name, opens, closes from custody_room where entrustment = ? order by side, name",
        {entrustment}, read_room);
}

Result<Room> find_room(const storage::Snapshot& snapshot, EntrustmentId entrustment, RoomId id)
{
    auto room = snapshot.one("select id, side, name, opens, closes from custody_room where entrustment = ? and id = ?",
                             {entrustment, id}, read_room);
    if (!room) return refuse(kNoSuchRoom);
    return *std::move(room);
}

std::vector<Permitted> permitted_to(const storage::Snapshot& snapshot, EntrustmentId entrustment, RoomId room)
{
    return snapshot.all(
        "select p.staff, s.name, p.since, p.until_at from custody_room_person p"
        " join party_staff s on s.id = p.staff where p.entrustment = ? and p.room = ? order by s.kana, p.since",
        {entrustment, room}, [](const storage::Row& row) {
            return Permitted{row.id<StaffId>(0), row.string(1), row.instant(2),
                             row.maybe(3, [&] { return row.instant(3); })};
        });
}

std::vector<RoomEntry> entries_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, RoomId room,
                                  std::int64_t most)
{
    return snapshot.all("select id, staff, name, entered_at, left_at, imported from custody_room_entry"
                        " where entrustment = ? and room = ? order by entered_at desc, id desc limit ?",
                        {entrustment, room, most}, [](const storage::Row& row) {
                            return RoomEntry{
                                row.id<RoomEntryId>(0), row.maybe(1, [&] { return row.id<StaffId>(1); }), row.string(2),
                                row.instant(3),         row.maybe(4, [&] { return row.instant(4); }),     row.flag(5)};
                        });
}

} // namespace azukari::custody
