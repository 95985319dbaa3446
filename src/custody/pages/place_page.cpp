// 保管場所: cabinets and safes, with what lies in them; and the sheets of labels.
#include "custody/pages/custody_frame.h"
#include "custody/paper/label_sheet.h"

#include <fmt/format.h>

namespace azukari::custody::pages {
namespace {

using namespace html;

struct Seen {
    std::vector<KnownPlace> places;
    std::vector<KnownThing> things;
    std::vector<party::Staff> people; // of this side
};

Seen see(const Rooms& rooms, const access::Scope& scope)
{
    return rooms.db.read([&](const storage::Snapshot& snapshot) {
        const auto id = *scope.entrustment();
        return Seen{places_of(snapshot, id), things_of(snapshot, id), people_of(snapshot, id, side_of(scope))};
    });
}

Html place_table(const office::Visit& visit, const access::Scope& scope, const Seen& seen)
{
    office::Table table{.caption = "金庫・キャビネット",
                        .columns = {{"名前"}, {"側"}, {"部屋"}, {"鍵を持つ方"}, {"ラベル"}, {"入っているもの"}},
                        .rows = {},
                        .empty = "保管場所は、まだ登録されていません。"};
    for (const auto& each : seen.places) {
        Html inside;
        for (const auto& known : seen.things)
            if (known.thing.place == each.place.id) inside += div(label_link(scope, known), "　", known.words());
        table.rows.push_back({span({{"id", each.place.id.text()}}, each.name), Html(japanese(each.place.side)),
                              Html(each.room), Html(each.key_holder_name), code(grouped_label(each.label)),
                              inside.empty() ? Html("なし") : inside});
    }
    return office::data_table(visit, table);
}

Html place_form(const office::Visit& visit, const access::Scope& scope, const Seen& seen,
                const office::FormState& state)
{
    using Size = office::Field::Size;
    return section(h2("金庫・キャビネットを登録する"),
                   office::post_form(
                       visit, address_of(scope, "places"), office::error_summary(state),
                       office::text_field(state, {.name = "name",
                                                  .label = "名前",
                                                  .hint = "例: 金庫A、鍵付キャビネット2",
                                                  .required = true,
                                                  .max_length = 200,
                                                  .size = Size::medium}),
                       office::text_field(state, {.name = "room",
                                                  .label = "部屋",
                                                  .hint = "例: 健康づくり課 書庫",
                                                  .required = true,
                                                  .max_length = 200,
                                                  .size = Size::medium}),
                       office::select_field(
                           state, {.name = "key_holder", .label = "鍵を持つ方", .required = true, .size = Size::medium},
                           choices_of(seen.people)),
                       office::text_field(state, {.name = "label",
                                                  .label = "貼ってあるラベル",
                                                  .hint = "空のままなら、新しいラベルを作ります。",
                                                  .max_length = 20,
                                                  .size = Size::medium}),
                       office::button_row(office::submit_button("保管場所を登録する"))));
}

http::Response place_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                          const office::FormState& state)
{
    const auto seen = see(rooms, scope);
    auto page = framed(rooms, scope, "保管場所", Part::places,
                       join(place_table(visit, scope, seen),
                            when(may(scope, access::actions::kKeepCustody), place_form(visit, scope, seen, state))));
    page.lead = p(
        "暗号化データの媒体とパスワード通知書は、別の鍵付キャビネットで保管します。同じ場所に入れる記録はできません。");
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    return office::show(visit, page);
}

// A sheet of labels nobody has used yet: some for each kind.
std::vector<PrintedLabel> fresh_labels(Entropy& entropy)
{
    std::vector<PrintedLabel> labels;
    for (std::size_t i = 0; i < kLabelsOnSheet; ++i) {
        const auto on = i < 12 ? LabelOn::medium : i < 18 ? LabelOn::paper : LabelOn::place;
        labels.push_back({make_label(on, entropy),
                          on == LabelOn::medium  ? "電磁的媒体"
                          : on == LabelOn::paper ? "紙媒体"
                                                 : "保管場所",
                          {}});
    }
    return labels;
}

} // namespace

http::Response show_places(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return place_page(rooms, visit, scope, {});
}

http::Response save_place(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const NewPlace wanted{std::string(form.get("name")), std::string(form.get("room")),
                          StaffId::parse(form.get("key_holder")), std::string(form.get("label"))};
    IdSource ids(scope.moment().at, rooms.entropy);
    const auto saved =
        rooms.db.write([&](storage::Tx& tx) { return record_place(tx, ids, rooms.entropy, scope, wanted); });
    if (!saved) return place_page(rooms, visit, scope, office::refused(form, {saved.error()}));
    return http::Response::see_other(path_of(scope, "places"), "保管場所を登録しました。ラベルを貼ってください。");
}

http::Response take_labels(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    std::vector<PrintedLabel> labels;
    if (visit.request.query.get("fresh") == "yes") {
        labels = fresh_labels(rooms.entropy);
    } else {
        const auto seen = see(rooms, scope);
        for (const auto& each : seen.things)
            if (each.thing.state != ThingState::destroyed)
                labels.push_back({each.label, std::string(japanese(each.thing.kind)), each.title});
        for (const auto& each : seen.places)
            if (each.place.side == side_of(scope)) labels.push_back({each.label, "保管場所", each.name});
    }
    if (labels.empty()) return http::Response::see_other(path_of(scope, "things"), "印刷するラベルがありません。");
    pdf::TextSink sink;
    const auto written = write_label_sheet(labels, scope.moment().at, sink, rooms.fonts);
    if (!written) return office::show_refusal(visit, written.error(), 409);
    return http::Response::download("ラベル用紙.pdf", "application/pdf", std::move(sink).take());
}

} // namespace azukari::custody::pages
