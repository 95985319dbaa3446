// 媒体・書類: the list, taking one in, and one of them with its history.
#include "custody/copies/copy_refusals.h"
#include "custody/packing/package_store.h"
#include "custody/pages/custody_frame.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::custody::pages {
namespace {

using namespace html;

const std::vector<office::Choice> kKinds{{"medium", "電磁的媒体", "USBメモリ、CD、DVD など"},
                                         {"paper", "紙媒体", "名簿、通知書、申請書など。まとめて1つとして数えます。"}};

http::Response thing_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                          const office::FormState& state)
{
    std::vector<office::Choice> packages{{"", "暗号化データは入れていない"}};
    const auto known = rooms.db.read([&](const storage::Snapshot& s) { return packages_of(s, *scope.entrustment()); });
    for (const auto& package : known)
        packages.push_back({package.id.text(), fmt::format("第{}号　{}", package.number, package.title)});
    using Size = office::Field::Size;
    return show_form(
        rooms, visit, scope, "媒体・書類を登録する", Part::things, state,
        "登録したものは、あなたの側の持ち物になります。パスワード通知書は、暗号化データの画面で印刷すると登録されます"
        "。",
        office::post_form(
            visit, address_of(scope, "things/new"), office::error_summary(state),
            office::radio_group(state, {.name = "kind", .label = "種別", .required = true}, kKinds),
            office::text_field(state, {.name = "form",
                                       .label = "種類",
                                       .hint = "例: USBメモリ、DVD-R、対象者名簿",
                                       .required = true,
                                       .max_length = 200,
                                       .size = Size::medium}),
            office::text_field(state, {.name = "serial",
                                       .label = "製造番号",
                                       .hint = "電磁的媒体に書かれていれば記入します。",
                                       .max_length = 200,
                                       .size = Size::medium}),
            office::text_field(state, {.name = "title",
                                       .label = "情報の内容",
                                       .hint = "例: 特定保健指導の対象者。個人の名前は書かないでください。",
                                       .required = true,
                                       .max_length = 200}),
            office::select_field(state, {.name = "package", .label = "入れた暗号化データ", .size = Size::medium},
                                 packages),
            office::text_field(state, {.name = "quantity",
                                       .label = "数量",
                                       .required = true,
                                       .inputmode = "numeric",
                                       .max_length = 7,
                                       .size = Size::small}),
            office::text_field(state, {.name = "unit",
                                       .label = "数量の単位",
                                       .hint = "個、枚、通、箱など",
                                       .required = true,
                                       .max_length = 10,
                                       .size = Size::small}),
            office::text_field(
                state, {.name = "label",
                        .label = "貼ってあるラベル",
                        .hint = "ラベル用紙のラベルを貼ったときに読み取ります。空のままなら、新しいラベルを作ります。",
                        .max_length = 20,
                        .size = Size::medium}),
            office::button_row(join(office::submit_button("登録する"),
                                    office::link_button("やめて戻る", address_of(scope, "things"))))));
}

struct Seen {
    KnownThing thing;
    std::vector<Event> history;
    std::vector<KnownPlace> places; // of this side
    std::optional<OpenReturn> due;
    std::optional<Package> package;
};

Result<Seen> see(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = id_in_path<ThingId>(visit, "thing");
    if (!id) return refuse(kNoSuchThing);
    return rooms.db.read([&](const storage::Snapshot& snapshot) -> Result<Seen> {
        const auto entrustment = *scope.entrustment();
        const auto thing = find_thing(snapshot, entrustment, *id);
        if (!thing) return refuse(kNoSuchThing);
        Seen seen{*thing, history_of(snapshot, entrustment, *id), places_of(snapshot, entrustment), {}, {}};
        std::erase_if(seen.places, [&](const auto& each) { return each.place.side != side_of(scope); });
        for (const auto& open : open_returns(snapshot, entrustment))
            if (open.thing == *id) seen.due = open;
        if (thing->thing.package)
            if (auto package = find_package(snapshot, entrustment, *thing->thing.package))
                seen.package = *std::move(package);
        return seen;
    });
}

