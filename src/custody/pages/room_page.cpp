// 入退室: rooms, who may enter them, who did, and what was not as it should be. [K16]
#include "custody/pages/custody_frame.h"
#include "custody/rooms/room_refusals.h"
#include "custody/rooms/room_store.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::custody::pages {
namespace {

using namespace html;
using Size = office::Field::Size;

constexpr std::int64_t kShown = 200; // newest entries

struct Seen {
    Room room;
    std::vector<Permitted> permitted;
    std::vector<RoomEntry> entries;
    std::vector<party::Staff> people;
};

Result<Seen> see(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = id_in_path<RoomId>(visit, "room");
    if (!id) return refuse(kNoSuchRoom);
    return rooms.db.read([&](const storage::Snapshot& snapshot) -> Result<Seen> {
        const auto entrustment = *scope.entrustment();
        AZK_TRY(const auto room, find_room(snapshot, entrustment, *id));
        return Seen{room, permitted_to(snapshot, entrustment, *id), entries_of(snapshot, entrustment, *id, kShown),
                    people_of(snapshot, entrustment, room.side)};
    });
}

Html flags_of(const Seen& seen, const RoomEntry& entry, Instant now)
{
    const auto found = irregularities(seen.room, seen.permitted, entry, now);
    if (found.empty()) return office::chip(office::Tone::good, "異常なし");
    return each(found, [](Irregularity one) { return join(office::chip(office::Tone::bad, japanese(one)), " "); });
}

Html entry_table(const office::Visit& visit, const Seen& seen)
{
    office::Table table{.caption = "入退室の記録（新しい順）",
                        .columns = {{"氏名"}, {"入室"}, {"退室"}, {"記録のしかた"}, {"確認"}},
                        .rows = {},
                        .empty = "入退室の記録は、まだありません。"};
    for (const auto& entry : seen.entries)
        table.rows.push_back(
            {Html(entry.name), office::when_at(entry.entered), entry.left ? office::when_at(*entry.left) : Html("―"),
             Html(entry.imported ? "一覧の読込み" : "手入力"), flags_of(seen, entry, visit.moment.at)});
    return office::data_table(visit, table);
}

Html people_table(const office::Visit& visit, const access::Scope& scope, const Seen& seen, bool manages)
{
    office::Table table{.caption = "入室を許可した方",
                        .columns = {{"氏名"}, {"許可した日"}, {"状態"}},
                        .rows = {},
                        .empty = "入室を許可した方は、まだいません。"};
    if (manages) table.columns.push_back({"操作"});
    const auto to = address_of(scope, "rooms/" + seen.room.id.text() + "/people");
    for (const auto& each : seen.permitted) {
        office::Row row{Html(each.name), office::on_day(CivilDate::of(each.since)),
                        each.until ? join(office::chip(office::Tone::neutral, "終わった"), " ",
                                          office::on_day(CivilDate::of(*each.until)))
                                   : office::chip(office::Tone::good, "許可中")};
        if (manages)
            row.push_back(each.until ? Html("―")
                                     : office::post_form(visit, to, office::hidden_field("end", each.staff.text()),
                                                         office::submit_button(each.name + "さんの許可を終える",
                                                                               office::Weight::secondary)));
        table.rows.push_back(std::move(row));
    }
    return office::data_table(visit, table);
}

Html entry_form(const office::Visit& visit, const access::Scope& scope, const Seen& seen,
                const office::FormState& state)
{
    const auto top = "rooms/" + seen.room.id.text();
    return join(section(h2("入退室を記録する"),
                        office::post_form(
                            visit, address_of(scope, top + "/entries"),
                            office::select_field(
                                state, {.name = "staff", .label = "入室した方", .required = true, .size = Size::medium},
                                choices_of(seen.people)),
                            office::date_field(state, {.name = "day", .label = "日", .required = true}),
                            office::text_field(state, {.name = "entered",
                                                       .label = "入室の時刻",
                                                       .hint = "例: 9:05",
                                                       .required = true,
                                                       .max_length = 5,
                                                       .size = Size::small}),
                            office::text_field(state, {.name = "left",
                                                       .label = "退室の時刻",
                                                       .hint = "まだ中にいるときは空のままにします。",
                                                       .max_length = 5,
                                                       .size = Size::small}),
                            office::button_row(office::submit_button("記録する")))),
                section(h2("一覧を読み込む"),
                        office::upload_form(
                            visit, address_of(scope, top + "/list"),
                            office::file_field(
                                state,
                                {.name = "file",
                                 .label = "入退室の一覧（CSV）",
                                 .hint = "1行目の見出しは「氏名」「入室」「退室」、日時は 2026-06-01 10:00 の形です。",
                                 .most_bytes = office::kUploadBytes},
                                ".csv"),
                            office::button_row(office::submit_button("読み込む", office::Weight::secondary)))));
}

http::Response room_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                         const office::FormState& state)
{
    const auto seen = see(rooms, visit, scope);
    if (!seen) return office::show_refusal(visit, seen.error(), 404);
    const bool own = seen->room.side == side_of(scope);
    const bool manages = own && may(scope, access::actions::kManageRooms);
    Html body = join(office::error_summary(state),
                     p(fmt::format("{}の部屋。利用時間は{}から{}まで。", japanese(seen->room.side),
                                   clock_of(seen->room.opens), clock_of(seen->room.closes))),
                     entry_table(visit, *seen));
    if (own && may(scope, access::actions::kKeepCustody)) body += entry_form(visit, scope, *seen, state);
    body += people_table(visit, scope, *seen, manages);
    if (manages)
        body += office::post_form(
            visit, address_of(scope, "rooms/" + seen->room.id.text() + "/people"),
            office::select_field(
                state, {.name = "person", .label = "入室を許可する方", .required = true, .size = Size::medium},
                choices_of(seen->people)),
            office::button_row(office::submit_button("入室を許可する")));
    auto page = framed(rooms, scope, seen->room.name, Part::rooms, std::move(body), true);
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    return office::show(visit, page);
}

