#include "custody/custody_store.h"
#include "infra/text/folding.h"
#include "office/shell/shell.h"
#include "programmes/guidance/batch/batch_refusals.h"
#include "programmes/guidance/batch/intake.h"
#include "programmes/guidance/guidance_refusals.h"
#include "programmes/guidance/pages/addresses.h"
#include "programmes/guidance/pages/batch_pages.h"
#include "programmes/guidance/received_file.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace azukari::guidance::pages {
namespace {

using namespace html;

constexpr std::size_t kCellsShown = 200; // of those in which something is wrong; the rest is counted

const std::vector<office::Choice> kBadRowChoices{
    {"refuse", "一件も取り込まない", "区に直してもらい、受け取り直します。"},
    {"set-aside", "正しくない行を除いて取り込む", "除いた行は記録に残ります。"}};
const std::vector<office::Choice> kColumnChoices{
    {"refuse", "取り込まない", "区に列を除いてもらい、受け取り直します。"},
    {"drop", "その列だけを除いて取り込む", "除いた列の名前を画面に示します。"}};

// Media of this entrustment that the contractor has now.
std::vector<office::Choice> media_at_hand(const Rooms& rooms, EntrustmentId entrustment)
{
    std::vector<office::Choice> choices{{"", "媒体によらない・登録がない"}};
    const auto things =
        rooms.db.read([&](const storage::Snapshot& snapshot) { return custody::things_of(snapshot, entrustment); });
    for (const auto& known : things)
        if (known.thing.kind == custody::ThingKind::medium && known.thing.with == custody::Side::contractor &&
            known.thing.state == custody::ThingState::kept)
            choices.push_back({known.thing.id.text(), known.label + "　" + known.words() + "　" + known.title});
    return choices;
}

// As somebody types a count: 「４，４１３」.
std::optional<std::int64_t> count_of(std::string_view typed)
{
    auto digits = text::nfkc(typed);
    std::erase_if(digits, [](char c) { return c == ',' || c == ' '; });
    std::int64_t count = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
    return count;
}

Html file_form(const Rooms& rooms, const office::Visit& visit, const office::FormState& state,
               EntrustmentId entrustment)
{
    return office::upload_form(
        visit, intake_address(entrustment), office::error_summary(state),
        office::select_field(
            state, {.name = "medium", .label = "受け取った媒体", .hint = "受渡しに登録した媒体から選びます。"},
            media_at_hand(rooms, entrustment)),
        office::text_field(state, {.name = "stated_rows",
                                   .label = "確認記録票の件数",
                                   .hint = "書いてあれば入力します。ファイルの件数と合わなければ取り込みません。",
                                   .size = office::Field::Size::small}),
        office::radio_group(state, {.name = "bad_rows", .label = "正しくない行があったとき"}, kBadRowChoices),
        office::radio_group(state, {.name = "undeclared", .label = "「受け取る形」にない列があったとき"},
                            kColumnChoices),
        office::text_field(state, {.name = "password",
                                   .label = "ZIP のパスワード",
                                   .hint = "暗号化された ZIP のときだけ、パスワード通知書のとおりに入力します。"
                                           "どこにも残しません。",
                                   .type = "password"}),
        office::file_field(state,
                           {.name = "file",
                            .label = "区から受け取ったファイル",
                            .hint =
                                "CSV（Windows の日本語または UTF-8）か、それを AES-256 で暗号化した ZIP。64MB まで。"
                                "列は「受け取る形」のとおりです。",
                            .required = true,
                            .most_bytes = office::kUploadBytes},
                           ".csv,.zip"),
        office::button_row(office::submit_button("検査して取り込む")));
}

std::string shape_of(const RecipientLayout& layout)
{
    const auto& shape = layout.shape();
    const auto first =
        shape.control_word.empty()
            ? fmt::format("一行目に次の {} 列の見出しを置き、二行目から一行に一人です。", layout.columns().size())
            : fmt::format("一行目は「{}」の制御行、二行目は次の {} 列の見出しで、三行目から一行に一人です。",
                          shape.control_word, layout.columns().size());
    const auto last = shape.trailer == FileShape::Trailer::none ? ""
                      : shape.trailer == FileShape::Trailer::counts ? "最後に、件数だけの終わりの行が要ります。"
                                                                    : "最後に、一欄だけの終わりの行が要ります。";
    return first + last + "列の順は問いません。全角と半角、ハイフンの種類の違いは同じ見出しとして扱います。";
}

// Which columns a file has to have, from the layout it is read by.
Html expected_columns(const office::Visit& visit, const RecipientLayout& layout, EntrustmentId entrustment)
{
    office::Table table{.caption = fmt::format("「{}」の列", layout.name()),
                        .columns = {{"見出し"}, {"情報項目"}, {"書き方"}, {"空欄"}},
                        .rows = {}};
    for (const auto& column : layout.columns()) {
        const auto gap = column.required == Required::always     ? "不可"
                         : column.required == Required::optional ? "可"
                                                                 : "区分による";
        table.rows.push_back({Html(column.header), Html(column.item),
                              Html(column.expectation() + (column.unique ? "。ほかの行と重ならない番号" : "")),
                              Html(gap)});
    }
    return section(h2("受け取る形"), p(shape_of(layout)),
                   p(a({href(headings_address(entrustment)), {"download", ""}}, "見出しだけの CSV を保存する")),
                   office::data_table(visit, table));
}

office::Page intake_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                         const office::FormState& state, const Html& findings = {})
{
    const auto entrustment = *scope.entrustment();
    office::Page page{"区のデータを取り込む", join(findings, file_form(rooms, visit, state, entrustment),
                                                   expected_columns(visit, rooms.press.columns, entrustment))};
    add_crumbs(page, rooms, scope);
    page.lead = p("すべての欄を委託の情報項目と照らし合わせてから、一人ずつ別の鍵で暗号化して保管します。");
    return page;
}

