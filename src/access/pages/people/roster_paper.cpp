#include "access/pages/people/roster_paper.h"

#include "access/pages/people/people_frame.h"
#include "access/pages/people/people_refusals.h"
#include "infra/pdf/paper.h"

#include <algorithm>
#include <fmt/ranges.h>

namespace azukari::access::people_pages {
namespace {

constexpr double kBody = 10.5;   // points
constexpr double kStampBox = 26; // millimetres, for the ward's date stamp
constexpr std::string_view kTitle = "取扱責任者・取扱者名簿";

bool holds(const RosterVersion& version, const RosterLine& line)
{
    return std::any_of(version.lines.begin(), version.lines.end(),
                       [&](const RosterLine& other) { return other.staff == line.staff && other.kind == line.kind; });
}

class Writer {
public:
    Writer(const RosterPaper& paper, pdf::Paper& out) : paper_(paper), out_(out) {}

    void write()
    {
        letterhead();
        out_.paragraph(pdf::Runs::bold(std::string(kTitle)),
                       {.size = 16, .align = pdf::Align::centre, .space_before = 9, .space_after = 7});
        request();
        people();
        changes();
        out_.paragraph("以上", {.size = kBody, .align = pdf::Align::right, .space_before = 3, .space_after = 5});
        proof();
        receipt();
    }

private:
    void letterhead();
    void request();
    void people();
    void changes();
    void proof();
    void receipt();

    const RosterPaper& paper_;
    pdf::Paper& out_;
};

void Writer::letterhead()
{
    const auto& version = paper_.version;
    out_.paragraph(fmt::format("第{}版", version.number), {.size = kBody, .align = pdf::Align::right});
    out_.paragraph(to_era(CivilDate::of(version.submitted)),
                   {.size = kBody, .align = pdf::Align::right, .space_after = 4});
    out_.paragraph(fmt::format("{}長　あて", paper_.ward), {.size = 12, .space_after = 5});
    const double inset = out_.text_width() * 0.5;
    out_.paragraph(fmt::format("受託者　{}", paper_.contractor), {.size = kBody, .indent = inset});
    out_.paragraph(fmt::format("提出者　{}", version.submitted_by), {.size = kBody, .indent = inset});
}

void Writer::request()
{
    const auto clause = paper_.entrusted.roster_clause;
    const auto basis = clause > 0 ? fmt::format("契約書に付された特記事項の第{}項に基づき、", clause) : std::string();
    out_.paragraph(
        fmt::format("　「{}」の委託について、{}個人情報を取り扱わせる者を次のとおり指定したので、報告します。",
                    paper_.entrusted.name, basis),
        {.size = kBody, .space_after = 4});
}

void Writer::people()
{
    std::vector<pdf::TableRow> rows;
    for (const auto& line : paper_.version.lines) {
        const bool added = paper_.before != nullptr && !holds(*paper_.before, line);
        rows.push_back({{std::to_string(rows.size() + 1), pdf::Align::right},
                        {std::string(japanese(line.kind))},
                        {pdf::Runs(std::vector<pdf::Run>{{line.name, true, false}, {"\n" + line.kana, false, false}})},
                        {line.employer},
                        {line.trained_until ? to_era(last_day(*line.trained_until)) : "未受講", pdf::Align::centre},
                        {added ? "新規" : "", pdf::Align::centre}});
    }
    out_.table({.columns = {11, 32, 36, 0, 32, 14},
                .header = {"番号", "区分", "氏名・フリガナ", "所属", "研修の有効期限", "備考"},
                .rows = std::move(rows),
                .size = 9.5});
}

void Writer::changes()
{
    if (paper_.before == nullptr) return;
    std::vector<std::string> gone;
    for (const auto& line : paper_.before->lines)
        if (!holds(paper_.version, line)) gone.push_back(fmt::format("{}（{}）", line.name, japanese(line.kind)));
    const auto text = gone.empty() ? "なし" : fmt::format("{}", fmt::join(gone, "、"));
    out_.paragraph(fmt::format("第{}版の名簿から外れた者　{}", paper_.before->number, text),
                   {.size = kBody, .space_before = 3});
}

void Writer::proof()
{
    out_.table({.columns = {34, 0},
                .rows = {{{"提出の日時", pdf::Align::left, true}, {to_japanese(paper_.version.submitted)}},
                         {{"名簿の指紋\n(SHA-256)", pdf::Align::left, true}, {paper_.version.digest}}},
                .size = 9});
    out_.paragraph(
        "※この名簿は、提出の時点の内容で固定されています。名簿の指紋は、記録台帳にある提出の記録と一致します。",
        {.size = 8.5, .space_before = 1.5, .space_after = 4});
}

void Writer::receipt()
{
    out_.figure(kStampBox, [](pdf::Canvas& canvas, double x, double y, double width) {
        const double left = x + width - 44;
        canvas.rectangle(left, y, 44, kStampBox, 0.5);
        canvas.line(left, y + 6, left + 44, y + 6, 0.5);
        canvas.text(left + 22, y + 4.3, "区　受付印", {.size = 9}, pdf::Align::centre);
    });
}

} // namespace

Result<void> write_roster_paper(const RosterPaper& paper, pdf::Sink& sink, const pdf::FontBook& fonts)
{
    pdf::Paper out(sink, fonts,
                   {.title = std::string(kTitle), .author = paper.contractor, .made = paper.version.submitted},
                   {.header = fmt::format("{}　第{}版", kTitle, paper.version.number)});
    Writer(paper, out).write();
    out.finish();
    if (!out.missing().empty()) return refuse(kUnprintableRoster, fmt::format("{}", fmt::join(out.missing(), " ")));
    return {};
}

std::string file_name_of(const RosterVersion& version)
{
    const auto day = CivilDate::of(version.submitted);
    return fmt::format("{}_第{}版_{:04}{:02}{:02}.pdf", kTitle, version.number, day.year(), day.month(), day.day());
}

} // namespace azukari::access::people_pages
