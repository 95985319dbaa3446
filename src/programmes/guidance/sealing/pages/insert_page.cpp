// 封入物の在庫: what was received and spoiled is written down; what was used is counted from the envelopes.
#include "programmes/guidance/sealing/balance.h"
#include "programmes/guidance/sealing/pages/sealing_frame.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::guidance::sealing_pages {
namespace {

using namespace html;
using namespace access::actions;

const std::vector<office::Choice> kWays{{"in", "受け取った"}, {"out", "傷んだ・返した"}};

Html recipe_table(const office::Visit& visit, const Rooms& rooms)
{
    office::Table table{.caption = "対象者区分ごとに入れるもの（入れる順）",
                        .columns = {{"対象者区分"}, {"印字した紙"}, {"封入物"}},
                        .rows = {}};
    for (const auto& facts : kCategories) {
        std::string inserts;
        for (const auto index : rooms.recipes.of(facts.category)) {
            const auto& insert = rooms.recipes.inserts()[index];
            inserts += fmt::format("{}{} {}", inserts.empty() ? "" : "、", insert.mark, insert.name);
        }
        table.rows.push_back({Html(facts.title),
                              Html(facts.has_voucher ? "① 利用券、② 健康診査結果" : "① 受診勧奨通知"), Html(inserts)});
    }
    return office::data_table(visit, table);
}

Html stock_table(const office::Visit& visit, const std::vector<InsertStock>& stock)
{
    office::Table table{
        .caption = "いまの数",
        .columns = {{"封入物"}, {"受け取った数", {}, true}, {"封入した数", {}, true}, {"残り", {}, true}, {"状態"}},
        .rows = {}};
    for (const auto& one : stock) {
        const auto tone = one.left() < 0    ? office::Tone::bad
                          : one.left() == 0 ? office::Tone::neutral
                                            : office::Tone::good;
        table.rows.push_back({Html(fmt::format("{} {}", one.insert.mark, one.insert.name)),
                              Html(office::grouped(one.moved)), Html(office::grouped(one.used)),
                              Html(office::grouped(one.left())),
                              office::chip(tone, one.left() < 0    ? "受領の記録が足りません"
                                                 : one.left() == 0 ? "ありません"
                                                                   : "あります")});
    }
    return office::data_table(visit, table);
}

http::Response page_of(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Batch& batch,
                       const office::FormState& state)
{
    office::Table moves{.caption = "受け取り・損傷の記録",
                        .columns = {{"日時"}, {"封入物"}, {"数", {}, true}, {"備考"}, {"記録した人"}},
                        .rows = {},
                        .empty = "まだ記録がありません。"};
    const auto stock = rooms.db.read([&](const storage::Snapshot& snapshot) {
        for (const auto& move : moves_of(snapshot, scope)) {
            const auto* insert = rooms.recipes.find(move.insert);
            moves.rows.push_back(
                {office::when_at(move.at),
                 Html(insert == nullptr ? move.insert : fmt::format("{} {}", insert->mark, insert->name)),
                 Html(fmt::format("{:+}", move.quantity)), Html(move.note),
                 Html(move.by ? name_of(snapshot, *move.by) : "―")});
        }
        return stock_of(snapshot, scope, rooms.recipes);
    });
    std::vector<office::Choice> inserts{{"", "選んでください"}};
    for (const auto& insert : rooms.recipes.inserts())
        inserts.push_back({insert.id, fmt::format("{} {}", insert.mark, insert.name)});
    using Size = office::Field::Size;
    const auto form =
        section(h2("受け取り・損傷を記録する"),
                office::post_form(
                    visit, address_of(batch, "/inserts"), office::error_summary(state),
                    office::select_field(
                        state, {.name = "insert", .label = "封入物", .required = true, .size = Size::medium}, inserts),
                    office::radio_group(state, {.name = "way", .label = "どうした", .required = true}, kWays),
                    office::text_field(state, {.name = "quantity",
                                               .label = "数量",
                                               .required = true,
                                               .inputmode = "numeric",
                                               .max_length = 7,
                                               .size = Size::small}),
                    office::text_field(
                        state, {.name = "note", .label = "備考", .hint = "例: 区から受領、水濡れ", .max_length = 100}),
                    office::button_row(office::submit_button("記録する"))));
    auto page = framed(rooms, scope, batch, "封入物の在庫", Part::inserts,
                       join(stock_table(visit, stock), when(may(scope, kSealLetters), form),
                            office::data_table(visit, moves), recipe_table(visit, rooms)));
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    page.lead = p("この委託のすべてのデータを通した数です。封入した数は、封緘した封筒から求めます。");
    return office::show(visit, page);
}

} // namespace

http::Response show_inserts(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    return page_of(rooms, visit, scope, *batch, office::filled({{"way", "in"}}));
}

http::Response save_insert_move(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    const auto& form = visit.request.form;
    const auto typed = form.get("quantity");
    std::int64_t quantity = 0;
    const auto read = std::from_chars(typed.data(), typed.data() + typed.size(), quantity);
    if (read.ec != std::errc{} || read.ptr != typed.data() + typed.size() || quantity < 0) quantity = 0;
    const InsertMove move{std::string(form.get("insert")), form.get("way") == "out" ? -quantity : quantity,
                          std::string(form.get("note").substr(0, 300))};
    const auto done = rooms.db.write([&](storage::Tx& tx) { return record_move(tx, scope, rooms.recipes, move); });
    if (!done) return page_of(rooms, visit, scope, *batch, office::refused(form, {done.error()}));
    return http::Response::see_other(path_of(*batch, "/inserts"), "記録しました。");
}

} // namespace azukari::guidance::sealing_pages