Html bad_cells(const office::Visit& visit, const TakenIn& taken)
{
    office::Table table{
        .caption = "正しくない欄", .columns = {{"どの欄か"}, {"いまの値の形"}, {"正しい形"}}, .rows = {}};
    for (const auto& cell : taken.bad) {
        if (table.rows.size() == kCellsShown) break;
        table.rows.push_back({Html(fmt::format("{} 行目「{}」", cell.line, cell.column)),
                              cell.masked.empty() ? span({cls("absent")}, "（空欄）") : code(cell.masked),
                              Html(cell.expected)});
    }
    const auto heading = fmt::format("正しくない欄が {} か所あったため、一件も取り込みませんでした", taken.bad.size());
    return join(
        office::notice(office::Tone::bad, heading,
                       p(fmt::format("全 {} 行を検査しました。値そのものは示していません（9 は数字、漢 は漢字…）。",
                                     taken.rows_in_file))),
        office::data_table(visit, table),
        when(taken.bad.size() > kCellsShown,
             p(fmt::format("ほかに {} か所あります。", taken.bad.size() - kCellsShown))));
}

std::string told(const TakenIn& taken)
{
    auto sentence = fmt::format("{} 人を取り込みました。", taken.rows_stored);
    if (taken.rows_in_file > taken.rows_stored)
        sentence += fmt::format("正しくない {} 行は除きました。", taken.rows_in_file - taken.rows_stored);
    if (!taken.dropped_columns.empty())
        sentence += fmt::format("「受け取る形」にない列（{}）は除きました。", fmt::join(taken.dropped_columns, "、"));
    const auto open = std::ranges::count_if(taken.differences, &Difference::not_judged);
    if (const auto differing = std::ssize(taken.differences) - open; differing > 0)
        sentence += fmt::format("保健指導区分が国の基準と違う人が {} 人います。", differing);
    if (open > 0) sentence += fmt::format("国の基準で判定できない人が {} 人います。", open);
    return sentence;
}

} // namespace

http::Response show_intake(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto state = office::filled({{"bad_rows", "refuse"}, {"undeclared", "refuse"}});
    return office::show(visit, intake_page(rooms, visit, scope, state));
}

http::Response take_headings(const Rooms& rooms, const office::Visit& visit, const access::Scope&)
{
    const auto row = heading_row(rooms.press.columns);
    if (!row) return office::show_refusal(visit, row.error(), 409);
    return http::Response::download(rooms.press.columns.name() + ".csv", "text/csv; charset=Shift_JIS", *row);
}

http::Response refuse_large_file(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    auto page =
        intake_page(rooms, visit, scope, office::refused(visit.request.form, {office::files_too_large("file")}));
    page.status = office::kRefusedForm;
    return office::show(visit, page);
}

http::Response take_file(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto entrustment = *scope.entrustment();
    const auto& form = visit.request.form;
    const auto again = [&](const Refusal& refusal) {
        auto page = intake_page(rooms, visit, scope,
                                office::refused(form, {refusal.field().empty() ? refusal.at_field("file") : refusal}));
        page.status = office::kRefusedForm;
        return office::show(visit, page);
    };
    const auto& files = visit.request.files;
    if (files.empty()) return again(Refusal(kNoFile));
    if (files.front().content.empty()) return again(Refusal(kEmptyFile));

    const auto opened = open_received(files.front().content, SecretText(std::string(form.get("password"))));
    if (!opened) return again(opened.error());
    const auto stated = count_of(form.get("stated_rows"));
    if (!stated && !text::is_blank(form.get("stated_rows"))) return again(Refusal(kCountExpected, {}, "stated_rows"));
    const IntakeWish wish{.content = *opened,
                          .bad_rows = form.get("bad_rows") == "set-aside" ? BadRows::set_aside : BadRows::refuse_file,
                          .undeclared =
                              form.get("undeclared") == "drop" ? UndeclaredColumns::drop : UndeclaredColumns::refuse,
                          .stated_rows = stated,
                          .medium = custody::ThingId::parse(form.get("medium"))};
    const auto declared = rooms.declared_items(scope);
    if (!declared) return again(declared.error());
    const auto taken = take_in(rooms.db, rooms.press.keystore, rooms.entropy, scope, rooms.press.columns, rooms.rules,
                               *declared, wish);
    if (!taken) return again(taken.error());
    if (!taken->batch) {
        auto page = intake_page(rooms, visit, scope, office::FormState{form, {}}, bad_cells(visit, *taken));
        page.status = office::kRefusedForm;
        return office::show(visit, page);
    }
    return http::Response::see_other(batch_address(entrustment, *taken->batch).text(), told(*taken));
}

} // namespace azukari::guidance::pages
