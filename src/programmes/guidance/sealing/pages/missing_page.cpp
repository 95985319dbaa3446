// 見つからない紙: a second person says whether it may be printed again. What is missing may lie in somebody's envelope.
#include "programmes/guidance/sealing/pages/sealing_frame.h"
#include "programmes/guidance/sealing/sealing_refusals.h"

#include <fmt/format.h>

namespace azukari::guidance::sealing_pages {
namespace {

using namespace html;

struct Reported {
    Spoilage spoilage;
    std::string by;
};

// Those that wait for somebody to say.
std::vector<Reported> reported(const storage::Snapshot& snapshot, const access::Scope& scope, const Batch& batch)
{
    std::vector<Reported> all;
    for (auto& each : spoilages_of(snapshot, scope, batch.id)) {
        if (each.how.at_hand || each.agreed) continue;
        const auto letter = find_letter(snapshot, scope, batch.id, each.category, each.serial);
        if (!letter || place_of(letter->envelope, letter->standing) != Place::missing) continue;
        auto name = name_of(snapshot, each.by);
        all.push_back({std::move(each), std::move(name)});
    }
    return all;
}

http::Response list(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Batch& batch,
                    const std::vector<Reported>& found)
{
    office::Table table{.caption = "判断を待っている紙",
                        .columns = {{"通知"}, {"理由"}, {"届け出た人"}, {"日時"}, {"操作"}},
                        .rows = {},
                        .empty = "判断を待っている紙はありません。"};
    for (const auto& [spoilage, by] : found) {
        const auto label = label_of(spoilage.category, spoilage.serial);
        table.rows.push_back({Html(label), Html(spoilage.how.reason), Html(by), office::when_at(spoilage.at),
                              spoilage.by == scope.staff()
                                  ? Html("あなたが届け出たため、別の方が判断します")
                                  : a({href(address_of(batch, "/missing?letter=" + label))}, "判断する",
                                      span({cls("visually-hidden")}, fmt::format("（{}）", label)))});
    }
    office::Page page{"見つからない紙", office::data_table(visit, table)};
    stand_below(page, rooms, scope, batch);
    page.lead = p(
        "見つからない紙は、ほかの方の封筒に入っているかもしれません。封緘した封筒を確かめるまで、刷り直しは認めないでください。");
    return office::show(visit, page);
}

} // namespace

http::Response ask_missing(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    const auto found =
        rooms.db.read([&](const storage::Snapshot& snapshot) { return reported(snapshot, scope, *batch); });
    const auto typed = visit.request.query.get("letter");
    if (typed.empty()) return list(rooms, visit, scope, *batch, found);
    const auto one = std::ranges::find_if(
        found, [&](const auto& each) { return label_of(each.spoilage.category, each.spoilage.serial) == typed; });
    if (one == found.end()) return office::show_refusal(visit, Refusal(kNotMissing, {std::string(typed)}), 409);
    if (one->spoilage.by == scope.staff()) return office::show_refusal(visit, Refusal(kMissingBySelf), 409);
    office::Confirmation confirmation{
        .title = fmt::format("{} の刷り直しを認めます", typed),
        .consequences = {"同じ方の通知が、次の版として印刷できるようになります。",
                         "あとで旧い紙が見つかっても、突合の台は「不一致」と答えます。",
                         "認めたことは記録台帳に残ります。"},
        .summary = join(
            p("見つからない紙は、ほかの方の封筒に入っているかもしれません。認める前に、封緘した封筒・トレイ・床を確かめてください。"),
            office::description_list({{"通知", Html(typed)},
                                      {"理由", Html(one->spoilage.how.reason)},
                                      {"届け出た人", Html(one->by)},
                                      {"日時", office::when_at(one->spoilage.at)}})),
        .confirm_label = "探しても見つからないため、刷り直しを認める",
        .action = address_of(*batch, "/missing"),
        .cancel = address_of(*batch, ""),
        .carried = {{"letter", std::string(typed)}}};
    auto page = office::confirmation_page(visit, confirmation);
    stand_below(page, rooms, scope, *batch);
    return office::show(visit, page);
}

http::Response agree_to_missing(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    const auto& form = visit.request.form;
    if (form.get("confirmed") != "yes") return http::Response::see_other(path_of(*batch, "/missing"));
    const auto letter = read_letter_name(form.get("letter"));
    if (!letter) return office::show_refusal(visit, letter.error(), 409);
    const auto agreed =
        rooms.db.write([&](storage::Tx& tx) { return record_agreement(tx, scope, batch->id, *letter); });
    if (!agreed) return office::show_refusal(visit, agreed.error(), 409);
    return http::Response::see_other(
        path_of(*batch, ""), fmt::format("{} の刷り直しを認めました。", label_of(letter->category, letter->serial)));
}

} // namespace azukari::guidance::sealing_pages