Html facts(const access::Scope& scope, const Seen& seen)
{
    const auto& [thing, label, form, serial, title, unit, place] = seen.thing;
    std::vector<office::Term> terms{{"ラベル", code(grouped_label(label))},
                                    {"種別", Html(seen.thing.words())},
                                    {"情報の内容", Html(title)},
                                    {"数量", Html(fmt::format("{}{}", thing.quantity, unit))},
                                    {"状態", state_chip(thing.state)},
                                    {"いまある所", Html(fmt::format("{}　{}", japanese(thing.with),
                                                                    place.empty() ? "（保管場所は未登録）" : place))},
                                    {"持ち主", Html(japanese(thing.owner))}};
    if (seen.package)
        terms.push_back({"暗号化データ", a({href(address_of(scope, "packages/" + seen.package->id.text()))},
                                           fmt::format("第{}号　{}", seen.package->number, seen.package->title))});
    if (seen.due)
        terms.push_back({"返却", join(a({href(address_of(scope, "hand-overs/" + seen.due->lent.text()))},
                                        fmt::format("第{}号の受渡し", seen.due->number)),
                                      seen.due->due ? join("で預かり。期限は", office::on_day(*seen.due->due))
                                                    : Html("で預かり"))});
    return office::description_list(terms);
}

Html history(const Seen& seen)
{
    std::vector<office::Happening> happenings;
    for (const auto& event : seen.history)
        happenings.push_back({event.at, p(event.what), event.who, office::Tone::info});
    return section(h2("履歴"), office::time_line(happenings));
}

Html put_form(const office::Visit& visit, const access::Scope& scope, const Seen& seen, const office::FormState& state)
{
    const auto& thing = seen.thing.thing;
    const bool here = thing.state == ThingState::kept && thing.with == side_of(scope);
    if (!here || !may(scope, access::actions::kKeepCustody)) return {};
    if (seen.places.empty())
        return section(h2("保管場所"), p("この側の金庫・キャビネットが、まだ登録されていません。"),
                       office::button_row(office::link_button("保管場所を登録する", address_of(scope, "places"))));
    std::vector<office::Choice> places{{"", "選んでください"}};
    for (const auto& each : seen.places)
        places.push_back({each.place.id.text(), fmt::format("{}（{}）", each.name, each.room)});
    return section(h2("保管場所"),
                   office::post_form(visit, address_of(scope, "things/" + thing.id.text() + "/place"),
                                     office::error_summary(state),
                                     office::select_field(state,
                                                          {.name = "place",
                                                           .label = "入れた金庫・キャビネット",
                                                           .required = true,
                                                           .size = office::Field::Size::medium},
                                                          places),
                                     office::button_row(office::submit_button("入れたことを記録する"))));
}

Html fate_links(const access::Scope& scope, const Seen& seen)
{
    if (!may(scope, access::actions::kKeepCustody)) return {};
    const auto& thing = seen.thing.thing;
    const auto to = [&](std::string_view fate) {
        return address_of(scope, fmt::format("things/{}/fate/{}", thing.id.text(), fate));
    };
    const bool here = thing.with == side_of(scope);
    Html links;
    if (thing.state == ThingState::kept && here && thing.kind == ThingKind::paper)
        links += office::link_button("数え直す", to("count"));
    if (thing.state == ThingState::kept && here && thing.owner == side_of(scope))
        links += office::link_button("廃棄を記録する", to("destruction"));
    if ((thing.state == ThingState::kept && here) || thing.state == ThingState::moving)
        links += office::link_button("所在不明を報告する", to("loss"), office::Weight::danger);
    if (thing.state == ThingState::lost && here)
        links += office::link_button("見つかったことを報告する", to("discovery"));
    return links.empty() ? Html() : section(h2("このほかの記録"), office::button_row(links));
}

http::Response thing_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                          const office::FormState& state)
{
    const auto seen = see(rooms, visit, scope);
    if (!seen) return office::show_refusal(visit, seen.error(), 404);
    auto page = framed(
        rooms, scope, fmt::format("{}　{}", seen->thing.words(), grouped_label(seen->thing.label)), Part::things,
        join(facts(scope, *seen), put_form(visit, scope, *seen, state), history(*seen), fate_links(scope, *seen)),
        true);
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    return office::show(visit, page);
}

} // namespace

