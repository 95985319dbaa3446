// Editing one section: the form, the refusals beside its fields, and the page of conflict when two people edit at once.
#include "entrustment/entrustment_refusals.h"
#include "entrustment/entrustment_rules.h"
#include "entrustment/pages/editing/edit_form.h"
#include "entrustment/pages/register_routes.h"
#include "entrustment/paper/spoken.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::entrustment {

using namespace html;
using namespace office;

namespace {

const EditSection* find_section(const std::vector<EditSection>& sections, std::string_view code)
{
    const auto found = std::find_if(sections.begin(), sections.end(),
                                    [&](const EditSection& section) { return section.code == code; });
    return found == sections.end() ? nullptr : &*found;
}

struct Editing {
    const Desk& desk;
    const Visit& visit;
    const access::Scope& scope;
    const Version& version; // the latest, which the form is about to change
    const EditSection& section;
};

Html form_body(const Editing& editing, const FormState& state, std::string_view button)
{
    const auto& mark = editing.version.mark;
    return long_form(
        editing.visit, Url(path_of(editing.scope, "/edit/" + editing.section.code)), error_summary(state),
        hidden_field("number", std::to_string(mark.number)), hidden_field("revision", std::to_string(mark.revision)),
        form_fields(state, editing.version.content, editing.section.code, editing.desk.reg.catalogues()),
        text_field(state, {.name = "reason",
                           .label = "変更の理由",
                           .hint = "版の履歴に残り、委託に関わる人が読みます。",
                           .required = true,
                           .max_length = 200}),
        button_row(join(submit_button(button), link_button("やめる", address_of(editing.scope), Weight::plain))));
}

Page edit_frame(const Editing& editing, Html body)
{
    Page page{editing.section.title + "を編集する", std::move(body)};
    page.crumbs = {{"委託の登録", Url("/entrustments")},
                   {editing.version.content.outline.name, address_of(editing.scope)}};
    const auto& mark = editing.version.mark;
    page.lead = p(mark.state == VersionState::draft ? fmt::format("編集中の第{}版を変更します。", mark.number)
                                                    : fmt::format("第{}版（{}）をもとに、新しい版の編集を始めます。",
                                                                  mark.number, japanese(mark.state)));
    return page;
}

Html section_links(const Editing& editing, const std::vector<EditSection>& sections)
{
    return tabs("編集する欄", [&] {
        std::vector<office::Tab> shown;
        for (const auto& section : sections)
            shown.push_back({section.title, Url(path_of(editing.scope, "/edit/" + section.code)),
                             section.code == editing.section.code});
        return shown;
    }());
}

http::Response show_form(const Editing& editing, const FormState& state)
{
    auto page = edit_frame(editing, join(section_links(editing, edit_sections(editing.version.content)),
                                         form_body(editing, state, "保存する")));
    if (!state.refusals.empty()) page.status = kRefusedForm;
    return show(editing.visit, page);
}

std::vector<ChangedItem> changed(const Entrustment& before, const Entrustment& after, const Catalogues& catalogues)
{
    std::vector<ChangedItem> items;
    const auto old_sections = spoken(before, catalogues);
    for (const auto& section : spoken(after, catalogues)) {
        for (const auto& field : section.fields) {
            std::string earlier;
            for (const auto& old_section : old_sections)
                for (const auto& old_field : old_section.fields)
                    if (old_field.code == field.code) earlier = old_field.text;
            if (earlier != field.text) items.push_back({field.label, std::move(earlier), field.text});
        }
    }
    return items;
}

// What the other person saved and what this one wrote, side by side; saving again is a decision about both.
http::Response show_conflict(const Editing& editing, const Entrustment& mine, const http::Fields& sent)
{
    const auto who = editing.desk.reg.db().read(
        [&](const storage::Snapshot& snapshot) { return name_of(snapshot, editing.version.mark.changed_by); });
    auto body =
        join(notice(Tone::caution, "ほかの人が先に変更しました",
                    join(p(who, "さんが", when_at(editing.version.mark.changed_at), "に、この委託を変更しました。"),
                         p("あなたの入力は保存していません。何も上書きしていません。双方の内容を見比べてください。"))),
             difference_table("保存されている内容（左）とあなたの入力（右）",
                              changed(editing.version.content, mine, editing.desk.reg.catalogues())),
             h2("あなたの入力を直して保存する"),
             p("下の欄にはあなたの入力が入っています。保存すると、この欄の内容はあなたの入力に置き換わります。"),
             form_body(editing, FormState{sent, {}}, "双方を確かめて保存する"));
    auto page = edit_frame(editing, std::move(body));
    page.status = 409;
    return show(editing.visit, page);
}

} // namespace

std::vector<ChangedItem> changed_items(const Entrustment& before, const Entrustment& after,
                                       const Catalogues& catalogues)
{
    return changed(before, after, catalogues);
}

http::Response show_edit(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto version = desk.reg.latest(scope);
    if (!version) return show_refusal(visit, version.error(), 404);
    const auto sections = edit_sections((*version)->content);
    const auto* section = find_section(sections, visit.request.path_params.get("section"));
    if (section == nullptr) return show_status(visit, 404);
    return show_form({desk, visit, scope, **version, *section}, form_of((*version)->content, section->code));
}

http::Response save_edit(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto number = whole_number(form.get("number")), revision = whole_number(form.get("revision"));
    const auto latest = desk.reg.latest(scope);
    if (!latest) return show_refusal(visit, latest.error(), 404);
    if (!number || !revision) return show_status(visit, 400);
    const auto base = desk.reg.db().read(
        [&](const storage::Snapshot& snapshot) { return find_revision(snapshot, scope, *number, *revision); });
    if (!base) return show_refusal(visit, base.error(), 404);
    const auto sections = edit_sections(*base);
    const auto* section = find_section(sections, visit.request.path_params.get("section"));
    if (section == nullptr) return show_status(visit, 404);
    const Editing editing{desk, visit, scope, **latest, *section};

    auto read = read_form(form, *base, section->code);
    if (!read.refusals.empty()) return show_form(editing, refused(form, std::move(read.refusals)));
    const auto saved = desk.reg.change(scope, [&](storage::Tx& tx) {
        return edit(tx, scope, desk.reg.catalogues(), desk.reg.matters(),
                    {*number, *revision, read.content, section->code, form.get("reason")});
    });
    if (saved) return http::Response::see_other(path_of(scope), fmt::format("第{}版に保存しました。", saved->number));
    if (!saved.error().is(kConflict)) return show_form(editing, refused(form, {read.in_form(saved.error())}));
    const auto theirs = desk.reg.latest(scope);
    if (!theirs) return show_refusal(visit, theirs.error(), 404);
    return show_conflict({desk, visit, scope, **theirs, *section}, read.content, form);
}

} // namespace azukari::entrustment
