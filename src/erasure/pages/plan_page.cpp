// Planning an erasure, and agreeing to one.
#include "approval/approval_store.h"
#include "erasure/erasure_refusals.h"
#include "erasure/pages/ending_frame.h"
#include "infra/text/utf8.h"

#include <fmt/format.h>

namespace azukari::erasure::pages {
namespace {

using namespace html;

// "batch:0190…", "everyone", "entrustment", "person:0190…" as the form carries a target.
std::optional<Target> target_of(const access::Scope& scope, std::string_view carried)
{
    const auto colon = carried.find(':');
    const auto kind = carried.substr(0, colon);
    const std::string object(colon == std::string_view::npos ? std::string_view() : carried.substr(colon + 1));
    const auto whole = scope.entrustment()->text();
    if (kind == "everyone") return Target{TargetKind::everyone, whole};
    if (kind == "entrustment") return Target{TargetKind::entrustment, whole};
    if (!from_uuid_text(object)) return std::nullopt;
    if (kind == "batch") return Target{TargetKind::batch, object};
    if (kind == "person") return Target{TargetKind::person, object};
    return std::nullopt;
}

std::vector<office::Choice> targets(std::span<const retention::Document> documents, std::string_view chosen,
                                    const std::string& whole)
{
    std::vector<office::Choice> choices;
    if (chosen.starts_with("person:"))
        choices.push_back({std::string(chosen), "この方の情報だけ", std::string(chosen.substr(7))});
    for (const auto& document : documents)
        if (!document.by_hand && !document.gone && document.object != whole)
            choices.push_back({"batch:" + document.object, document.label, "一回分のデータに含まれる全員"});
    choices.push_back({"everyone", "全員分（委託は続く）", "次年度以降も続く委託の、いま保管している全員"});
    choices.push_back({"entrustment", "委託の全部（委託は終わる）",
                       "委託の鍵も破棄します。以後、この委託では個人情報を取り込めません。"});
    return choices;
}

http::Response plan_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                         const office::FormState& state)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto documents = rooms.means.db.read(
        [&](const storage::Snapshot& snapshot) { return documents_of(rooms, snapshot, *scope.entrustment()); });
    std::vector<office::Choice> causes;
    for (const auto cause : {Cause::no_longer_needed, Cause::period_over, Cause::work_finished, Cause::contract_ended})
        causes.push_back({std::string(code_of(cause)), std::string(japanese(cause))});
    office::Page page{"消去を計画する", {}};
    page.width = office::Width::text;
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    page.lead = p("計画すると、消去するものの数が数えられ、別の2人の確認・承認を待ちます。"
                  "承認されるまで、何も消去されません。");
    stand_below(page, scope, *told);
    page.body = office::post_form(
        visit, address_of(scope, "/erasures/new"), office::error_summary(state),
        office::radio_group(state, {.name = "target", .label = "消去する対象", .required = true},
                            targets(documents, state.value("target"), scope.entrustment()->text())),
        office::radio_group(state, {.name = "cause", .label = "消去の理由", .required = true}, causes),
        office::button_row(join(office::submit_button("数えて、承認を申請する"),
                                office::link_button("やめて戻る", address_of(scope, "")))));
    return office::show(visit, page);
}

struct Asked {
    Erasure erasure;
    approval::Request request;
    std::vector<retention::Document> documents;
    std::string maker;
};

Result<Asked> asked(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    AZK_TRY(auto erasure, erasure_of(rooms, visit, scope));
    return rooms.means.db.read([&](const storage::Snapshot& snapshot) -> Result<Asked> {
        AZK_TRY(auto request, approval::find_request(snapshot, *scope.entrustment(), erasure.approval));
        auto maker = name_of(snapshot, request.made_by);
        return Asked{std::move(erasure), std::move(request), documents_of(rooms, snapshot, *scope.entrustment()),
                     std::move(maker)};
    });
}

