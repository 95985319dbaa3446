// What freezes a version: reporting it, carrying it to another fiscal year, deciding the contractor; and giving a draft
// up. Each asks before it does so.
#include "entrustment/entrustment_refusals.h"
#include "entrustment/entrustment_rules.h"
#include "entrustment/pages/register_routes.h"
#include "party/party_store.h"

#include <fmt/format.h>

namespace azukari::entrustment {

using namespace html;
using namespace office;

namespace {

struct Asked {
    std::string title;
    std::vector<std::string> consequences;
    std::string confirm_label;
    std::string path; // below the entrustment
    std::string reason_label;
    Weight weight = Weight::primary;
};

http::Response ask(const Visit& visit, const access::Scope& scope, const Version& version, const Asked& asked,
                   const FormState& state = {}, const Html& extra = {})
{
    Confirmation confirmation{
        asked.title,
        asked.consequences,
        description_list({{"委託", version.content.outline.name},
                          {"版", version_chip(version.mark)},
                          {"委託期間", join(on_day(version.content.start()), "〜", on_day(version.content.end()))}}),
        asked.confirm_label,
        Url(path_of(scope, asked.path)),
        address_of(scope)};
    confirmation.weight = asked.weight;
    confirmation.carried = {{"number", std::to_string(version.mark.number)},
                            {"revision", std::to_string(version.mark.revision)}};
    confirmation.extra = join(
        extra, text_field(state, {.name = "reason", .label = asked.reason_label, .required = true, .max_length = 200}));
    confirmation.refusals = state.refusals;
    auto page = confirmation_page(visit, confirmation);
    if (!state.refusals.empty()) page.status = kRefusedForm;
    return show(visit, page);
}

const Asked& report_words()
{
    static const Asked words{"この版を報告済みにします",
                             {"この版は確定し、あとから変更できなくなります。",
                              "業務はこの版の情報項目、対策及び期間に従います。",
                              "次に作る版の審議会資料は、この版からの変更箇所を示します。"},
                             "報告済みにする",
                             "/report",
                             "報告した会議（例：令和8年度第1回審議会）"};
    return words;
}

const Asked& withdraw_words()
{
    static const Asked words{
        "この版の編集を取りやめます",
        {"編集中の内容は使われなくなります。履歴には残ります。", "一つ前の版が最新の版に戻ります。"},
        "取りやめる",
        "/withdraw",
        "取りやめる理由",
        Weight::danger};
    return words;
}

Asked carry_words(const access::Scope& scope, const Version& version)
{
    const auto year = next_year(version.content, scope.moment());
    return {fmt::format("{}に更新します", year.to_era()),
            {fmt::format("期間を{}から{}までとする新しい版を作り、確定します。", to_era(year.first_day()),
                         to_era(year.last_day())),
             "そのほかの内容は変わりません。これまでの版は履歴に残ります。"},
            "更新する",
            "/carry",
            "更新の理由（例：次年度も同様の業務委託を行うため）"};
}

// Reads which draft the person saw, settles it with `settle`, and shows the question again when that is refused.
template <class F>
http::Response settle(const Desk& desk, const Visit& visit, const access::Scope& scope, const Asked& words,
                      std::string_view done, F&& settle_draft)
{
    const auto version = desk.reg.latest(scope);
    if (!version) return show_refusal(visit, version.error(), 404);
    const auto& form = visit.request.form;
    const auto number = whole_number(form.get("number")), revision = whole_number(form.get("revision"));
    if (!number || !revision) return show_status(visit, 400);
    const auto settled = desk.reg.change(scope, [&](storage::Tx& tx) {
        return settle_draft(tx, Settlement{*number, *revision, form.get("reason")});
    });
    if (settled) return http::Response::see_other(path_of(scope), std::string(done));
    if (settled.error().is(kReasonMissing))
        return ask(visit, scope, **version, words, refused(form, {settled.error()}));
    return show_refusal(visit, settled.error(), settled.error().is(kConflict) ? 409 : 422);
}

} // namespace

http::Response ask_report(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto version = desk.reg.latest(scope);
    if (!version) return show_refusal(visit, version.error(), 404);
    if ((*version)->mark.state != VersionState::draft) return show_refusal(visit, Refusal(kNotADraft), 422);
    return ask(visit, scope, **version, report_words());
}

http::Response do_report(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    return settle(desk, visit, scope, report_words(), "報告済みにしました。",
                  [&](storage::Tx& tx, const Settlement& draft) { return report(tx, scope, draft); });
}

http::Response ask_withdraw(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto version = desk.reg.latest(scope);
    if (!version) return show_refusal(visit, version.error(), 404);
    if ((*version)->mark.state != VersionState::draft) return show_refusal(visit, Refusal(kNotADraft), 422);
    return ask(visit, scope, **version, withdraw_words());
}

http::Response do_withdraw(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    return settle(desk, visit, scope, withdraw_words(), "編集を取りやめました。",
                  [&](storage::Tx& tx, const Settlement& draft) { return withdraw(tx, scope, draft); });
}

http::Response ask_carry(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto version = desk.reg.latest(scope);
    if (!version) return show_refusal(visit, version.error(), 404);
    return ask(visit, scope, **version, carry_words(scope, **version));
}

http::Response do_carry(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto version = desk.reg.latest(scope);
    if (!version) return show_refusal(visit, version.error(), 404);
    const auto year = next_year((*version)->content, scope.moment());
    return settle(desk, visit, scope, carry_words(scope, **version), year.to_era() + "に更新しました。",
                  [&](storage::Tx& tx, const Settlement& asked) -> Result<VersionMark> {
                      AZK_TRY(const auto mark, latest_mark(tx, scope));
                      if (mark.number != asked.number) return refuse(kConflict);
                      return carry(tx, scope, year, asked.reason);
                  });
}

namespace {

struct Contractors {
    std::vector<Choice> parts;
    std::vector<Choice> organisations;
};

Contractors contractors_of(const Desk& desk, const Version& version)
{
    Contractors found;
    for (const auto& part : version.content.parts)
        if (!part.contractor.decided()) found.parts.push_back({part.code, part.title});
    desk.reg.db().read([&](const storage::Snapshot& snapshot) {
        for (const auto& each : party::organisations(snapshot))
            if (each.kind == party::OrganisationKind::contractor)
                found.organisations.push_back({each.id.text(), each.name});
    });
    return found;
}

http::Response show_contractor_form(const Desk& desk, const Visit& visit, const access::Scope& scope,
                                    const Version& version, const FormState& state)
{
    const auto found = contractors_of(desk, version);
    if (found.parts.empty()) return show_refusal(visit, Refusal(kContractorDecided), 422);
    Page page{
        "委託先を決める",
        post_form(
            visit, Url(path_of(scope, "/contractor")), error_summary(state),
            radio_group(state, {.name = "part", .label = "件名", .required = true}, found.parts),
            select_field(state, {.name = "contractor", .label = "委託先", .required = true}, found.organisations),
            text_field(
                state,
                {.name = "reason", .label = "決定の経緯（例：入札の結果による）", .required = true, .max_length = 200}),
            button_row(
                join(submit_button("委託先を決める"), link_button("やめる", address_of(scope), Weight::plain))))};
    page.crumbs = {{"委託の登録", Url("/entrustments")}, {version.content.outline.name, address_of(scope)}};
    page.lead = p("新しい版ができ、委託先の人がこの委託の名簿に載ることができるようになります。");
    page.width = Width::text;
    if (!state.refusals.empty()) page.status = kRefusedForm;
    return show(visit, page);
}

} // namespace

http::Response ask_contractor(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto version = desk.reg.latest(scope);
    if (!version) return show_refusal(visit, version.error(), 404);
    return show_contractor_form(desk, visit, scope, **version, {});
}

http::Response do_contractor(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto version = desk.reg.latest(scope);
    if (!version) return show_refusal(visit, version.error(), 404);
    const auto& form = visit.request.form;
    const auto id = OrganisationId::parse(form.get("contractor"));
    const auto organisation = desk.reg.db().read(
        [&](const storage::Snapshot& snapshot) { return id ? party::find_organisation(snapshot, *id) : std::nullopt; });
    const auto again = [&](Refusal refusal) {
        return show_contractor_form(desk, visit, scope, **version, refused(form, {std::move(refusal)}));
    };
    if (!organisation || organisation->kind != party::OrganisationKind::contractor)
        return again(Refusal(kEmpty, {"委託先"}, "contractor"));
    const auto decided = desk.reg.change(scope, [&](storage::Tx& tx) {
        return decide_contractor(tx, scope, {form.get("part"), *id, organisation->name, form.get("reason")});
    });
    if (!decided) return again(decided.error());
    return http::Response::see_other(path_of(scope), "委託先を決めました。");
}

} // namespace azukari::entrustment
