#include "entrustment/paper/council_paper.h"

#include "base/difference.h"
#include "entrustment/entrustment_refusals.h"
#include "entrustment/paper/flow_figure.h"
#include "entrustment/paper/spoken.h"

#include <cmath>
#include <fmt/ranges.h>

namespace azukari::entrustment {
namespace {

constexpr double kLabelColumn = 40;
constexpr double kBody = 10.5; // points
constexpr double kPointsPerMm = 72 / 25.4;

const SpokenField* find(const SpokenSection& section, std::string_view code)
{
    for (const auto& field : section.fields)
        if (field.code == code) return &field;
    return nullptr;
}

// The text with what was added since `earlier` marked; plain when there is nothing to compare with.
pdf::Runs marked(const std::string& text, const std::string* earlier)
{
    if (earlier == nullptr) return text;
    std::vector<pdf::Run> runs;
    for (const auto& piece : difference(*earlier, text)) {
        if (piece.change == Change::removed) continue;
        const bool changed = piece.change == Change::added;
        runs.push_back({piece.text, changed, changed});
    }
    return runs;
}

class Writer {
public:
    Writer(const CouncilPaper& paper, pdf::Paper& out) : paper_(paper), entrustment_(paper.entrustment), out_(out) {}

    void write()
    {
        cover();
        outline();
        for (const auto& part : entrustment_.parts) sheet(part);
        flows();
        item_lists();
        provisions();
    }

private:
    void cover();
    void outline();
    void sheet(const Part& part);
    void flows();
    void draw(const FlowFigure& figure);
    void item_lists();
    void provisions();
    const Part* reported_part(const Part& part) const;

