// 受渡し・保管: what waits, every hand-over, and the way from a label to the thing it is on.
#include "custody/pages/custody_frame.h"
#include "custody/pages/custody_waiting.h"

#include <fmt/format.h>

namespace azukari::custody::pages {
namespace {

using namespace html;

struct Seen {
    std::vector<Wait> waits;
    std::vector<Record> records;
};

Html label_search(const access::Scope& scope, const office::FormState& state)
{
    return html::form(
        {cls("filter"), {"method", "get"}, {"action", address_of(scope, "find")}, {"role", "search"}},
        div({cls("filter-fields")}, office::text_field(state, {.name = "label",
                                                               .label = "ラベルから探す",
                                                               .hint = "ラベルのコードを読み取るか、文字を入力します。",
                                                               .max_length = 20,
                                                               .size = office::Field::Size::medium})),
        office::button_row(office::submit_button("探す", office::Weight::secondary)));
}

Html waiting_list(const access::Scope& scope, const std::vector<Wait>& waits)
{
    if (waits.empty()) return {};
    return section(h2("お待ちしていること"), office::card_grid(each(waits, [&](const Wait& wait) {
                       return office::link_card(
                           wait.what, Url("/entrustments/" + scope.entrustment()->text() + wait.below),
                           office::chip(wait.tone, wait.tone == office::Tone::bad ? "至急" : "お願い"));
                   })));
}

Html hand_over_table(const office::Visit& visit, const access::Scope& scope, const std::vector<Record>& records)
{
    office::Table table{
        .caption = "受渡しの記録（確認記録票）",
        .columns = {{"番号"}, {"区分"}, {"日時"}, {"渡した方 → 受け取った方"}, {"媒体・書類"}, {"状態"}},
        .rows = {},
        .empty = "受渡しの記録は、まだありません。"};
    for (const auto& record : records) {
        Html things;
        for (const auto& line : record.lines) things += div(line.words, "　", line.quantity, line.unit);
        table.rows.push_back(
            {a({href(address_of(scope, "hand-overs/" + record.hand_over.id.text())), cls("one-line")},
               fmt::format("第{}号", record.number)),
             span({cls("one-line")}, japanese(record.hand_over.purpose)), office::when_at(record.hand_over.at),
             Html(fmt::format("{} → {}", record.giver, record.receiver)), things,
             join(state_chip(record.hand_over.state),
                  when(record.open_dispute() != nullptr && record.hand_over.state != HandOverState::disputed,
                       join(" ", office::chip(office::Tone::bad, "相違が未終結"))))});
    }
    return office::data_table(visit, table);
}

http::Response overview(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                        const office::FormState& state)
{
    const auto seen = rooms.db.read([&](const storage::Snapshot& snapshot) {
        const auto id = *scope.entrustment();
        return Seen{waits(snapshot, scope), records_of(snapshot, id)};
    });
    auto page = framed(rooms, scope, "受渡し・保管", Part::overview,
                       join(office::error_summary(state), waiting_list(scope, seen.waits), label_search(scope, state),
                            hand_over_table(visit, scope, seen.records)));
    page.lead = p("暗号化した媒体とパスワード通知書を、いつ、だれが、何を、いくつ渡したかの記録です。"
                  "区と受託者の双方が、同じ記録に署名します。");
    if (may(scope, access::actions::kRecordHandOver))
        page.actions +=
            office::link_button("受渡しを記録する", address_of(scope, "hand-overs/new"), office::Weight::primary);
    if (may(scope, access::actions::kSetCustody))
        page.actions += office::link_button("別の機会の決まり", address_of(scope, "settings"));
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    return office::show(visit, page);
}

http::Response settings_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                             const office::FormState& state)
{
    return show_form(
        rooms, visit, scope, "別の機会の決まり", Part::overview, state,
        "媒体とパスワード通知書の受渡しの間を、この委託で何時間以上あけるかを定めます。"
        "同じ日に同じ方どうしで渡すことは、時間をあけてもできません。",
        office::post_form(visit, address_of(scope, "settings"), office::error_summary(state),
                          office::text_field(state, {.name = "hours",
                                                     .label = "間をあける時間",
                                                     .hint = "1から72までの時間数です。",
                                                     .required = true,
                                                     .inputmode = "numeric",
                                                     .max_length = 2,
                                                     .size = office::Field::Size::small}),
                          office::button_row(join(office::submit_button("定める"),
                                                  office::link_button("やめて戻る", address_of(scope, ""))))));
}

} // namespace

http::Response show_overview(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return overview(rooms, visit, scope, {});
}

http::Response find_by_label(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto found = rooms.db.read([&](const storage::Snapshot& snapshot) {
        return find_label(snapshot, *scope.entrustment(), visit.request.query.get("label"));
    });
    if (!found) return overview(rooms, visit, scope, office::refused(visit.request.query, {found.error()}));
    return http::Response::see_other(found->thing ? path_of(scope, "things/" + found->thing->text())
                                                  : path_of(scope, "places") + "#" + found->place->text());
}

http::Response show_settings(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto apart =
        rooms.db.read([&](const storage::Snapshot& snapshot) { return load(snapshot, *scope.entrustment()).apart; });
    return settings_page(rooms, visit, scope,
                         office::filled({{"hours", std::to_string(apart.least.micros / Duration::hours(1).micros)}}));
}

http::Response save_settings(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto hours = number_of(form.get("hours")).value_or(0);
    const auto set = rooms.db.write(
        [&](storage::Tx& tx) { return set_apart(tx, scope, hours > 0 && hours < 100 ? static_cast<int>(hours) : 0); });
    if (!set) return settings_page(rooms, visit, scope, office::refused(form, {set.error()}));
    return http::Response::see_other(path_of(scope, ""), fmt::format("間を{}時間以上あけることに定めました。", hours));
}

} // namespace azukari::custody::pages
