#include "printing/log/log_paper.h"

#include "infra/pdf/paper.h"
#include "printing/printing_refusals.h"

#include <algorithm>
#include <fmt/ranges.h>

namespace azukari::printing {
namespace {

constexpr double kBody = 10.5, kSmall = 8.5; // points
constexpr std::string_view kTitle = "印刷ログ";

pdf::TableRow row_of(const LogLine& line)
{
    using pdf::Align;
    auto people = fmt::format("申請 {}\n承認 {}\n印刷 {}", line.asked_by, line.agreed_by, line.sent_by);
    auto when = to_japanese(line.printed_at);
    std::replace(when.begin(), when.end(), ' ', '\n');
    auto why = line.purpose;
    if (!line.over_reason.empty()) why += "\n指定枚数以上の理由: " + line.over_reason;
    why += "\n" + line.ending;
    auto sheets = std::to_string(line.sheets);
    if (line.reported > 0 && line.reported != line.sheets) sheets += fmt::format("\n（計数 {}）", line.reported);
    return {{std::to_string(line.number), Align::right},
            {line.computer},
            {std::move(when)},
            {line.file},
            {line.printer},
            {std::move(sheets), Align::right},
            {std::move(people)},
            {std::move(why)}};
}

} // namespace

Result<void> write_log_paper(const PrintLog& log, Instant made, pdf::Sink& sink, const pdf::FontBook& fonts)
{
    pdf::Paper out(sink, fonts, {.title = std::string(kTitle), .author = log.contractor, .made = made},
                   {.page = {297, 210},
                    .top = 18,
                    .bottom = 18,
                    .left = 15,
                    .right = 15,
                    .header = fmt::format("{}　{}", kTitle, log.entrustment)});
    out.paragraph(to_era(CivilDate::of(made)), {.size = kBody, .align = pdf::Align::right});
    out.paragraph(fmt::format("{} 御中", log.ward), {.size = kBody});
    out.paragraph(log.contractor, {.size = kBody, .align = pdf::Align::right});
    out.paragraph(pdf::Runs::bold(std::string(kTitle)),
                  {.size = 16, .align = pdf::Align::centre, .space_before = 1, .space_after = 4});
    out.paragraph(fmt::format("　「{}」の委託で、{}から{}までに印刷したものは、次のとおりです。", log.entrustment,
                              to_era(log.from), to_era(log.to)),
                  {.size = kBody, .space_after = 3});
    std::vector<pdf::TableRow> rows;
    for (const auto& line : log.lines) rows.push_back(row_of(line));
    if (rows.empty()) {
        out.paragraph("　この期間に印刷したものはありません。", {.size = kBody, .space_after = 3});
    } else {
        out.table({.columns = {10, 33, 29, 48, 28, 18, 38, 0},
                   .header = {"番号", "印刷元コンピュータ名", "印刷日時", "印刷ファイル名", "印刷先プリンタ名",
                              "印刷枚数", "人", "目的・紙の行き先"},
                   .rows = std::move(rows),
                   .size = 8.5});
        out.space(2);
        out.paragraph(fmt::format("合計　{}件　{}枚", log.lines.size(), log.sheets()),
                      {.size = kBody, .align = pdf::Align::right, .space_after = 3});
    }
    out.paragraph(fmt::format("印刷はすべて、承認のあと「{}」から送られ、送る前に記録台帳に残っています。印刷枚数は、"
                              "送ったページ数に部数を掛けた数です（片面）。",
                              log.host.empty() ? "預かり" : log.host),
                  {.size = kSmall});
    out.paragraph(fmt::format("印刷ログの指紋（SHA-256）\n{}", digest_of(log)), {.size = kSmall});
    out.finish();
    if (!out.missing().empty()) return refuse(kUnprintable, fmt::format("{}", fmt::join(out.missing(), " ")));
    return {};
}

} // namespace azukari::printing