http::Response show_things(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto things = rooms.db.read([&](const storage::Snapshot& s) { return things_of(s, *scope.entrustment()); });
    office::Table table{.caption = "登録されている媒体・書類",
                        .columns = {{"ラベル"}, {"種別"}, {"情報の内容"}, {"数量", {}, true}, {"いまある所"}, {"状態"}},
                        .rows = {},
                        .empty = "媒体・書類は、まだ登録されていません。"};
    for (const auto& known : things)
        table.rows.push_back({label_link(scope, known), Html(known.words()), Html(known.title),
                              Html(fmt::format("{}{}", known.thing.quantity, known.unit)),
                              Html(fmt::format("{}　{}", japanese(known.thing.with), known.place)),
                              state_chip(known.thing.state)});
    auto page = framed(rooms, scope, "媒体・書類", Part::things, office::data_table(visit, table));
    page.lead = p("個人情報が入った媒体と書類、パスワード通知書の台帳です。1つに1枚、ラベルを貼ります。");
    if (may(scope, access::actions::kKeepCustody))
        page.actions =
            join(office::link_button("媒体・書類を登録する", address_of(scope, "things/new"), office::Weight::primary),
                 office::link_button("登録済みのラベル（PDF）", address_of(scope, "labels")),
                 office::link_button("新しいラベル用紙（PDF）", address_of(scope, "labels").with("fresh", "yes")));
    return office::show(visit, page);
}

http::Response ask_thing(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return thing_form(rooms, visit, scope,
                      office::filled({{"kind", "medium"},
                                      {"quantity", "1"},
                                      {"unit", "個"},
                                      {"package", std::string(visit.request.query.get("package"))},
                                      {"title", std::string(visit.request.query.get("title"))}}));
}

http::Response save_thing(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto text = [&](std::string_view name) { return std::string(form.get(name)); };
    std::vector<Refusal> refusals;
    const auto kind = form.get("kind");
    const auto quantity = number_of(form.get("quantity"));
    if (kind != "medium" && kind != "paper")
        refusals.emplace_back(kChoiceExpected, std::vector<std::string>{"種別"}, "kind");
    if (!quantity) refusals.emplace_back(kQuantityExpected, std::vector<std::string>{}, "quantity");
    if (!refusals.empty()) return thing_form(rooms, visit, scope, office::refused(form, std::move(refusals)));
    const NewThing wanted{.kind = kind == "medium" ? ThingKind::medium : ThingKind::paper,
                          .form = text("form"),
                          .serial = text("serial"),
                          .title = text("title"),
                          .unit = text("unit"),
                          .quantity = *quantity,
                          .package = PackageId::parse(form.get("package")),
                          .label = text("label")};
    IdSource ids(scope.moment().at, rooms.entropy);
    const auto saved =
        rooms.db.write([&](storage::Tx& tx) { return record_thing(tx, ids, rooms.entropy, scope, wanted); });
    if (!saved) return thing_form(rooms, visit, scope, office::refused(form, {saved.error()}));
    return http::Response::see_other(path_of(scope, "things/" + saved->text()),
                                     "登録しました。ラベルを貼り、保管場所を記録してください。");
}

http::Response show_thing(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return thing_page(rooms, visit, scope, {});
}

http::Response put_thing(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto thing = id_in_path<ThingId>(visit, "thing");
    const auto place = PlaceId::parse(form.get("place"));
    if (!thing) return office::show_refusal(visit, Refusal(kNoSuchThing), 404);
    if (!place)
        return thing_page(rooms, visit, scope,
                          office::refused(form, {Refusal(kChoiceExpected, {"入れた金庫・キャビネット"}, "place")}));
    const auto put = rooms.db.write([&](storage::Tx& tx) { return place_thing(tx, scope, *thing, *place); });
    if (!put) return thing_page(rooms, visit, scope, office::refused(form, {put.error().at_field("place")}));
    return http::Response::see_other(path_of(scope, "things/" + thing->text()), "保管場所を記録しました。");
}

} // namespace azukari::custody::pages
