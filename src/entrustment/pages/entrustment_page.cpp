// One entrustment in full: a tab each for what its paper says.
#include "entrustment/pages/flow_svg.h"
#include "entrustment/pages/register_routes.h"
#include "entrustment/pages/words.h"
#include "entrustment/paper/spoken.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace azukari::entrustment {

using namespace html;
using namespace office;

namespace {

// Makes a tab's content without knowing who reads it: the Visit is nobody's.
using Body = Html (*)(const Desk&, const Visit& nobody, const Viewpoint&, const Version&);

http::Response show_tab(const Desk& desk, const Visit& visit, const access::Scope& scope, Tab tab, Body body)
{
    const auto version = desk.reg.latest(scope);
    if (!version) return show_refusal(visit, version.error(), 404);
    const auto page = desk.shelf.page(scope, tab, *version, [&, viewpoint = Viewpoint(scope)] {
        const http::Request no_request;
        const Visit nobody{no_request, Moment(Instant{})};
        return entrustment_frame(desk, viewpoint, **version, tab, body(desk, nobody, viewpoint, **version));
    });
    return show(visit, *page);
}

Html section_list(const SpokenSection& section, std::string_view left_out = {})
{
    std::vector<office::Term> terms;
    for (const auto& field : section.fields)
        if (left_out.empty() || !field.code.ends_with(left_out)) terms.push_back({field.label, words(field.text)});
    return description_list(terms);
}

Html edit_link(const Viewpoint& viewpoint, const std::string& section)
{
    if (!may(viewpoint, access::actions::kEditRegister)) return {};
    return p(a({href(Url(path_of(viewpoint, "/edit/" + section)))}, "この欄を編集する"));
}

Html figures_table(const Visit& visit, const std::vector<Figure>& figures)
{
    std::vector<Row> rows;
    for (const auto& figure : figures) rows.push_back({figure.name, spoken(figure)});
    return data_table(visit, {.caption = "想定人数・見込数",
                              .columns = {{"区分"}, {.label = "数", .number = true}},
                              .rows = std::move(rows),
                              .empty = "想定人数・見込数はありません。"});
}

Html outline_body(const Desk&, const Visit& visit, const Viewpoint& viewpoint, const Version& version)
{
    const auto& content = version.content;
    Html out = section(h2("事業の概要"), section_list(spoken_outline(content.outline), "figures"),
                       figures_table(visit, content.outline.figures));
    for (const auto& part : content.parts) {
        auto told = spoken_part(part);
        std::vector<office::Term> terms;
        for (const auto& field : told.fields)
            if (!field.code.ends_with("_measures")) terms.push_back({field.label, words(field.text)});
        out += section(h2("件名　", part.title), description_list(terms), edit_link(viewpoint, "part-" + part.code));
    }
    out += section(h2("表紙と根拠"), section_list(spoken_cover(content.paper)), edit_link(viewpoint, "paper"));
    return out;
}

Html items_body(const Desk&, const Visit& visit, const Viewpoint& viewpoint, const Version& version)
{
    Html out;
    for (const auto& part : version.content.parts) {
        Html groups;
        for (const auto& group : part.item_groups) {
            std::vector<Row> rows;
            for (const auto& item : group.items) {
                const auto condition =
                    item.note > 0
                        ? fmt::format("※{} {}", item.note, group.notes[static_cast<std::size_t>(item.note - 1)].text)
                        : std::string();
                const auto values = fmt::format("{}", fmt::join(item.values, "、"));
                rows.push_back({item.name + (item.remark.empty() ? "" : "（" + item.remark + "）"), values, condition});
            }
            const auto origins = each(group.origins, [](Origin origin) { return chip(Tone::info, japanese(origin)); });
            groups +=
                section(h3(group.heading), p(origins),
                        when(!group.attachment.empty(), p("報告書では「", group.attachment, "のとおり」とする。")),
                        data_table(visit, {.caption = group.heading,
                                           .columns = {{"情報項目"}, {"取り得る値"}, {"条件"}},
                                           .rows = std::move(rows),
                                           .caption_hidden = true}));
        }
        out += section(h2("件名　", part.title), groups, edit_link(viewpoint, "items-" + part.code));
    }
    return join(p("ここにない項目は、取り込むことも保存することもできません。"), out);
}

Html measure_list(std::string_view heading, const std::vector<std::string>& measures)
{
    return section(h4(heading), words(numbered(measures)));
}

Html measures_body(const Desk&, const Visit&, const Viewpoint& viewpoint, const Version& version)
{
    Html out;
    for (const auto& part : version.content.parts) {
        const auto& measures = part.measures;
        out += section(
            h2("件名　", part.title),
            section(h3("委託にあたり区が行う情報保護対策"), measure_list("運用上の対策", measures.ward_operational),
                    measure_list("システム上の対策", measures.ward_system)),
            section(h3("受託者に行わせる情報保護対策"), measure_list("運用上の対策", measures.contractor_operational),
                    measure_list("システム上の対策", measures.contractor_system)),
            edit_link(viewpoint, "measures-" + part.code));
    }
    return out;
}

Html provisions_body(const Desk& desk, const Visit& visit, const Viewpoint&, const Version& version)
{
    const auto& attached = version.content.provisions;
    const auto& catalogue = desk.reg.catalogues().find(attached.catalogue)->second;
    std::vector<Row> rows;
    for (const auto& clause : clauses_of(catalogue, attached)) {
        const auto duties =
            ul({cls("plain-list")}, each(clause.duties, [](const std::string& duty) { return li(duty); }));
        rows.push_back({clause.number, join(strong("（", clause.heading, "）"), words(clause.text)), clause.owed_by,
                        duties, evidence_in_japanese(clause.evidence)});
    }
    return join(
        p(catalogue.name, "　根拠：", catalogue.law),
        data_table(visit, {.caption = "特記事項",
                           .columns = {{.label = "項", .number = true}, {"文言"}, {"義務を負う者"}, {"義務"}, {"証拠"}},
                           .rows = std::move(rows),
                           .caption_hidden = true}));
}

Html flow_body(const Desk&, const Visit&, const Viewpoint&, const Version& version)
{
    const auto told = spoken_flows(version.content);
    Html out;
    for (std::size_t i = 0; i < version.content.flows.size(); ++i)
        out += section(h2(told.fields[i].label), figure({cls("flow-figure")}, flow_svg(version.content.flows[i]),
                                                        figcaption("図の矢印の内容"), words(told.fields[i].text)));
    return out;
}

} // namespace

http::Response show_outline(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    return show_tab(desk, visit, scope, Tab::outline, outline_body);
}

http::Response show_items(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    return show_tab(desk, visit, scope, Tab::items, items_body);
}

http::Response show_measures(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    return show_tab(desk, visit, scope, Tab::measures, measures_body);
}

http::Response show_provisions(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    return show_tab(desk, visit, scope, Tab::provisions, provisions_body);
}

http::Response show_flow(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    return show_tab(desk, visit, scope, Tab::flow, flow_body);
}

} // namespace azukari::entrustment
