// 業務フロー: the steps as the ward published them, and the contractor's word that they were read.
#include "entrustment/entrustment_refusals.h"
#include "entrustment/pages/editing/form_rows.h"
#include "entrustment/pages/register_routes.h"
#include "entrustment/work_flow_store.h"

#include <fmt/format.h>

namespace azukari::entrustment {

using namespace html;
using namespace office;

namespace {

const std::vector<RowColumn> kStepColumns = {
    {"who", "行う者", {{"区", "区"}, {"受託者", "受託者"}}}, {"what", "行うこと", {}, true}, {"medium", "媒体"}};

Html steps_table(const Visit& visit, const WorkFlow& flow)
{
    std::vector<Row> rows;
    for (std::size_t i = 0; i < flow.steps.size(); ++i)
        rows.push_back({static_cast<std::int64_t>(i + 1), flow.steps[i].who, flow.steps[i].what, flow.steps[i].medium});
    return data_table(visit, {.caption = fmt::format("業務フロー 第{}版", flow.number),
                              .columns = {{.label = "順", .number = true}, {"行う者"}, {"行うこと"}, {"媒体"}},
                              .rows = std::move(rows)});
}

struct Told {
    std::vector<WorkFlow> flows;
    std::map<std::string, std::string> names;
};

Told read_flows(const Desk& desk, const access::Scope& scope)
{
    return desk.reg.db().read([&](const storage::Snapshot& snapshot) {
        Told told{work_flows(snapshot, scope), {}};
        for (const auto& flow : told.flows)
            for (const auto* account : {&flow.published_by, &flow.acknowledged_by})
                if (!account->empty()) told.names[*account] = name_of(snapshot, *account);
        return told;
    });
}

Html state_of(const Visit& visit, const access::Scope& scope, const WorkFlow& flow)
{
    if (flow.acknowledged_at) return p(chip(Tone::good, "受託者が確認済み"));
    Html out = p(chip(Tone::caution, "受託者の確認待ち"));
    if (may(scope, access::actions::kAcknowledgeFlow))
        out += join(p("内容を読み、この手順で業務を行うことを確認してください。"),
                    post_button(visit, "この業務フローを確認した",
                                Url(path_of(scope, fmt::format("/work-flow/{}/acknowledge", flow.number))),
                                Weight::primary));
    return out;
}

std::vector<Happening> happenings(const Told& told)
{
    std::vector<Happening> all;
    for (const auto& flow : told.flows) {
        if (flow.acknowledged_at)
            all.push_back({*flow.acknowledged_at, p(fmt::format("第{}版を受託者が確認した", flow.number)),
                           told.names.at(flow.acknowledged_by), Tone::good});
        all.push_back({flow.published_at, p(fmt::format("第{}版を区が公開した：{}", flow.number, flow.note)),
                       told.names.at(flow.published_by), Tone::info});
    }
    return all;
}

http::Response show_publish_form(const Desk& desk, const Visit& visit, const access::Scope& scope,
                                 const FormState& state, std::int64_t seen)
{
    const auto version = desk.reg.latest(scope);
    if (!version) return show_refusal(visit, version.error(), 404);
    Page page{"業務フローを公開する",
              long_form(visit, Url(path_of(scope, "/work-flow/publish")), error_summary(state),
                        hidden_field("seen", std::to_string(seen)), input_rows(state, "steps", "手順", kStepColumns),
                        text_field(state, {.name = "note",
                                           .label = "この版の説明",
                                           .hint = "何を決めたか、何が変わったか",
                                           .required = true,
                                           .max_length = 200}),
                        button_row(join(submit_button("公開する"),
                                        link_button("やめる", Url(path_of(scope, "/work-flow")), Weight::plain))))};
    page.crumbs = {{"委託の登録", Url("/entrustments")},
                   {(*version)->content.outline.name, address_of(scope)},
                   {"業務フロー", Url(path_of(scope, "/work-flow"))}};
    page.lead = p("公開すると受託者に共有され、受託者の確認を待ちます。");
    if (!state.refusals.empty()) page.status = kRefusedForm;
    return show(visit, page);
}

} // namespace

http::Response show_work_flow(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto version = desk.reg.latest(scope);
    if (!version) return show_refusal(visit, version.error(), 404);
    const auto told = read_flows(desk, scope);
    Html body;
    if (told.flows.empty()) {
        body = notice(Tone::info, "業務フローはまだ公開されていません。");
    } else {
        body = join(state_of(visit, scope, told.flows.front()), steps_table(visit, told.flows.front()),
                    h2("これまでの公開と確認"), time_line(happenings(told)));
    }
    if (may(scope, access::actions::kPublishFlow))
        body += button_row(link_button(told.flows.empty() ? "業務フローを公開する" : "新しい版を公開する",
                                       Url(path_of(scope, "/work-flow/publish"))));
    return show(visit, entrustment_frame(desk, scope, **version, Tab::work_flow, std::move(body)));
}

http::Response edit_work_flow(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto version = desk.reg.latest(scope);
    if (!version) return show_refusal(visit, version.error(), 404);
    const auto current =
        desk.reg.db().read([&](const storage::Snapshot& snapshot) { return current_work_flow(snapshot, scope); });
    const auto& steps = current ? current->steps : (*version)->content.work_steps;
    FormState state;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        state.values.add(row_field("steps", i, "who"), steps[i].who);
        state.values.add(row_field("steps", i, "what"), steps[i].what);
        state.values.add(row_field("steps", i, "medium"), steps[i].medium);
    }
    return show_publish_form(desk, visit, scope, state, current ? current->number : 0);
}

http::Response publish_work_flow(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto seen = whole_number(form.get("seen"));
    if (!seen) return show_status(visit, 400);
    std::vector<WorkStep> steps;
    for (const auto& row : sent_rows(form, "steps", kStepColumns))
        steps.push_back({row.value("who"), row.value("what"), row.value("medium")});
    const auto published =
        desk.reg.db().write([&](storage::Tx& tx) { return publish(tx, scope, *seen, steps, form.get("note")); });
    if (published)
        return http::Response::see_other(path_of(scope, "/work-flow"),
                                         "業務フローを公開しました。受託者の確認を待ちます。");
    if (published.error().is(kConflict)) return show_refusal(visit, published.error(), 409);
    return show_publish_form(desk, visit, scope, refused(form, {published.error()}), *seen);
}

http::Response acknowledge_work_flow(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto number = whole_number(visit.request.path_params.get("number"));
    if (!number) return show_status(visit, 404);
    const auto done = desk.reg.db().write([&](storage::Tx& tx) { return acknowledge(tx, scope, *number); });
    if (!done) return show_refusal(visit, done.error(), 409);
    return http::Response::see_other(path_of(scope, "/work-flow"), "業務フローを確認しました。");
}

} // namespace azukari::entrustment
