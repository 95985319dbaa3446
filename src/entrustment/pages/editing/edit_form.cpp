#include "entrustment/pages/editing/edit_form.h"

#include "entrustment/entrustment_refusals.h"
#include "entrustment/pages/desk.h"
#include "entrustment/pages/editing/form_rows.h"
#include "entrustment/pages/editing/sent_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace azukari::entrustment {

using namespace html;
using namespace office;

namespace {

const std::vector<Choice> kYes = {{"", "いいえ"}, {"yes", "はい"}};
const std::vector<RowColumn> kFigureColumns = {
    {"name", "区分"},  {"number", "数"},
    {"unit", "単位"},  {"about", "概数", {{"", "―"}, {"約", "約"}, {"程度", "程度"}}},
    {"times", "回数"}, {"total", "合計", kYes}};
const std::vector<RowColumn> kItemColumns = {
    {"code", "記号"},         {"name", "情報項目"},        {"values", "取り得る値（、で区切る）"},
    {"remark", "かっこ書き"}, {"note", "条件（※の番号）"}, {"joined", "前の項目と・で続ける", kYes}};
const std::vector<RowColumn> kNoteColumns = {{"code", "記号"}, {"text", "条件", {}, true}};
const std::vector<RowColumn> kReplacedColumns = {{"clause", "項"}, {"text", "この契約での文言", {}, true}};
const std::vector<RowColumn> kEdgeColumns = {{"from", "出る場所（記号）"},
                                             {"to", "入る場所（記号）"},
                                             {"what", "流れるもの", {}, true},
                                             {"how", "方法", {}, true}};

std::vector<RowColumn> place_columns()
{
    std::vector<Choice> kinds;
    for (const auto kind :
         {PlaceKind::person, PlaceKind::contractor, PlaceKind::ward, PlaceKind::store, PlaceKind::third})
        kinds.push_back({std::string(code_of(kind)), std::string(japanese(kind))});
    return {{"code", "記号"}, {"kind", "種類", kinds}, {"name", "名称"}};
}

// Texts of a section that are one field each: its name and where it is kept.
struct TextField {
    std::string name, label;
    std::string* text;
    bool required = true;
    int rows = 1; // more than one: a text area
};

std::vector<TextField> cover_fields(PaperCover& paper)
{
    return {{"paper.body", "付議先の会議", &paper.body},
            {"paper.heading", "表題", &paper.heading},
            {"paper.title", "件名", &paper.title, true, 3},
            {"paper.basis_heading", "根拠の見出し", &paper.basis_heading},
            {"paper.department", "担当部課", &paper.department},
            {"paper.sheet_heading", "件名の表の上に印字する文", &paper.sheet_heading, false, 3},
            {"paper.compared_with", "変更内容を比べる相手", &paper.compared_with, false}};
}

std::vector<TextField> outline_fields(Outline& outline)
{
    return {{"outline.name", "事業名", &outline.name},
            {"outline.section", "担当課", &outline.section},
            {"outline.purpose", "目的", &outline.purpose, true, 5},
            {"outline.subjects", "対象者", &outline.subjects, true, 3},
            {"outline.content", "事業内容", &outline.content, true, 16}};
}

std::vector<TextField> part_fields(Part& part, const std::string& at)
{
    return {{at + "title", "件名", &part.title, true, 3},
            {at + "holder", "保有課（担当課）", &part.holder},
            {at + "registered_name", "登録業務の名称", &part.registered_name},
            {at + "contractor.selection", "委託先（未定の場合は選定の方法）", &part.contractor.selection, false, 3},
            {at + "media", "処理させる情報項目の記録媒体", &part.media, true, 3},
            {at + "reason", "委託理由", &part.reason, true, 8},
            {at + "content", "委託の内容", &part.content, true, 12},
            {at + "term.text", "委託の開始時期及び期限", &part.term.text, true, 2}};
}

struct MeasureField {
    std::string name, label;
    std::vector<std::string>* measures;
};

std::vector<MeasureField> measure_fields(Measures& measures, const std::string& at)
{
    return {{at + "ward_operational", "区の運用上の対策", &measures.ward_operational},
            {at + "ward_system", "区のシステム上の対策", &measures.ward_system},
            {at + "contractor_operational", "受託者の運用上の対策", &measures.contractor_operational},
            {at + "contractor_system", "受託者のシステム上の対策", &measures.contractor_system}};
}

// "items-guidance" of an entrustment whose second part is guidance: {"items", 1}.
struct Aim {
    std::string_view kind;
    std::size_t part = 0;
};

Aim aim_of(const Entrustment& content, std::string_view section)
{
    const auto dash = section.find('-');
    if (dash == std::string_view::npos) return {section};
    for (std::size_t i = 0; i < content.parts.size(); ++i)
        if (content.parts[i].code == section.substr(dash + 1)) return {section.substr(0, dash), i};
    return {};
}

std::string with_numbers(const std::vector<std::string>& measures)
{
    std::string text;
    for (std::size_t i = 0; i < measures.size(); ++i)
        text += fmt::format("{}{} {}", i == 0 ? "" : "\n", i + 1, measures[i]);
    return text;
}

std::string group_list(std::size_t part, std::size_t group, std::string_view list)
{
    return fmt::format("parts[{}].item_groups[{}].{}", part, group, list);
}

class Filler { // what stands in the form
public:
    explicit Filler(http::Fields& out) : out_(out) {}
    void add(std::string name, std::string value) { out_.add(std::move(name), std::move(value)); }
    void row(std::string_view list, std::size_t place, std::string_view column, std::string value)
    {
        out_.add(row_field(list, place, column), std::move(value));
    }
    void figures(const std::vector<Figure>& figures)
    {
        for (std::size_t i = 0; i < figures.size(); ++i) {
            constexpr std::string_view list = "outline.figures";
            row(list, i, "name", figures[i].name);
            row(list, i, "number", std::to_string(figures[i].number));
            row(list, i, "unit", figures[i].unit);
            row(list, i, "about", figures[i].about);
            row(list, i, "times", figures[i].times == 1 ? "" : std::to_string(figures[i].times));
            row(list, i, "total", figures[i].total ? "yes" : "");
        }
    }
    void items(const ItemGroup& group, std::size_t part, std::size_t number)
    {
        add(group_list(part, number, "heading"), group.heading);
        add(group_list(part, number, "attachment"), group.attachment);
        for (const auto origin : group.origins) add(group_list(part, number, "origins"), std::string(code_of(origin)));
        const auto list = group_list(part, number, "items");
        for (std::size_t i = 0; i < group.items.size(); ++i) {
            const auto& item = group.items[i];
            row(list, i, "code", item.code);
            row(list, i, "name", item.name);
            row(list, i, "values", fmt::format("{}", fmt::join(item.values, "、")));
            row(list, i, "remark", item.remark);
            row(list, i, "note", item.note == 0 ? "" : std::to_string(item.note));
            row(list, i, "joined", item.joined ? "yes" : "");
        }
        const auto notes = group_list(part, number, "notes");
        for (std::size_t i = 0; i < group.notes.size(); ++i) {
            row(notes, i, "code", group.notes[i].code);
            row(notes, i, "text", group.notes[i].text);
        }
    }
    void flow(const InformationFlow& flow, std::size_t number)
    {
        const auto at = fmt::format("flows[{}].", number);
        add(at + "title", flow.title);
        for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
            row(at + "nodes", i, "code", flow.nodes[i].code);
            row(at + "nodes", i, "kind", std::string(code_of(flow.nodes[i].kind)));
            row(at + "nodes", i, "name", flow.nodes[i].name);
        }
        for (std::size_t i = 0; i < flow.edges.size(); ++i) {
            row(at + "edges", i, "from", flow.edges[i].from);
            row(at + "edges", i, "to", flow.edges[i].to);
            row(at + "edges", i, "what", flow.edges[i].what);
            row(at + "edges", i, "how", flow.edges[i].how);
        }
    }

private:
    http::Fields& out_;
};

