// 印刷ログ: looking at it, taking it as paper or as a table, handing it to the ward.
#include "printing/log/log_paper.h"
#include "printing/log/log_store.h"
#include "printing/pages/printing_frame.h"
#include "printing/printing_refusals.h"

#include <fmt/format.h>

namespace azukari::printing::pages {
namespace {

using namespace html;

struct Days {
    CivilDate from, to;
};

// The days a form or an address names; this month's where it names none.
Result<Days> days_in(const http::Fields& fields, CivilDate today)
{
    if (fields.get("from").empty() && fields.get("to").empty())
        return Days{today.plus_days(1 - static_cast<std::int32_t>(today.day())), today};
    const auto from = CivilDate::parse(fields.get("from")), to = CivilDate::parse(fields.get("to"));
    if (!from || !to) return refuse_field("from", kDaysExpected);
    AZK_REQUIRE(check_days(*from, *to));
    return Days{*from, *to};
}

PrintLog log_of(const Rooms& rooms, const access::Scope& scope, const Days& days)
{
    const auto name = rooms.name(scope);
    return rooms.means.db.read([&](const storage::Snapshot& snapshot) {
        return read_log(snapshot, scope, days.from, days.to, name ? *name : std::string());
    });
}

Html log_table(const office::Visit& visit, const PrintLog& log)
{
    office::Table table{.caption = fmt::format("{}から{}まで（{}件、{}枚）", to_era(log.from), to_era(log.to),
                                               office::grouped(static_cast<std::int64_t>(log.lines.size())),
                                               office::grouped(log.sheets())),
                        .columns = {{"番号"},
                                    {"印刷元コンピュータ名"},
                                    {"印刷日時"},
                                    {"印刷ファイル名"},
                                    {"印刷先プリンタ名"},
                                    {"印刷枚数", {}, true},
                                    {"指定枚数以上の理由・紙の行き先"}},
                        .rows = {},
                        .empty = "この期間に印刷したものはありません。"};
    for (const auto& line : log.lines)
        table.rows.push_back(
            {Html(fmt::format("第{}号", line.number)), Html(line.computer), office::when_at(line.printed_at),
             Html(line.file), Html(line.printer), Html(office::grouped(line.sheets)),
             line.over_reason.empty() ? Html(line.ending) : join("理由: ", line.over_reason, br(), line.ending)});
    return office::data_table(visit, table);
}

Html days_carried(const Days& days)
{
    return join(office::hidden_field("from", days.from.iso()), office::hidden_field("to", days.to.iso()));
}

Html taking(const office::Visit& visit, const access::Scope& scope, const Days& days)
{
    if (!may(scope, access::actions::kTakePrintLog)) return {};
    const auto button = [&](std::string_view label, std::string_view below) {
        return office::post_form(visit, address_of(scope, below), days_carried(days),
                                 office::submit_button(label, office::Weight::secondary));
    };
    return office::button_row(join(button("紙にする（PDF）", "/log/paper"), button("表にする（CSV）", "/log/csv")));
}

Html submitted(const office::Visit& visit, const Rooms& rooms, const access::Scope& scope)
{
    office::Table table{
        .caption = "区への提出",
        .columns =
            {{"提出した日時"}, {"期間"}, {"件数", {}, true}, {"枚数", {}, true}, {"提出した人"}, {"指紋（SHA-256）"}},
        .rows = {},
        .empty = "印刷ログは、まだ提出されていません。"};
    rooms.means.db.read([&](const storage::Snapshot& snapshot) {
        for (const auto& each : submissions(snapshot, *scope.entrustment()))
            table.rows.push_back(
                {office::when_at(each.at),
                 a({href(Url(path_of(scope, fmt::format("/log?from={}&to={}", each.from.iso(), each.to.iso()))))},
                   fmt::format("{}から{}まで", to_era(each.from), to_era(each.to))),
                 Html(office::grouped(each.jobs)), Html(office::grouped(each.sheets)), Html(name_of(snapshot, each.by)),
                 code(each.sha256.substr(0, 16), "…")});
    });
    return office::data_table(visit, table);
}

// The whole days that are over.
Days over_days(const Days& days, CivilDate today)
{
    return {days.from, std::min(days.to, today.plus_days(-1))};
}

http::Response refused_log(const office::Visit& visit, const Refusal& refusal)
{
    return office::show_refusal(visit, refusal, 409);
}

} // namespace

http::Response show_log(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto named_days = days_in(visit.request.query, visit.moment.today);
    const auto state = named_days ? office::filled({{"from", named_days->from.iso()}, {"to", named_days->to.iso()}})
                                  : office::refused(visit.request.query, {named_days.error()});
    const auto days = named_days ? *named_days : *days_in({}, visit.moment.today);
    const auto log = log_of(rooms, scope, days);
    auto page = framed(rooms, scope, "印刷ログ", Part::log,
                       join(office::error_summary(state),
                            office::filter_form(address_of(scope, "/log"),
                                                office::date_field(state, {.name = "from", .label = "はじめの日"}),
                                                office::date_field(state, {.name = "to", .label = "終わりの日"})),
                            log_table(visit, log), taking(visit, scope, days), submitted(visit, rooms, scope)));
    page.lead =
        p("印刷元コンピュータ名、印刷日時、印刷ファイル名、印刷先プリンタ名、印刷枚数は、印刷そのものから記録されます。"
          "だれも書き直せません。");
    page.status = named_days ? 200 : office::kRefusedForm;
    if (may(scope, access::actions::kSubmitPrintLog))
        page.actions = office::link_button(
            "区に提出する",
            Url(path_of(scope, fmt::format("/log/submission?from={}&to={}", days.from.iso(), days.to.iso()))),
            office::Weight::primary);
    return office::show(visit, page);
}

http::Response take_log_paper(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto days = days_in(visit.request.form, visit.moment.today);
    if (!days) return refused_log(visit, days.error());
    const auto log = log_of(rooms, scope, *days);
    pdf::TextSink sink;
    if (const auto written = write_log_paper(log, visit.moment.at, sink, rooms.fonts); !written)
        return refused_log(visit, written.error());
    rooms.means.db.write([&](storage::Tx& tx) { note_log_taken(tx, scope, log, "pdf"); });
    return http::Response::download(file_name_of(log, "pdf"), "application/pdf", std::move(sink).take());
}

http::Response take_log_csv(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto days = days_in(visit.request.form, visit.moment.today);
    if (!days) return refused_log(visit, days.error());
    const auto log = log_of(rooms, scope, *days);
    rooms.means.db.write([&](storage::Tx& tx) { note_log_taken(tx, scope, log, "csv"); });
    return http::Response::download(file_name_of(log, "csv"), "text/csv; charset=utf-8", to_csv(log));
}

http::Response ask_submission(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto asked = days_in(visit.request.query, visit.moment.today);
    if (!asked) return refused_log(visit, asked.error());
    const auto days = over_days(*asked, visit.moment.today);
    if (days.to < days.from) return refused_log(visit, Refusal(kDayNotOver));
    const auto log = log_of(rooms, scope, days);
    std::int64_t reasons = 0;
    for (const auto& line : log.lines) reasons += line.over_reason.empty() ? 0 : 1;
    office::Confirmation confirmation{
        .title = "印刷ログを区に提出します",
        .consequences = {"区の担当職員が、この期間の印刷ログを提出されたものとして見られるようになります。",
                         "提出したときの内容の指紋が記録台帳に残ります。"},
        .summary = join(office::description_list(
                            {{"期間", Html(fmt::format("{}から{}まで", to_era(log.from), to_era(log.to)))},
                             {"件数", Html(office::grouped(static_cast<std::int64_t>(log.lines.size())) + "件")},
                             {"印刷枚数", Html(office::grouped(log.sheets()) + "枚")},
                             {"指定枚数以上の理由", Html(office::grouped(reasons) + "件")},
                             {"印刷ログの指紋（SHA-256）", code(digest_of(log))}}),
                        log_table(visit, log)),
        .confirm_label = "提出する",
        .action = address_of(scope, "/log/submission"),
        .cancel = address_of(scope, "/log"),
        .carried = {{"from", days.from.iso()}, {"to", days.to.iso()}, {"seen", digest_of(log)}}};
    auto page = office::confirmation_page(visit, confirmation);
    stand_below(page, rooms, scope);
    page.crumbs.push_back({"印刷ログ", address_of(scope, "/log")});
    return office::show(visit, page);
}

http::Response save_submission(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto days = days_in(visit.request.form, visit.moment.today);
    if (!days) return refused_log(visit, days.error());
    const auto log = log_of(rooms, scope, *days);
    if (digest_of(log) != visit.request.form.get("seen")) return refused_log(visit, Refusal(kLogChanged));
    const auto done = rooms.means.db.write([&](storage::Tx& tx) {
        IdSource ids(visit.moment.at, rooms.means.entropy);
        return submit(tx, ids, scope, log);
    });
    if (!done) return refused_log(visit, done.error());
    return http::Response::see_other(path_of(scope, "/log"), "印刷ログを区に提出しました。");
}

} // namespace azukari::printing::pages
