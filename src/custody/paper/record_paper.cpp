#include "custody/paper/record_paper.h"

#include "custody/label.h"
#include "custody/paper/paper_refusals.h"
#include "ledger/note/paper.h"

#include <fmt/ranges.h>

namespace azukari::custody {
namespace {

constexpr double kBody = 10.5, kSmall = 8.5; // points
constexpr double kCode = 22;                 // millimetres
constexpr std::string_view kTitle = "確認記録票";

pdf::TableCell label(std::string text)
{
    return {std::move(text), pdf::Align::left, true};
}

class Writer {
public:
    Writer(const RecordPaper& paper, pdf::Paper& out) : paper_(paper), record_(paper.record), out_(out) {}

    void write()
    {
        out_.paragraph(fmt::format("第{}号", record_.number), {.size = kBody, .align = pdf::Align::right});
        out_.paragraph(pdf::Runs::bold(std::string(kTitle)),
                       {.size = 16, .align = pdf::Align::centre, .space_before = 2, .space_after = 6});
        out_.paragraph(fmt::format("　「{}」の委託について、次のとおり受渡しを{}。", paper_.entrustment,
                                   record_.holds() ? "行ったことを、双方が確認しました" : "記録しました"),
                       {.size = kBody, .space_after = 4});
        if (!record_.holds()) unconfirmed();
        facts();
        things();
        signatures();
        disputes();
        witness();
    }

private:
    std::string of_side(Side side, const std::string& name) const
    {
        return fmt::format("{}（{}）　{}", japanese(side), side == Side::ward ? paper_.ward : paper_.contractor, name);
    }
    void unconfirmed()
    {
        const auto state = record_.hand_over.state == HandOverState::withdrawn
                               ? "この受渡しは取り消されました。"
                               : "この受渡しは、まだ双方の確認が済んでいません。控えとしてだけ使ってください。";
        out_.paragraph(pdf::Runs::bold(state), {.size = kBody, .align = pdf::Align::centre, .space_after = 4});
    }
    void facts();
    void things();
    void signatures();
    void disputes();
    void witness();

    const RecordPaper& paper_;
    const Record& record_;
    pdf::Paper& out_;
};

void Writer::facts()
{
    const auto& hand_over = record_.hand_over;
    std::vector<pdf::TableRow> rows{
        {label("区分"), {std::string(japanese(hand_over.purpose))}},
        {label("日時"), {fmt::format("{}（{}）", to_japanese(hand_over.at), to_era(CivilDate::of(hand_over.at)))}},
        {label("渡した方"), {of_side(hand_over.from, record_.giver)}},
        {label("受け取った方"), {of_side(other(hand_over.from), record_.receiver)}},
        {label("運んだ方"), {record_.carrier}}};
    if (hand_over.due) rows.push_back({label("返却の期限"), {to_era(*hand_over.due)}});
    out_.table({.columns = {32, 0}, .rows = std::move(rows), .size = kBody});
    out_.space(3);
}

void Writer::things()
{
    std::vector<pdf::TableRow> rows;
    for (const auto& line : record_.lines)
        rows.push_back({{std::to_string(rows.size() + 1), pdf::Align::right},
                        {grouped_label(line.label)},
                        {line.words},
                        {line.content},
                        {fmt::format("{}{}", line.quantity, line.unit), pdf::Align::right}});
    out_.table({.columns = {9, 34, 46, 0, 18},
                .header = {"", "ラベル", "媒体・書類", "情報の内容", "数量"},
                .rows = std::move(rows),
                .size = 9.5});
    out_.space(3);
}

void Writer::signatures()
{
    std::vector<pdf::TableRow> rows;
    for (const auto side : {Side::ward, Side::contractor}) {
        const auto* signature = record_.signature(side);
        const bool holds = signature != nullptr && signature->holds;
        rows.push_back({label(side == Side::ward ? "区の確認" : "受託者の確認"),
                        {holds ? signature->name : "（未確認）"},
                        {holds ? to_japanese(signature->at) : ""}});
    }
    out_.table({.columns = {32, 0, 52},
                .header = {"", "本人確認のうえ署名した方", "署名の日時"},
                .rows = std::move(rows),
                .size = kBody});
    out_.paragraph(fmt::format("記録した方　{}（{}）", record_.recorded_by, to_japanese(record_.recorded_at)),
                   {.size = kSmall, .space_before = 1.5});
    out_.paragraph(fmt::format("署名された文の指紋（SHA-256）\n{}", digest_of(record_)),
                   {.size = kSmall, .space_after = 4});
}

void Writer::disputes()
{
    if (record_.disputes.empty()) return;
    std::vector<pdf::TableRow> rows;
    for (const auto& each : record_.disputes) {
        rows.push_back({{fmt::format("{}　{}", japanese(each.side), each.name)},
                        {to_japanese(each.at)},
                        {each.reason},
                        {each.settled ? each.outcome : "申出中"}});
        for (const auto& written : each.resolutions)
            rows.push_back({{fmt::format("{}　{}", japanese(written.side), written.name)},
                            {to_japanese(written.at)},
                            {written.words},
                            {"経緯と措置"}});
        if (each.is_open()) rows.push_back({{""}, {""}, {"双方の経緯と措置がそろっていません。"}, {"未終結"}});
    }
    out_.table({.columns = {34, 40, 0, 28},
                .header = {"相違の申出", "日時", "内容", "その後"},
                .rows = std::move(rows),
                .size = 9});
    out_.space(3);
}

// What the paper proves later: the ledger held these entries when it was printed.
void Writer::witness()
{
    const auto letters = ledger::note::to_paper(paper_.checkpoint);
    out_.paragraph(pdf::Runs::bold("紙の証人"), {.size = kBody, .space_after = 1});
    out_.paragraph(
        fmt::format("印刷の時点（{}）の記録台帳は{}件です。次の文字は、その件数と内容の全体を表します。後日、"
                    "azukari-verify に写すと、記録が書き換えられていないことを確かめられます。",
                    to_japanese(paper_.printed), paper_.checkpoint.size),
        {.size = kSmall, .space_after = 2});
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < letters.size();) {
        const auto end = std::min(letters.find('\n', at), letters.size());
        if (end > at) lines.push_back(letters.substr(at, end - at));
        at = end + 1;
    }
    out_.figure(kCode + 4, [&](pdf::Canvas& canvas, double x, double y, double width) {
        double baseline = y + 4;
        for (const auto& line : lines) {
            canvas.text(x + 2, baseline, line, {.face = pdf::Style::gothic, .size = 9.5, .spacing = 1});
            baseline += 4.2;
        }
        canvas.code(x + width - kCode - 2, y, kCode, pdf::qr_code(letters));
    });
}

} // namespace

Result<std::int64_t> write_record_paper(const RecordPaper& paper, pdf::Sink& sink, const pdf::FontBook& fonts)
{
    pdf::Paper out(sink, fonts, {.title = std::string(kTitle), .author = paper.ward, .made = paper.printed},
                   {.top = 22, .bottom = 20, .header = fmt::format("{}　第{}号", kTitle, paper.record.number)});
    Writer(paper, out).write();
    out.finish();
    if (!out.missing().empty()) return refuse(kUnprintable, fmt::format("{}", fmt::join(out.missing(), " ")));
    return static_cast<std::int64_t>(out.pages());
}

std::string file_name_of(const Record& record)
{
    const auto day = CivilDate::of(record.hand_over.at);
    return fmt::format("{}_第{}号_{:04}{:02}{:02}.pdf", kTitle, record.number, day.year(), day.month(), day.day());
}

} // namespace azukari::custody