class Reader { // what was sent
public:
    Reader(const http::Fields& form, ReadForm& read) : form_(form), read_(read) {}

    std::string text(std::string_view name) const { return tidy(form_.get(name)); }
    std::int64_t number(const std::string& field, const std::string& sent, std::int64_t when_empty, const char* label)
    {
        if (sent.empty()) return when_empty;
        const auto value = whole_number(sent);
        if (!value || *value < 0) read_.refusals.emplace_back(kNegative, std::vector<std::string>{label}, field);
        return value.value_or(when_empty);
    }
    CivilDate date(const std::string& field, CivilDate otherwise)
    {
        const auto day = CivilDate::parse(form_.get(field));
        if (!day) read_.refusals.emplace_back(kBadDate, std::vector<std::string>{}, field);
        return day ? *day : otherwise;
    }
    std::vector<SentRow> rows(const std::string& list, const std::vector<RowColumn>& columns)
    {
        auto sent = sent_rows(form_, list, columns);
        auto& places = read_.places[list];
        for (const auto& row : sent) places.push_back(row.place);
        return sent;
    }
    void figures(std::vector<Figure>& figures)
    {
        const std::string list = "outline.figures";
        figures.clear();
        for (const auto& row : rows(list, kFigureColumns))
            figures.push_back({row.value("name"),
                               number(row_field(list, row.place, "number"), row.value("number"), -1, "数"),
                               row.value("unit"), row.value("about"),
                               number(row_field(list, row.place, "times"), row.value("times"), 1, "回数"),
                               row.value("total") == "yes"});
    }
    void items(ItemGroup& group, std::size_t part, std::size_t place)
    {
        group.heading = text(group_list(part, place, "heading"));
        group.attachment = text(group_list(part, place, "attachment"));
        group.origins.clear();
        for (const auto code : form_.all(group_list(part, place, "origins")))
            if (const auto origin = origin_of(code)) group.origins.push_back(*origin);
        const auto list = group_list(part, place, "items");
        group.items.clear();
        for (const auto& row : rows(list, kItemColumns))
            group.items.push_back({row.value("code"), row.value("name"), split_values(row.value("values")),
                                   row.value("remark"),
                                   number(row_field(list, row.place, "note"), row.value("note"), 0, "条件の番号"),
                                   row.value("joined") == "yes"});
        group.notes.clear();
        for (const auto& row : rows(group_list(part, place, "notes"), kNoteColumns))
            group.notes.push_back({row.value("code"), tidy(row.value("text"))});
    }
    void flow(InformationFlow& flow, std::size_t place)
    {
        const auto at = fmt::format("flows[{}].", place);
        flow.title = text(at + "title");
        flow.nodes.clear();
        for (const auto& row : rows(at + "nodes", place_columns()))
            flow.nodes.push_back(
                {row.value("code"), place_kind_of(row.value("kind")).value_or(PlaceKind::third), row.value("name")});
        flow.edges.clear();
        for (const auto& row : rows(at + "edges", kEdgeColumns))
            flow.edges.push_back({row.value("from"), row.value("to"), tidy(row.value("what")), tidy(row.value("how"))});
    }
    void provisions(AttachedProvisions& provisions)
    {
        provisions.catalogue = text("provisions.catalogue");
        const std::string list = "provisions.replaced";
        provisions.replaced.clear();
        for (const auto& row : rows(list, kReplacedColumns))
            provisions.replaced.push_back(
                {number(row_field(list, row.place, "clause"), row.value("clause"), 0, "項"), tidy(row.value("text"))});
    }

private:
    const http::Fields& form_;
    ReadForm& read_;
};

