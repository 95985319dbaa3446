#include "entrustment/paper/spoken.h"

#include "base/check.h"

#include <fmt/ranges.h>

namespace azukari::entrustment {
namespace {

std::string measures_text(const std::vector<std::string>& operational, const std::vector<std::string>& system)
{
    return "【運用上の対策】\n" + numbered(operational) + "\n【システム上の対策】\n" + numbered(system);
}

std::string flow_text(const InformationFlow& flow)
{
    const auto name_of = [&](const std::string& code) -> const std::string& {
        for (const auto& place : flow.nodes)
            if (place.code == code) return place.name;
        stop_on_bug("a checked flow names its places", __FILE__, __LINE__);
    };
    std::string text;
    for (std::size_t i = 0; i < flow.edges.size(); ++i) {
        const auto& edge = flow.edges[i];
        text += fmt::format("{}{}{} → {}：{}", i == 0 ? "" : "\n", circled(i + 1), name_of(edge.from), name_of(edge.to),
                            edge.what);
        if (!edge.how.empty()) text += "（" + edge.how + "）";
    }
    return text;
}

} // namespace

std::string circled(std::size_t number)
{
    if (number < 1 || number > 20) return fmt::format("({})", number);
    std::string text = "①";
    text.back() = static_cast<char>(static_cast<unsigned char>(text.back()) + number - 1);
    return text;
}

std::string numbered(const std::vector<std::string>& measures)
{
    std::string text;
    for (std::size_t i = 0; i < measures.size(); ++i)
        text += fmt::format("{}{} {}", i == 0 ? "" : "\n", i + 1, measures[i]);
    return text;
}

std::string spoken_item_names(const std::vector<Item>& items)
{
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& item = items[i];
        if (i > 0) text += item.joined ? "・" : "、";
        text += item.name;
        if (!item.values.empty()) text += fmt::format("（{}）", fmt::join(item.values, "、"));
        if (!item.remark.empty()) text += "（" + item.remark + "）";
        const bool more_joined = i + 1 < items.size() && items[i + 1].joined;
        if (item.note > 0 && !more_joined) text += fmt::format("（※{}）", item.note);
    }
    return text;
}

std::string spoken_items(const ItemGroup& group)
{
    std::string text = group.heading + "\n";
    if (!group.attachment.empty()) return text + group.attachment + "のとおり";
    text += spoken_item_names(group.items);
    for (std::size_t i = 0; i < group.notes.size(); ++i) text += fmt::format("\n※{}…{}", i + 1, group.notes[i].text);
    return text;
}

std::string spoken_contractor(const Contractor& contractor)
{
    return contractor.decided() ? contractor.name : contractor.selection;
}

SpokenSection spoken_cover(const PaperCover& paper)
{
    return {"paper",
            "表紙",
            {{"paper.heading", "会議と区分", paper.heading},
             {"paper.title", "件名", paper.title},
             {"paper.basis", paper.basis_heading, fmt::format("{}", fmt::join(paper.basis, "\n"))},
             {"paper.department", "担当部課", paper.department}}};
}

SpokenSection spoken_outline(const Outline& outline)
{
    std::string figures;
    for (const auto& figure : outline.figures)
        figures += (figures.empty() ? "" : "\n") + figure.name + "　" + spoken(figure);
    return {"outline",
            "事業の概要",
            {{"outline.name", "事業名", outline.name},
             {"outline.section", "担当課", outline.section},
             {"outline.purpose", "目的", outline.purpose},
             {"outline.subjects", "対象者", outline.subjects},
             {"outline.content", "事業内容", outline.content},
             {"outline.figures", "想定人数・見込数", figures}}};
}

SpokenSection spoken_part(const Part& part)
{
    const auto at = "parts." + part.code + ".";
    std::string items;
    for (const auto& group : part.item_groups) items += (items.empty() ? "" : "\n") + spoken_items(group);
    const auto& measures = part.measures;
    return {"parts." + part.code,
            part.title,
            {{at + "title", "件名", part.title},
             {at + "holder", "保有課（担当課）", part.holder},
             {at + "registered_name", "登録業務の名称", part.registered_name},
             {at + "contractor", "委託先", spoken_contractor(part.contractor)},
             {at + "items", "委託に伴い事業者に処理させる情報項目（だれの、どのような項目か）", items},
             {at + "media", "処理させる情報項目の記録媒体", part.media},
             {at + "reason", "委託理由", part.reason},
             {at + "content", "委託の内容", part.content},
             {at + "term", "委託の開始時期及び期限", part.term.text},
             {at + "ward_measures", "委託にあたり区が行う情報保護対策",
              measures_text(measures.ward_operational, measures.ward_system)},
             {at + "contractor_measures", "受託事業者に行わせる情報保護対策",
              measures_text(measures.contractor_operational, measures.contractor_system)}}};
}

SpokenSection spoken_provisions(const Entrustment& entrustment, const Catalogues& catalogues)
{
    SpokenSection section{"provisions", "特記事項", {}};
    const auto found = catalogues.find(entrustment.provisions.catalogue);
    AZK_CHECK(found != catalogues.end());
    for (const auto& clause : clauses_of(found->second, entrustment.provisions))
        section.fields.push_back({fmt::format("provisions.{}", clause.number),
                                  fmt::format("{}（{}）", clause.number, clause.heading), clause.text});
    return section;
}

SpokenSection spoken_flows(const Entrustment& entrustment)
{
    SpokenSection section{"flows", "個人情報の流れ", {}};
    for (std::size_t i = 0; i < entrustment.flows.size(); ++i)
        section.fields.push_back(
            {fmt::format("flows.{}", i + 1), entrustment.flows[i].title, flow_text(entrustment.flows[i])});
    return section;
}

std::vector<SpokenSection> spoken(const Entrustment& entrustment, const Catalogues& catalogues)
{
    std::vector<SpokenSection> sections{spoken_cover(entrustment.paper), spoken_outline(entrustment.outline)};
    for (const auto& part : entrustment.parts) sections.push_back(spoken_part(part));
    sections.push_back(spoken_flows(entrustment));
    sections.push_back(spoken_provisions(entrustment, catalogues));
    return sections;
}

} // namespace azukari::entrustment