    const CouncilPaper& paper_;
    const Entrustment& entrustment_;
    pdf::Paper& out_;
};

void Writer::cover()
{
    const auto& cover = entrustment_.paper;
    out_.space(12);
    out_.paragraph(pdf::Runs::bold(cover.heading), {.size = 15, .align = pdf::Align::centre, .space_after = 16});
    out_.table({.columns = {24, 0},
                .rows = {{{pdf::Runs::bold("件　名"), pdf::Align::centre, true}, {cover.title}}},
                .size = 13});
    out_.paragraph("内容は別紙のとおり", {.size = 12, .indent = 6, .space_before = 14, .space_after = 18});
    out_.paragraph(pdf::Runs::bold(cover.basis_heading), {.size = 12, .space_after = 4});
    if (cover.kind != "付議") out_.paragraph(pdf::Runs::bold("【" + cover.kind + "】"), {.size = 12, .space_after = 3});
    for (const auto& basis : cover.basis) out_.paragraph(basis, {.size = 12, .indent = 6});
    out_.paragraph("（担当部課：" + cover.department + "）",
                   {.size = 12, .align = pdf::Align::right, .space_before = 16});
}

void Writer::outline()
{
    out_.new_page();
    out_.heading("事業の概要", 14, pdf::Align::centre);
    std::vector<pdf::TableRow> rows;
    for (const auto& field : spoken_outline(entrustment_.outline).fields) {
        if (field.code == "outline.figures") continue; // the text of 事業内容 says them
        rows.push_back({{pdf::Runs::bold(field.label), pdf::Align::centre, true}, {field.text}});
    }
    out_.table({.columns = {28, 0}, .rows = std::move(rows), .size = kBody});
}

const Part* Writer::reported_part(const Part& part) const
{
    if (paper_.reported == nullptr) return nullptr;
    for (const auto& earlier : paper_.reported->parts)
        if (earlier.code == part.code) return &earlier;
    return nullptr;
}

void Writer::sheet(const Part& part)
{
    out_.new_page();
    const auto section = spoken_part(part);
    const auto* earlier_part = reported_part(part);
    const auto earlier = earlier_part != nullptr ? spoken_part(*earlier_part) : SpokenSection{};
    const std::string nothing;
    const auto text_of = [&](const SpokenField& field) {
        if (paper_.reported == nullptr) return marked(field.text, nullptr);
        const auto* before = find(earlier, field.code);
        return marked(field.text, before != nullptr ? &before->text : &nothing);
    };
    if (!entrustment_.paper.sheet_heading.empty())
        out_.paragraph(entrustment_.paper.sheet_heading, {.size = kBody, .space_after = 3});
    auto title = text_of(section.fields.front()).parts();
    title.insert(title.begin(), pdf::Run{"件名　", true, false});
    out_.paragraph(pdf::Runs(std::move(title)), {.size = 12, .space_after = 2});
    if (paper_.reported != nullptr) {
        const auto& compared = entrustment_.paper.compared_with;
        out_.paragraph("※太字ゴシック（下線）が、" + (compared.empty() ? "前回報告した内容" : compared) +
                           "からの変更内容",
                       {.size = 9.5, .space_after = 2});
    }
    std::vector<pdf::TableRow> rows;
    for (std::size_t i = 1; i < section.fields.size(); ++i) {
        const auto& field = section.fields[i];
        rows.push_back({{field.label, pdf::Align::left, true}, {text_of(field)}});
    }
    out_.table({.columns = {kLabelColumn, 0}, .rows = std::move(rows), .size = kBody});
}

void Writer::draw(const FlowFigure& figure)
{
    out_.figure(figure.height + 6, [&](pdf::Canvas& canvas, double left, double top, double) {
        const pdf::TextStyle type{.face = pdf::Style::gothic, .size = kFigureType * kPointsPerMm};
        for (const auto& box : figure.boxes) {
            const double x = left + box.x, y = top + box.y;
            if (box.kind == PlaceKind::contractor) canvas.fill(x, y, box.width, box.height, pdf::Ink::grey(238));
            canvas.rectangle(x, y, box.width, box.height, box.kind == PlaceKind::ward ? 1.0 : 0.6);
            const auto lines = static_cast<double>(box.lines.size());
            double baseline = y + (box.height - lines * kFigureLeading) / 2 + kFigureType;
            for (const auto& line : box.lines) {
                canvas.text(x + box.width / 2, baseline, line, type, pdf::Align::centre);
                baseline += kFigureLeading;
            }
        }
        for (const auto& arrow : figure.arrows) {
            const auto& tip = arrow.points.back();
            const auto& before = arrow.points[arrow.points.size() - 2];
            const double length = std::hypot(tip.x - before.x, tip.y - before.y);
            const double ux = (tip.x - before.x) / length, uy = (tip.y - before.y) / length;
            const double neck_x = left + tip.x - ux * 2, neck_y = top + tip.y - uy * 2;
            canvas.line(left + before.x, top + before.y, neck_x, neck_y, 0.8);
            canvas.polygon({left + tip.x, top + tip.y, neck_x - uy * 0.9, neck_y + ux * 0.9, neck_x + uy * 0.9,
                            neck_y - ux * 0.9});
            double baseline = top + arrow.label.y;
            for (const auto& line : arrow.lines) {
                canvas.text(left + arrow.label.x, baseline, line,
                            {.face = pdf::Style::mincho, .size = kFigureType * kPointsPerMm});
                baseline += kFigureLeading;
            }
        }
    });
}

void Writer::flows()
{
    const auto told = spoken_flows(entrustment_);
    for (std::size_t i = 0; i < entrustment_.flows.size(); ++i) {
        const auto& flow = entrustment_.flows[i];
        out_.new_page();
        out_.heading(flow.title, 12, pdf::Align::centre);
        out_.space(4);
        draw(lay_out(flow, out_.text_width()));
        out_.paragraph(told.fields[i].text, {.size = 9.5, .space_before = 4});
    }
}

void Writer::item_lists()
{
    for (const auto& part : entrustment_.parts) {
        for (const auto& group : part.item_groups) {
            if (group.attachment.empty()) continue;
            out_.new_page();
            out_.paragraph(group.attachment, {.size = kBody, .align = pdf::Align::right});
            out_.heading(group.heading, 12, pdf::Align::centre);
            std::vector<pdf::TableRow> rows;
            for (std::size_t i = 0; i < group.items.size(); ++i)
                rows.push_back({{std::to_string(i + 1), pdf::Align::right},
                                {group.items[i].name},
                                {group.items[i].note > 0 ? fmt::format("※{}", group.items[i].note) : ""}});
            out_.table({.columns = {14, 0, 24}, .header = {"番号", "情報項目", "条件"}, .rows = std::move(rows)});
        }
    }
}

void Writer::provisions()
{
    out_.new_page();
    out_.paragraph("（別紙）", {.size = kBody, .align = pdf::Align::right});
    out_.heading("特記事項", 14, pdf::Align::centre);
    const auto& catalogue = paper_.catalogues.find(entrustment_.provisions.catalogue)->second;
    std::string heading;
    for (const auto& clause : clauses_of(catalogue, entrustment_.provisions)) {
        if (clause.heading != heading)
            out_.paragraph(pdf::Runs::bold("（" + clause.heading + "）"), {.size = 10, .space_before = 0.8});
        heading = clause.heading;
        out_.paragraph(fmt::format("{} {}", clause.number, clause.text), {.size = 10});
    }
}

} // namespace

Result<std::size_t> write_council_paper(const CouncilPaper& paper, pdf::Sink& sink, const pdf::FontBook& fonts)
{
    pdf::Paper out(
        sink, fonts,
        {.title = paper.entrustment.paper.title, .author = paper.entrustment.paper.department, .made = paper.made},
        {.header = paper.entrustment.outline.name});
    Writer(paper, out).write();
    out.finish();
    if (!out.missing().empty()) return refuse(kUnprintable, fmt::format("{}", fmt::join(out.missing(), " ")));
    return out.pages();
}

std::string file_name_of(const Entrustment& entrustment)
{
    return entrustment.outline.name + "_" + entrustment.paper.kind + ".pdf";
}

} // namespace azukari::entrustment