Html draw(const FormState& state, const TextField& field)
{
    const Field shown{.name = field.name, .label = field.label, .required = field.required, .rows = field.rows};
    return field.rows > 1 ? text_area(state, shown) : text_field(state, shown);
}

Html draw_items(const FormState& state, std::size_t part, std::size_t group)
{
    const Choice origins[] = {{"provided", std::string(japanese(Origin::provided))},
                              {"collected", std::string(japanese(Origin::collected))}};
    const auto heading = group_list(part, group, "heading"), attachment = group_list(part, group, "attachment"),
               from = group_list(part, group, "origins");
    return join(text_field(state, {.name = heading, .label = "だれの情報項目か（見出し）", .required = true}),
                checkbox_group(state, {.name = from, .label = "提供・収集の別", .required = true}, origins),
                text_field(state, {.name = attachment, .label = "別の資料に載せる場合の資料番号"}),
                input_rows(state, group_list(part, group, "items"), "情報項目", kItemColumns),
                input_rows(state, group_list(part, group, "notes"), "条件（※1から順に）", kNoteColumns, 2));
}

} // namespace

std::vector<EditSection> edit_sections(const Entrustment& content)
{
    std::vector<EditSection> sections{{"paper", "表紙と根拠"}, {"outline", "事業の概要"}};
    for (const auto& part : content.parts) {
        const auto which = content.parts.size() > 1 ? "（" + part.registered_name + "）" : std::string();
        sections.push_back({"part-" + part.code, "件名の表" + which});
        sections.push_back({"items-" + part.code, "情報項目" + which});
        sections.push_back({"measures-" + part.code, "情報保護対策" + which});
    }
    sections.push_back({"provisions", "特記事項"});
    sections.push_back({"flows", "個人情報の流れ"});
    return sections;
}