http::Response agreement_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                              const Asked& it, std::vector<Refusal> refusals)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto stage = it.request.decisions.size();
    const auto name = stage < it.request.stages.size() ? it.request.stages[stage].name : std::string("承認");
    const auto here = Url(path_of(scope, it.erasure.id, "/agreement"));
    const auto state = office::refused(visit.request.form, refusals);
    office::Confirmation confirmation{
        .title = fmt::format("消去の計画を{}します", name),
        .consequences = {"承認がそろうと、取扱者または取扱責任者が消去を実施できるようになります。",
                         "消去は取り消せません。鍵を破棄すると、だれにも読めなくなります。",
                         "このあと対象が1件でも変わると、この申請は無効になります。"},
        .summary = join(office::description_list({{"対象", Html(spoken(it.erasure.target, it.documents))},
                                                  {"理由", Html(japanese(it.erasure.cause))},
                                                  {"計画した人", Html(it.maker)},
                                                  {"申請の期限", office::when_at(it.request.expires_at)},
                                                  {"申請の指紋（SHA-256）", code(it.request.digest)}}),
                        scale_table(it.erasure.scale)),
        .confirm_label = fmt::format("数を確かめたので{}する", name),
        .action = here,
        .cancel = Url(path_of(scope, it.erasure.id)),
        .refusals = {}};
    auto page = office::confirmation_page(visit, confirmation);
    page.status = refusals.empty() ? 200 : office::kRefusedForm;
    page.body = join(page.body,
                     office::card("認めないとき",
                                  office::post_form(
                                      visit, here, office::error_summary(state), office::hidden_field("answer", "no"),
                                      office::text_area(state, {.name = "reason",
                                                                .label = "認めない理由",
                                                                .hint = "200文字まで。個人の名前は書かないでください。",
                                                                .required = true,
                                                                .max_length = 200,
                                                                .rows = 2}),
                                      office::submit_button("認めない", office::Weight::secondary))));
    stand_below(page, scope, *told);
    return office::show(visit, page);
}

} // namespace

http::Response ask_plan(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return plan_form(rooms, visit, scope, office::filled({{"target", std::string(visit.request.query.get("target"))}}));
}

http::Response make_plan(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto target = target_of(scope, form.get("target"));
    const auto cause = cause_of(form.get("cause"));
    std::vector<Refusal> refusals;
    if (!target) refusals.emplace_back(kTargetMissing, std::vector<std::string>{}, "target");
    if (!cause) refusals.emplace_back(kCauseMissing, std::vector<std::string>{}, "cause");
    if (!refusals.empty()) return plan_form(rooms, visit, scope, office::refused(form, std::move(refusals)));
    const auto planned = plan(rooms.means, scope, *target, *cause);
    if (!planned) return plan_form(rooms, visit, scope, office::refused(form, {planned.error().at_field("target")}));
    return http::Response::see_other(path_of(scope, *planned), "消去を計画し、承認を申請しました。");
}

http::Response ask_agreement(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = asked(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    return agreement_form(rooms, visit, scope, *it, {});
}

http::Response take_agreement(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = asked(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    const bool no = visit.request.form.get("answer") == "no";
    const auto id = it->erasure.id;
    const auto done =
        no ? reject(rooms.means, scope, id, visit.request.form.get("reason")) : agree(rooms.means, scope, id);
    if (!done && !done.error().field().empty()) return agreement_form(rooms, visit, scope, *it, {done.error()});
    if (!done) return office::show_refusal(visit, done.error(), 409);
    return http::Response::see_other(path_of(scope, id), no ? "認めないことを記録しました。" : "同意を記録しました。");
}

http::Response withdraw_plan(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto erasure = erasure_of(rooms, visit, scope);
    if (!erasure) return office::show_refusal(visit, erasure.error(), 404);
    const auto done = withdraw(rooms.means, scope, erasure->id);
    if (!done) return office::show_refusal(visit, done.error(), 409);
    return http::Response::see_other(path_of(scope, erasure->id), "計画を取り下げました。何も消去されていません。");
}

} // namespace azukari::erasure::pages