office::FormState today(const office::Visit& visit)
{
    return office::filled({{"day", visit.moment.today.iso()}});
}

http::Response list_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                         const office::FormState& state)
{
    const auto all = rooms.db.read([&](const storage::Snapshot& s) { return rooms_of(s, *scope.entrustment()); });
    office::Table table{.caption = "入退室を管理する部屋",
                        .columns = {{"部屋"}, {"側"}, {"利用時間"}},
                        .rows = {},
                        .empty = "部屋は、まだ登録されていません。"};
    for (const auto& room : all)
        table.rows.push_back({a({href(address_of(scope, "rooms/" + room.id.text()))}, room.name),
                              Html(japanese(room.side)),
                              Html(fmt::format("{}から{}まで", clock_of(room.opens), clock_of(room.closes)))});
    Html body = office::data_table(visit, table);
    if (may(scope, access::actions::kManageRooms))
        body += section(h2("部屋を登録する"),
                        office::post_form(visit, address_of(scope, "rooms"), office::error_summary(state),
                                          office::text_field(state, {.name = "name",
                                                                     .label = "部屋の名前",
                                                                     .hint = "例: マシン室、媒体保管庫",
                                                                     .required = true,
                                                                     .max_length = 200,
                                                                     .size = Size::medium}),
                                          office::text_field(state, {.name = "opens",
                                                                     .label = "利用時間の始まり",
                                                                     .hint = "例: 8:30",
                                                                     .required = true,
                                                                     .max_length = 5,
                                                                     .size = Size::small}),
                                          office::text_field(state, {.name = "closes",
                                                                     .label = "利用時間の終わり",
                                                                     .hint = "例: 18:00",
                                                                     .required = true,
                                                                     .max_length = 5,
                                                                     .size = Size::small}),
                                          office::button_row(office::submit_button("部屋を登録する"))));
    auto page = framed(rooms, scope, "入退室", Part::rooms, std::move(body));
    page.lead = p("個人情報を取り扱う部屋や媒体の保管庫に、だれが入れるか、だれが入ったかの記録です。");
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    return office::show(visit, page);
}

} // namespace

http::Response show_rooms(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return list_page(rooms, visit, scope, office::filled({{"opens", "8:30"}, {"closes", "18:00"}}));
}