FormState form_of(const Entrustment& given, std::string_view section)
{
    FormState state;
    Filler out(state.values);
    auto content = given;
    const auto aim = aim_of(content, section);
    const auto texts = [&](const std::vector<TextField>& fields) {
        for (const auto& field : fields) out.add(field.name, *field.text);
    };
    const auto at = fmt::format("parts[{}].", aim.part);
    if (aim.kind == "paper") {
        texts(cover_fields(content.paper));
        out.add("paper.kind", content.paper.kind);
        out.add("paper.basis", fmt::format("{}", fmt::join(content.paper.basis, "\n")));
    } else if (aim.kind == "outline") {
        texts(outline_fields(content.outline));
        out.figures(content.outline.figures);
    } else if (aim.kind == "part") {
        auto& part = content.parts[aim.part];
        texts(part_fields(part, at));
        out.add(at + "term.start", part.term.start.iso());
        out.add(at + "term.end", part.term.end.iso());
        if (part.term.recurring) out.add(at + "term.recurring", "yes");
    } else if (aim.kind == "items") {
        const auto& groups = content.parts[aim.part].item_groups;
        for (std::size_t i = 0; i < groups.size(); ++i) out.items(groups[i], aim.part, i);
    } else if (aim.kind == "measures") {
        for (const auto& field : measure_fields(content.parts[aim.part].measures, at + "measures."))
            out.add(field.name, with_numbers(*field.measures));
    } else if (aim.kind == "provisions") {
        out.add("provisions.catalogue", content.provisions.catalogue);
        for (std::size_t i = 0; i < content.provisions.replaced.size(); ++i) {
            out.row("provisions.replaced", i, "clause", std::to_string(content.provisions.replaced[i].clause));
            out.row("provisions.replaced", i, "text", content.provisions.replaced[i].text);
        }
    } else if (aim.kind == "flows") {
        for (std::size_t i = 0; i < content.flows.size(); ++i) out.flow(content.flows[i], i);
    }
    return state;
}

