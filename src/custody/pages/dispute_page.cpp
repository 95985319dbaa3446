// 相違の申出を終える: each side writes how the dispute came about and what was done about it.
#include "custody/pages/custody_frame.h"

#include <fmt/format.h>

namespace azukari::custody::pages {
namespace {

using namespace html;

struct Chosen {
    Record record;
    Dispute dispute;
};

// The dispute that the address names, when this side may close it.
Result<Chosen> chosen(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = id_in_path<HandOverId>(visit, "hand_over");
    if (!id) return refuse(kNoSuchHandOver);
    AZK_TRY(auto record, rooms.db.read([&](const storage::Snapshot& snapshot) {
        return find_record(snapshot, *scope.entrustment(), *id);
    }));
    const auto number = number_of(visit.request.path_params.get("dispute")).value_or(0);
    AZK_TRY(auto dispute, may_close(record, number, side_of(scope)));
    return Chosen{std::move(record), std::move(dispute)};
}

http::Response refused(const office::Visit& visit, const Refusal& refusal)
{
    const bool absent = refusal.is(kNoSuchHandOver) || refusal.is(kNoSuchDispute);
    return office::show_refusal(visit, refusal, absent ? 404 : 409);
}

http::Response closing_question(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                                const Chosen& made, const office::FormState& state)
{
    const auto& [record, dispute] = made;
    const auto here = "hand-overs/" + record.hand_over.id.text();
    const auto side = side_of(scope);
    std::vector<office::Term> told{
        {"相違の申出",
         join(Html(fmt::format("{}　{}　", japanese(dispute.side), dispute.name)), office::when_at(dispute.at))},
        {"どこが違うか", Html(dispute.reason)},
        {"記録", Html(dispute.outcome)}};
    if (const auto* theirs = dispute.resolution(other(side)))
        told.push_back({fmt::format("{}の経緯と措置", japanese(other(side))),
                        join(Html(theirs->words), br(), small(join(theirs->name, "　", office::when_at(theirs->at))))});
    const office::Confirmation asked{
        .title = fmt::format("第{}号の相違の申出に、経緯と措置を書きます", record.number),
        .consequences = {fmt::format("{}の経緯と措置として、あなたの名前と日時とともに残ります。書き直せません。",
                                     japanese(side)),
                         "区と受託者の双方が書くまで、相違の申出は終わらず、双方のホームに表示されます。",
                         "媒体・書類の履歴、確認記録票、記録台帳に残ります。"},
        .summary = office::description_list(told),
        .confirm_label = "経緯と措置を記録する",
        .action = address_of(scope, fmt::format("{}/disputes/{}", here, dispute.number)),
        .cancel = address_of(scope, here),
        .extra = office::text_area(
            state,
            {.name = "words",
             .label = "経緯と措置",
             .hint = "なぜ違ったか、何を確かめ、何をしたか、これからどう防ぐか。住民の名前は書かないでください。",
             .required = true,
             .max_length = kMaxResolution,
             .rows = 6}),
        .refusals = state.refusals};
    auto question = office::confirmation_page(visit, asked);
    auto page = framed(rooms, scope, question.title, Part::overview, question.body, true);
    page.crumbs.push_back({fmt::format("第{}号", record.number), address_of(scope, here)});
    page.width = office::Width::text;
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    return office::show(visit, page);
}

} // namespace

http::Response ask_closing(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto made = chosen(rooms, visit, scope);
    if (!made) return refused(visit, made.error());
    return closing_question(rooms, visit, scope, *made, {});
}

http::Response save_closing(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto made = chosen(rooms, visit, scope);
    if (!made) return refused(visit, made.error());
    const auto& form = visit.request.form;
    const auto id = made->record.hand_over.id;
    const auto both = rooms.db.write(
        [&](storage::Tx& tx) { return close_dispute(tx, scope, id, made->dispute.number, form.get("words")); });
    if (!both && !both.error().field().empty())
        return closing_question(rooms, visit, scope, *made, office::refused(form, {both.error()}));
    if (!both) return refused(visit, both.error());
    return http::Response::see_other(path_of(scope, "hand-overs/" + id.text()),
                                     *both ? "経緯と措置を記録しました。双方がそろい、相違の申出は終わりました。"
                                           : "経緯と措置を記録しました。もう一方の記入を待っています。");
}

} // namespace azukari::custody::pages