http::Response save_room(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    IdSource ids(scope.moment().at, rooms.entropy);
    const auto saved = rooms.db.write([&](storage::Tx& tx) {
        return record_room(tx, ids, scope, form.get("name"), minutes_of(form.get("opens")).value_or(-1),
                           minutes_of(form.get("closes")).value_or(-1));
    });
    if (!saved) return list_page(rooms, visit, scope, office::refused(form, {saved.error()}));
    return http::Response::see_other(path_of(scope, "rooms/" + saved->text()),
                                     "部屋を登録しました。入室を許可する方を選んでください。");
}

http::Response show_room(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return room_page(rooms, visit, scope, today(visit));
}

http::Response save_permission(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto seen = see(rooms, visit, scope);
    if (!seen) return office::show_refusal(visit, seen.error(), 404);
    const auto& form = visit.request.form;
    const auto ended = StaffId::parse(form.get("end"));
    const auto saved = rooms.db.write([&](storage::Tx& tx) {
        return ended ? end_permission(tx, scope, seen->room.id, *ended)
                     : permit(tx, scope, seen->room.id, StaffId::parse(form.get("person")));
    });
    if (!saved) return room_page(rooms, visit, scope, office::refused(form, {saved.error().at_field("person")}));
    return http::Response::see_other(path_of(scope, "rooms/" + seen->room.id.text()),
                                     ended ? "入室の許可を終えました。" : "入室を許可しました。");
}

http::Response save_entry(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto seen = see(rooms, visit, scope);
    if (!seen) return office::show_refusal(visit, seen.error(), 404);
    const auto& form = visit.request.form;
    const auto entered = moment_of(form.get("day"), form.get("entered"));
    const auto left = moment_of(form.get("day"), form.get("left"));
    std::vector<Refusal> refusals;
    if (!entered) refusals.emplace_back(kMomentExpected, std::vector<std::string>{}, "entered");
    if (!left && !form.get("left").empty()) refusals.emplace_back(kMomentExpected, std::vector<std::string>{}, "left");
    if (!refusals.empty()) return room_page(rooms, visit, scope, office::refused(form, std::move(refusals)));
    const auto staff = StaffId::parse(form.get("staff"));
    // Somebody who is still inside leaves: their open entry of that moment is closed.
    const auto open = std::find_if(seen->entries.begin(), seen->entries.end(), [&](const RoomEntry& entry) {
        return entry.staff == staff && !entry.left && entry.entered == *entered;
    });
    IdSource ids(scope.moment().at, rooms.entropy);
    const auto saved = rooms.db.write([&](storage::Tx& tx) {
        if (left && open != seen->entries.end()) return record_exit(tx, scope, seen->room.id, open->id, *left);
        return record_entry(tx, ids, scope, seen->room.id, staff, *entered, left);
    });
    if (!saved) return room_page(rooms, visit, scope, office::refused(form, {saved.error()}));
    return http::Response::see_other(path_of(scope, "rooms/" + seen->room.id.text()), "入退室を記録しました。");
}

http::Response refuse_large_list(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    auto state = today(visit);
    state.refusals = {office::files_too_large("file")};
    return room_page(rooms, visit, scope, state);
}

http::Response import_list(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto seen = see(rooms, visit, scope);
    if (!seen) return office::show_refusal(visit, seen.error(), 404);
    const auto again = [&](const Refusal& refusal) {
        auto state = today(visit);
        state.refusals = {refusal.at_field("file")};
        return room_page(rooms, visit, scope, state);
    };
    const auto& files = visit.request.files;
    if (files.empty() || files.front().content.empty()) return again(Refusal(kListFile));
    const auto list = read_entry_list(files.front().content);
    if (!list) return again(list.error());
    IdSource ids(scope.moment().at, rooms.entropy);
    const auto added =
        rooms.db.write([&](storage::Tx& tx) { return import_entries(tx, ids, scope, seen->room.id, *list); });
    if (!added) return again(added.error());
    return http::Response::see_other(
        path_of(scope, "rooms/" + seen->room.id.text()),
        fmt::format("{}件を読み込みました（一覧は{}件、記録済みのものは除きました）。", *added, list->size()));
}

} // namespace azukari::custody::pages
