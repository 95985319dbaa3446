#include "entrustment/entrustment_rules.h"

#include "entrustment/entrustment_refusals.h"
#include "infra/text/folding.h"

#include <algorithm>
#include <fmt/ranges.h>
#include <set>

namespace azukari::entrustment {
namespace {

std::string at(const std::string& path, std::size_t index)
{
    return path + "[" + std::to_string(index) + "]";
}

Result<void> filled(const std::string& path, std::string_view japanese, std::string_view text)
{
    if (text::is_blank(text)) return refuse_field(path, kEmpty, std::string(japanese));
    return {};
}

bool is_code(std::string_view code)
{
    if (code.empty() || code.size() > 40 || code[0] < 'a' || code[0] > 'z') return false;
    return std::all_of(code.begin(), code.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

// Codes of one kind: well formed and each used once.
class Codes {
public:
    explicit Codes(std::string japanese) : japanese_(std::move(japanese)) {}
    Result<void> take(const std::string& path, const std::string& code)
    {
        if (!is_code(code)) return refuse_field(path, kNotACode, japanese_, code);
        if (!seen_.insert(code).second) return refuse_field(path, kTwice, japanese_, code);
        return {};
    }
    bool has(const std::string& code) const { return seen_.contains(code); }

private:
    std::string japanese_;
    std::set<std::string> seen_;
};

Result<void> check_cover(const PaperCover& paper)
{
    AZK_REQUIRE(filled("paper.body", "付議先の会議", paper.body));
    if (paper.kind != "報告" && paper.kind != "諮問" && paper.kind != "付議")
        return refuse_field("paper.kind", kNotAmong, "区分", "報告・諮問・付議");
    AZK_REQUIRE(filled("paper.heading", "表題", paper.heading));
    AZK_REQUIRE(filled("paper.title", "件名", paper.title));
    AZK_REQUIRE(filled("paper.basis_heading", "根拠の見出し", paper.basis_heading));
    if (paper.basis.empty()) return refuse_field("paper.basis", kEmpty, "根拠");
    for (std::size_t i = 0; i < paper.basis.size(); ++i)
        AZK_REQUIRE(filled(at("paper.basis", i), "根拠", paper.basis[i]));
    return filled("paper.department", "担当部課", paper.department);
}

Result<void> check_figures(const std::vector<Figure>& figures)
{
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const auto& figure = figures[i];
        const auto path = at("outline.figures", i);
        AZK_REQUIRE(filled(path + ".name", "見込数の名称", figure.name));
        AZK_REQUIRE(filled(path + ".unit", "単位", figure.unit));
        if (figure.number < 0 || figure.number > 1'000'000'000)
            return refuse_field(path + ".number", kNegative, "見込数");
        if (figure.times < 1 || figure.times > 1000) return refuse_field(path + ".times", kNegative, "回数");
        if (!figure.about.empty() && figure.about != "約" && figure.about != "程度")
            return refuse_field(path + ".about", kNotAmong, "概数", "約・程度");
        if (!figure.total) {
            sum += figure.number;
        } else if (figure.number != sum) {
            return refuse_field(path + ".number", kWrongTotal, std::to_string(sum));
        }
    }
    return {};
}

Result<void> check_outline(const Outline& outline)
{
    AZK_REQUIRE(filled("outline.name", "事業名", outline.name));
    AZK_REQUIRE(filled("outline.section", "担当課", outline.section));
    AZK_REQUIRE(filled("outline.purpose", "目的", outline.purpose));
    AZK_REQUIRE(filled("outline.subjects", "対象者", outline.subjects));
    AZK_REQUIRE(filled("outline.content", "事業内容", outline.content));
    return check_figures(outline.figures);
}

Result<void> check_group(const std::string& path, const ItemGroup& group, Codes& item_codes)
{
    AZK_REQUIRE(filled(path + ".heading", "情報項目の見出し", group.heading));
    if (group.origins.empty()) return refuse_field(path + ".origins", kEmpty, "提供・収集の別");
    if (group.items.empty()) return refuse_field(path + ".items", kEmpty, "情報項目");
    Codes notes("条件の記号");
    for (std::size_t i = 0; i < group.notes.size(); ++i) {
        const auto here = at(path + ".notes", i);
        AZK_REQUIRE(notes.take(here + ".code", group.notes[i].code));
        AZK_REQUIRE(filled(here + ".text", "条件", group.notes[i].text));
    }
    for (std::size_t i = 0; i < group.items.size(); ++i) {
        const auto& item = group.items[i];
        const auto here = at(path + ".items", i);
        AZK_REQUIRE(item_codes.take(here + ".code", item.code));
        AZK_REQUIRE(filled(here + ".name", "情報項目の名称", item.name));
        if (item.note < 0 || item.note > static_cast<std::int64_t>(group.notes.size()))
            return refuse_field(here + ".note", kNoSuchNote, std::to_string(item.note));
        if (item.joined && i == 0) return refuse_field(here + ".joined", kNoSuchPlace, item.name);
    }
    return {};
}

Result<void> check_measures(const std::string& path, std::string_view japanese,
                            const std::vector<std::string>& measures)
{
    if (measures.empty()) return refuse_field(path, kEmpty, std::string(japanese));
    for (std::size_t i = 0; i < measures.size(); ++i) AZK_REQUIRE(filled(at(path, i), japanese, measures[i]));
    return {};
}

Result<void> check_part(const std::string& path, const Part& part)
{
    AZK_REQUIRE(filled(path + ".title", "件名", part.title));
    AZK_REQUIRE(filled(path + ".holder", "保有課", part.holder));
    AZK_REQUIRE(filled(path + ".registered_name", "登録業務の名称", part.registered_name));
    AZK_REQUIRE(filled(path + ".media", "記録媒体", part.media));
    AZK_REQUIRE(filled(path + ".reason", "委託理由", part.reason));
    AZK_REQUIRE(filled(path + ".content", "委託の内容", part.content));
    if (part.contractor.name.empty() && text::is_blank(part.contractor.selection))
        return refuse_field(path + ".contractor.selection", kEmpty, "委託先、又は未定の場合の選定方法");
    AZK_REQUIRE(filled(path + ".term.text", "委託の開始時期及び期限", part.term.text));
    if (part.term.end < part.term.start) return refuse_field(path + ".term.end", kEndsBeforeStart);
    if (part.item_groups.empty()) return refuse_field(path + ".item_groups", kEmpty, "情報項目");
    Codes item_codes("情報項目の記号");
    for (std::size_t i = 0; i < part.item_groups.size(); ++i)
        AZK_REQUIRE(check_group(at(path + ".item_groups", i), part.item_groups[i], item_codes));
    const auto measures = path + ".measures";
    AZK_REQUIRE(check_measures(measures + ".ward_operational", "区の運用上の対策", part.measures.ward_operational));
    AZK_REQUIRE(check_measures(measures + ".ward_system", "区のシステム上の対策", part.measures.ward_system));
    AZK_REQUIRE(check_measures(measures + ".contractor_operational", "受託者の運用上の対策",
                               part.measures.contractor_operational));
    return check_measures(measures + ".contractor_system", "受託者のシステム上の対策", part.measures.contractor_system);
}

Result<void> check_flow(const std::string& path, const InformationFlow& flow)
{
    AZK_REQUIRE(filled(path + ".title", "図の題", flow.title));
    if (flow.nodes.empty()) return refuse_field(path + ".nodes", kEmpty, "図の場所");
    Codes places("場所の記号");
    for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
        AZK_REQUIRE(places.take(at(path + ".nodes", i) + ".code", flow.nodes[i].code));
        AZK_REQUIRE(filled(at(path + ".nodes", i) + ".name", "場所の名称", flow.nodes[i].name));
    }
    for (std::size_t i = 0; i < flow.edges.size(); ++i) {
        const auto& edge = flow.edges[i];
        const auto here = at(path + ".edges", i);
        if (!places.has(edge.from)) return refuse_field(here + ".from", kNoSuchPlace, edge.from);
        if (!places.has(edge.to) || edge.to == edge.from) return refuse_field(here + ".to", kNoSuchPlace, edge.to);
        AZK_REQUIRE(filled(here + ".what", "流れるもの", edge.what));
    }
    return {};
}

Term term_of(FiscalYear year, bool closes_with_stop)
{
    Term term;
    term.start = year.first_day();
    term.end = year.last_day();
    term.text = to_era(term.start) + "から" + to_era(term.end) + "まで（次年度以降も、同様の業務委託を行う" +
                (closes_with_stop ? "。）" : "）");
    term.recurring = true;
    return term;
}

} // namespace

Result<void> check(const Entrustment& entrustment)
{
    if (!is_code(entrustment.code)) return refuse_field("code", kNotACode, "記号", entrustment.code);
    AZK_REQUIRE(check_cover(entrustment.paper));
    AZK_REQUIRE(check_outline(entrustment.outline));
    if (entrustment.parts.empty()) return refuse_field("parts", kEmpty, "件名");
    Codes parts("件名の記号");
    for (std::size_t i = 0; i < entrustment.parts.size(); ++i) {
        AZK_REQUIRE(parts.take(at("parts", i) + ".code", entrustment.parts[i].code));
        AZK_REQUIRE(check_part(at("parts", i), entrustment.parts[i]));
    }
    AZK_REQUIRE(filled("provisions.catalogue", "特記事項", entrustment.provisions.catalogue));
    for (std::size_t i = 0; i < entrustment.provisions.replaced.size(); ++i)
        AZK_REQUIRE(
            filled(at("provisions.replaced", i) + ".text", "特記事項の文言", entrustment.provisions.replaced[i].text));
    for (std::size_t i = 0; i < entrustment.flows.size(); ++i)
        AZK_REQUIRE(check_flow(at("flows", i), entrustment.flows[i]));
    for (std::size_t i = 0; i < entrustment.work_steps.size(); ++i) {
        const auto here = at("workflow.steps", i);
        if (entrustment.work_steps[i].who != "区" && entrustment.work_steps[i].who != "受託者")
            return refuse_field(here + ".who", kNotAmong, "行う者", "区・受託者");
        AZK_REQUIRE(filled(here + ".what", "行うこと", entrustment.work_steps[i].what));
    }
    return {};
}

Result<void> check(const Catalogue& catalogue)
{
    if (!is_code(catalogue.code)) return refuse_field("code", kNotACode, "記号", catalogue.code);
    AZK_REQUIRE(filled("name", "名称", catalogue.name));
    AZK_REQUIRE(filled("law", "根拠となる法令", catalogue.law));
    if (catalogue.clauses.empty()) return refuse_field("clauses", kEmpty, "項");
    for (std::size_t i = 0; i < catalogue.clauses.size(); ++i) {
        const auto& clause = catalogue.clauses[i];
        const auto here = at("clauses", i);
        if (clause.number != static_cast<std::int64_t>(i) + 1)
            return refuse_field(here + ".number", kNotAmong, "項の番号", std::to_string(i + 1));
        AZK_REQUIRE(filled(here + ".heading", "見出し", clause.heading));
        AZK_REQUIRE(filled(here + ".text", "文言", clause.text));
        if (clause.owed_by != "受託者" && clause.owed_by != "区")
            return refuse_field(here + ".owed_by", kNotAmong, "義務を負う者", "受託者・区");
        if (clause.duties.empty()) return refuse_field(here + ".duties", kEmpty, "義務");
        if (evidence_in_japanese(clause.evidence).empty())
            return refuse_field(here + ".evidence", kNotAmong, "証拠の種類",
                                fmt::format("{}", fmt::join(evidence_codes(), "・")));
    }
    return {};
}

Result<void> check_provisions(const AttachedProvisions& attached, const Catalogues& catalogues)
{
    const auto found = catalogues.find(attached.catalogue);
    if (found == catalogues.end()) return refuse_field("provisions.catalogue", kUnknownCatalogue, attached.catalogue);
    for (std::size_t i = 0; i < attached.replaced.size(); ++i) {
        const auto number = attached.replaced[i].clause;
        if (number < 1 || number > static_cast<std::int64_t>(found->second.clauses.size()))
            return refuse_field(at("provisions.replaced", i) + ".clause", kUnknownClause, found->second.name,
                                std::to_string(number));
    }
    return {};
}

Result<Entrustment> carried_to(const Entrustment& entrustment, FiscalYear year)
{
    if (!entrustment.recurring()) return refuse(kNotRecurring);
    if (entrustment.end() >= year.first_day()) return refuse(kAlreadyCovered, year.to_era());
    auto carried = entrustment;
    for (auto& part : carried.parts) part.term = term_of(year, part.term.text.find("。）") != std::string::npos);
    carried.paper.compared_with.clear();
    return carried;
}

FiscalYear next_year(const Entrustment& entrustment, const Moment& moment)
{
    return std::max(FiscalYear(FiscalYear::of(entrustment.end()).year() + 1), moment.year);
}

Result<Entrustment> with_contractor(const Entrustment& entrustment, std::string_view part_code,
                                    const std::string& contractor_name)
{
    if (text::is_blank(contractor_name)) return refuse_field("name", kEmpty, "委託先");
    auto completed = entrustment;
    for (auto& part : completed.parts) {
        if (part.code != part_code) continue;
        if (part.contractor.decided()) return refuse(kContractorDecided);
        part.contractor.name = contractor_name;
        return completed;
    }
    return refuse(kNotFound);
}

} // namespace azukari::entrustment
