// Holds: set with a reason, lifted with a reason.
#include "erasure/pages/ending_frame.h"
#include "retention/retention_refusals.h"

namespace azukari::erasure::pages {
namespace {

using namespace html;

constexpr std::string_view kEverything = "all";
constexpr RefusalKind kObjectExpected{"retention.object_expected", "何を止めるかを選んでください。"};

http::Response hold_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                         const office::FormState& state)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto documents = rooms.means.db.read(
        [&](const storage::Snapshot& snapshot) { return ruled_documents(rooms, snapshot, scope, *told); });
    std::vector<office::Choice> choices{
        {std::string(kEverything), "この委託のすべて", "消去も廃棄も、すべて止まります。"}};
    for (const auto& document : documents)
        if (!document.disposed_at && !document.gone)
            choices.push_back({document.object, document.label, rooms.rules.find(told->code, document.kind)->name});
    office::Page page{"消去・廃棄を保留する", {}};
    page.width = office::Width::text;
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    page.lead = p("保留している間は、承認された消去も実施できません。");
    stand_below(page, scope, *told);
    page.body = office::post_form(
        visit, address_of(scope, "/holds/new"), office::error_summary(state),
        office::radio_group(state, {.name = "object", .label = "止めるもの", .required = true}, choices),
        office::text_area(state, {.name = "reason",
                                  .label = "保留する理由",
                                  .hint = "例: 立入調査のため。200文字まで。個人の名前は書かないでください。",
                                  .required = true,
                                  .max_length = 200,
                                  .rows = 3}),
        office::button_row(
            join(office::submit_button("保留する"), office::link_button("やめて戻る", address_of(scope, "")))));
    return office::show(visit, page);
}

Result<retention::Hold> hold_of(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = retention::HoldId::parse(visit.request.path_params.get("hold"));
    for (auto& hold : rooms.means.db.read(
             [&](const storage::Snapshot& snapshot) { return retention::holds_of(snapshot, *scope.entrustment()); }))
        if (id == hold.id && !hold.released_at) return std::move(hold);
    return refuse(retention::kNoSuchHold);
}

http::Response release_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                            const retention::Hold& hold, const office::FormState& state)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    office::Confirmation confirmation{
        .title = "保留を解きます",
        .consequences = {"止まっていた消去・廃棄が、また行えるようになります。", "解いた理由は記録に残ります。"},
        .summary = office::description_list(
            {{"保留の理由", Html(hold.reason)}, {"保留した日時", office::when_at(hold.held_at)}}),
        .confirm_label = "保留を解く",
        .action = address_of(scope, "/holds/" + hold.id.text() + "/release"),
        .cancel = address_of(scope, ""),
        .extra = office::text_area(state, {.name = "reason",
                                           .label = "解く理由",
                                           .hint = "200文字まで。",
                                           .required = true,
                                           .max_length = 200,
                                           .rows = 3}),
        .refusals = state.refusals};
    auto page = office::confirmation_page(visit, confirmation);
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    stand_below(page, scope, *told);
    return office::show(visit, page);
}

} // namespace

http::Response ask_hold(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return hold_form(rooms, visit, scope, {});
}

http::Response set_hold(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto chosen = form.get("object"); // nothing chosen must not stop everything
    if (chosen.empty())
        return hold_form(rooms, visit, scope, office::refused(form, {Refusal(kObjectExpected, {}, "object")}));
    const auto object = chosen == kEverything ? std::string_view() : chosen;
    IdSource ids(scope.moment().at, rooms.means.entropy);
    const auto held = rooms.means.db.write(
        [&](storage::Tx& tx) { return retention::hold(tx, ids, scope, object, form.get("reason")); });
    if (!held) return hold_form(rooms, visit, scope, office::refused(form, {held.error()}));
    return http::Response::see_other(path_of(scope, ""), "消去・廃棄を保留しました。");
}

http::Response ask_release(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto hold = hold_of(rooms, visit, scope);
    if (!hold) return office::show_refusal(visit, hold.error(), 404);
    return release_form(rooms, visit, scope, *hold, {});
}

http::Response lift_hold(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto hold = hold_of(rooms, visit, scope);
    if (!hold) return office::show_refusal(visit, hold.error(), 404);
    const auto& form = visit.request.form;
    const auto done = rooms.means.db.write(
        [&](storage::Tx& tx) { return retention::release(tx, scope, hold->id, form.get("reason")); });
    if (!done) return release_form(rooms, visit, scope, *hold, office::refused(form, {done.error()}));
    return http::Response::see_other(path_of(scope, ""), "保留を解きました。");
}

} // namespace azukari::erasure::pages
