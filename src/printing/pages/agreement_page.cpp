// Agreeing to a print job, or not; taking a request back.
#include "approval/approval_rules.h"
#include "printing/pages/printing_frame.h"

#include <fmt/format.h>

namespace azukari::printing::pages {
namespace {

using namespace html;

http::Response agreement_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                              const Seen& it, std::vector<Refusal> refusals)
{
    std::string maker;
    const auto document = rooms.means.db.read([&](const storage::Snapshot& snapshot) {
        maker = name_of(snapshot, it.job.asked.by);
        return find_document(rooms.means, snapshot, scope, it.job.wish.source, it.job.wish.reference);
    });
    if (!document) return office::show_refusal(visit, document.error(), 409);
    const auto look = Url(fmt::format("/entrustments/{}{}", scope.entrustment()->text(), document->seen_at));
    const auto at = std::min(it.request.decisions.size(), it.request.stages.size() - 1);
    const auto& stage = it.request.stages[at].name;
    const auto here = Url(path_of(scope, it.job.id, "/agreement"));
    const auto state = office::refused(visit.request.form, refusals);
    auto terms = terms_of(it.job);
    terms.insert(terms.begin(), {"申請した人", Html(maker)});
    terms.push_back({"中身", a({href(look)}, "印刷するものを確かめる")});
    terms.push_back({"申請の期限", office::when_at(it.request.expires_at)});
    terms.push_back({"申請の指紋（SHA-256）", code(it.request.digest)});
    office::Confirmation confirmation{
        .title = fmt::format("{}を{}します", named(it.job), stage),
        .consequences = {"承認がそろうと、この内容のとおりに、1回だけ印刷できるようになります。",
                         "このあと内容が少しでも変わると、この申請は無効になります。",
                         "印刷した紙は複製台帳に載り、1枚残らず行き先が記録されます。"},
        .summary = office::description_list(terms),
        .confirm_label = fmt::format("内容を確かめたので{}する", stage),
        .action = here,
        .cancel = Url(path_of(scope, it.job.id))};
    auto page = office::confirmation_page(visit, confirmation);
    page.status = refusals.empty() ? 200 : office::kRefusedForm;
    page.body =
        join(page.body,
             office::card(
                 "認めないとき",
                 office::post_form(visit, here, office::error_summary(state), office::hidden_field("answer", "no"),
                                   office::text_area(state, {.name = "reason",
                                                             .label = "認めない理由",
                                                             .hint = "200文字まで。個人の名前は書かないでください。",
                                                             .required = true,
                                                             .max_length = 200,
                                                             .rows = 2}),
                                   office::button_row(office::submit_button("認めない", office::Weight::secondary)))));
    stand_below(page, rooms, scope);
    return office::show(visit, page);
}

} // namespace

http::Response ask_agreement(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = job_in_path(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    const auto may_agree =
        approval::may_decide(it->request, scope.staff(), scope.role(), it->request.digest, visit.moment.at);
    if (!may_agree) return office::show_refusal(visit, may_agree.error(), 409);
    return agreement_form(rooms, visit, scope, *it, {});
}

http::Response take_agreement(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = job_in_path(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    const bool agrees = visit.request.form.get("answer") != "no";
    const auto now = describe_now(rooms.means, scope, it->job);
    if (!now) return office::show_refusal(visit, now.error(), 409);
    const auto done = rooms.means.db.write([&](storage::Tx& tx) {
        return agrees ? approval::agree(tx, scope, it->request.id, *now)
                      : approval::reject(tx, scope, it->request.id, *now, visit.request.form.get("reason"));
    });
    if (!done && done.error().field() == "reason") return agreement_form(rooms, visit, scope, *it, {done.error()});
    if (!done) return office::show_refusal(visit, done.error(), 409);
    return http::Response::see_other(path_of(scope, it->job.id),
                                     agrees ? "承認を記録しました。" : "認めないことを記録しました。");
}

http::Response withdraw_wish(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = job_in_path(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    const auto done =
        rooms.means.db.write([&](storage::Tx& tx) { return approval::withdraw(tx, scope, it->request.id); });
    if (!done) return office::show_refusal(visit, done.error(), 409);
    return http::Response::see_other(path_of(scope, it->job.id), "申請を取り下げました。");
}

} // namespace azukari::printing::pages