Html form_fields(const FormState& state, const Entrustment& given, std::string_view section,
                 const Catalogues& catalogues)
{
    auto content = given;
    const auto aim = aim_of(content, section);
    const auto texts = [&](const std::vector<TextField>& fields) {
        return each(fields, [&](const TextField& field) { return draw(state, field); });
    };
    const auto at = fmt::format("parts[{}].", aim.part);
    if (aim.kind == "paper") {
        const Choice kinds[] = {{"報告", "報告"}, {"諮問", "諮問"}, {"付議", "付議"}};
        return join(
            select_field(state, {.name = "paper.kind", .label = "区分", .required = true}, kinds),
            texts(cover_fields(content.paper)),
            text_area(state,
                      {.name = "paper.basis", .label = "根拠", .hint = "一行に一つ", .required = true, .rows = 3}));
    }
    if (aim.kind == "outline")
        return join(texts(outline_fields(content.outline)),
                    input_rows(state, "outline.figures", "想定人数・見込数", kFigureColumns));
    if (aim.kind == "part") {
        const auto start = at + "term.start", end = at + "term.end", recurring = at + "term.recurring";
        return join(texts(part_fields(content.parts[aim.part], at)),
                    date_field(state, {.name = start, .label = "開始日", .required = true}),
                    date_field(state, {.name = end, .label = "期限の日", .required = true}),
                    checkbox(state, {.name = recurring, .label = "次年度以降も、同様の業務委託を行う"}));
    }
    if (aim.kind == "items") {
        Html out;
        for (std::size_t i = 0; i < content.parts[aim.part].item_groups.size(); ++i)
            out += draw_items(state, aim.part, i);
        return out;
    }
    if (aim.kind == "measures")
        return each(measure_fields(content.parts[aim.part].measures, at + "measures."), [&](const MeasureField& field) {
            return text_area(state, {.name = field.name,
                                     .label = field.label,
                                     .hint = "対策ごとに改行してください。(1) で始まる行は、その上の対策に含まれます。",
                                     .required = true,
                                     .rows = 14});
        });
    if (aim.kind == "provisions") {
        std::vector<Choice> choices;
        for (const auto& [code, catalogue] : catalogues) choices.push_back({code, catalogue.name});
        return join(
            select_field(state, {.name = "provisions.catalogue", .label = "特記事項", .required = true}, choices),
            input_rows(state, "provisions.replaced", "この契約で文言が異なる項", kReplacedColumns));
    }
    Html out;
    for (std::size_t i = 0; i < content.flows.size(); ++i) {
        const auto title = fmt::format("flows[{}].title", i);
        out += join(text_field(state, {.name = title, .label = "図の題", .required = true}),
                    input_rows(state, fmt::format("flows[{}].nodes", i), "場所", place_columns(), 2),
                    input_rows(state, fmt::format("flows[{}].edges", i), "流れ", kEdgeColumns));
    }
    return out;
}

ReadForm read_form(const http::Fields& form, const Entrustment& base, std::string_view section)
{
    ReadForm read{base};
    Reader in(form, read);
    auto& content = read.content;
    const auto aim = aim_of(content, section);
    const auto texts = [&](const std::vector<TextField>& fields) {
        for (const auto& field : fields) *field.text = in.text(field.name);
    };
    const auto at = fmt::format("parts[{}].", aim.part);
    if (aim.kind == "paper") {
        texts(cover_fields(content.paper));
        content.paper.kind = in.text("paper.kind");
        content.paper.basis = lines_of(form.get("paper.basis"));
    } else if (aim.kind == "outline") {
        texts(outline_fields(content.outline));
        in.figures(content.outline.figures);
    } else if (aim.kind == "part") {
        auto& part = content.parts[aim.part];
        texts(part_fields(part, at));
        part.term.start = in.date(at + "term.start", part.term.start);
        part.term.end = in.date(at + "term.end", part.term.end);
        part.term.recurring = form.has(at + "term.recurring");
    } else if (aim.kind == "items") {
        auto& groups = content.parts[aim.part].item_groups;
        for (std::size_t i = 0; i < groups.size(); ++i) in.items(groups[i], aim.part, i);
    } else if (aim.kind == "measures") {
        for (const auto& field : measure_fields(content.parts[aim.part].measures, at + "measures."))
            *field.measures = measures_of(form.get(field.name));
    } else if (aim.kind == "provisions") {
        in.provisions(content.provisions);
    } else if (aim.kind == "flows") {
        for (std::size_t i = 0; i < content.flows.size(); ++i) in.flow(content.flows[i], i);
    }
    return read;
}

Refusal ReadForm::in_form(const Refusal& refusal) const
{
    std::string field = refusal.field();
    for (const auto& [list, rows] : places) {
        if (!field.starts_with(list + "[")) continue;
        const auto end = field.find(']', list.size());
        const auto index = whole_number(std::string_view(field).substr(list.size() + 1, end - list.size() - 1));
        if (index && static_cast<std::size_t>(*index) < rows.size())
            field = fmt::format("{}[{}]{}", list, rows[static_cast<std::size_t>(*index)], field.substr(end + 1));
    }
    // A list that is one text area, a line for each: the field is the list.
    if (field.find(".measures.") != std::string::npos || field.starts_with("paper.basis["))
        if (field.ends_with(']')) field.resize(field.rfind('['));
    return refusal.at_field(std::move(field));
}

} // namespace azukari::entrustment
