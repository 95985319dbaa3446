#include "custody/paper/notice_paper.h"

#include "custody/label.h"
#include "custody/paper/paper_refusals.h"

#include <fmt/ranges.h>

namespace azukari::custody {
namespace {

constexpr double kBody = 10.5;
constexpr double kBox = 26, kCode = 18; // millimetres
constexpr std::string_view kTitle = "パスワード通知書";

pdf::TableCell label(std::string text)
{
    return {std::move(text), pdf::Align::left, true};
}

void write_on(pdf::Paper& out, const NoticePaper& paper)
{
    out.paragraph(pdf::Runs::bold(std::string(kTitle)), {.size = 16, .align = pdf::Align::centre, .space_after = 6});
    out.paragraph(fmt::format("　「{}」の委託で受け渡す、暗号化データ 第{}号のパスワードです。", paper.entrustment,
                              paper.package.number),
                  {.size = kBody, .space_after = 5});
    out.figure(kBox, [&](pdf::Canvas& canvas, double x, double y, double width) {
        canvas.rectangle(x, y, width, kBox, 0.8);
        canvas.text(x + width / 2, y + kBox / 2 + 3, paper.password,
                    {.face = pdf::Style::gothic, .size = 22, .spacing = 1.5}, pdf::Align::centre);
    });
    out.space(4);
    out.paragraph(
        "1 大文字で、-（ハイフン）も入力します。0（ゼロ）と O（オー）など、まぎらわしい文字は使っていません。\n"
        "2 7-Zip など、AES-256 の ZIP を開けるソフトで開きます。\n"
        "3 "
        "この通知書は1部だけです。暗号化データの媒体とは、別の機会に、別の方が手渡し、別の鍵付キャビネットで保管してく"
        "ださい。\n"
        "4 なくしたときは、直ちに取扱責任者と区に報告してください。",
        {.size = kBody, .space_after = 5});
    std::vector<pdf::TableRow> rows{
        {label("ラベル"), {grouped_label(paper.label)}},
        {label("暗号化データ"), {fmt::format("第{}号　{}", paper.package.number, paper.package.title)}},
        {label("指紋 (SHA-256)"), {paper.package.sha256}},
        {label("作った側"), {fmt::format("{}（{}）", japanese(paper.package.side), paper.maker)}},
        {label("印刷の日時"), {to_japanese(paper.printed)}}};
    out.table({.columns = {32, 0}, .rows = std::move(rows), .size = 9.5});
    out.space(4);
    out.figure(kCode + 2, [&](pdf::Canvas& canvas, double x, double y, double width) {
        canvas.code(x + width - kCode, y, kCode, pdf::data_matrix(paper.label));
    });
}

} // namespace

Result<void> write_notice_paper(const NoticePaper& paper, pdf::Sink& sink, const pdf::FontBook& fonts)
{
    pdf::Paper out(sink, fonts, {.title = std::string(kTitle), .author = paper.maker, .made = paper.printed}, {});
    write_on(out, paper);
    out.finish();
    if (!out.missing().empty()) return refuse(kUnprintable, fmt::format("{}", fmt::join(out.missing(), " ")));
    return {};
}

std::string notice_file_name(const Package& package)
{
    return fmt::format("{}_第{}号.pdf", kTitle, package.number);
}

} // namespace azukari::custody
