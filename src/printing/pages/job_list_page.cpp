// The list of print jobs, and how the printers stand.
#include "printing/pages/printing_frame.h"
#include "printing/printing_refusals.h"

#include <fmt/format.h>

namespace azukari::printing::pages {
namespace {

using namespace html;

Html due_cell(const PrintJob& job, Instant now)
{
    const auto until = due(job);
    if (!until) return Html("―");
    if (overdue(job, now))
        return join(office::chip(office::Tone::bad, "期限を過ぎています"), " ", office::when_at(*until));
    return office::when_at(*until);
}

Html state_of_printer(const Result<wire::PrinterReport>& report)
{
    using office::Tone;
    if (!report) return join(office::chip(Tone::bad, "つながりません"), " ", report.error().sentence());
    const auto trouble = trouble_of(*report);
    if (report->state == wire::PrinterState::stopped || !report->accepting)
        return join(office::chip(Tone::bad, "止まっています"), " ", trouble);
    const auto chip = report->state == wire::PrinterState::busy ? office::chip(Tone::info, "印刷中")
                                                                : office::chip(Tone::good, "使えます");
    return trouble.empty() ? chip : join(office::chip(Tone::caution, "確かめてください"), " ", trouble);
}

} // namespace

http::Response show_jobs(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto now = visit.moment.at;
    const auto found = rooms.means.db.read([&](const storage::Snapshot& snapshot) {
        std::vector<Seen> all;
        for (auto& job : jobs_of(snapshot, *scope.entrustment()))
            if (auto request = approval::find_request(snapshot, job.entrustment, job.approval))
                all.push_back({std::move(job), *std::move(request)});
        return all;
    });
    const bool ready = !rooms.means.printers.empty();
    const bool asks = ready && may(scope, access::actions::kAskPrint);
    const auto ask = office::link_button("印刷を申請する", address_of(scope, "/new"), office::Weight::primary);
    office::Table table{.caption = "印刷の一覧",
                        .columns = {{"番号"},
                                    {"申請した日時"},
                                    {"印刷ファイル名"},
                                    {"プリンター"},
                                    {"枚数", {}, true},
                                    {"状態"},
                                    {"紙の期限"}},
                        .rows = {},
                        .empty = "印刷は、まだ申請されていません。",
                        .caption_hidden = true};
    const auto paging = office::paging(visit, static_cast<std::int64_t>(found.size()));
    table.paging = &paging;
    const auto first = office::first_row(paging);
    for (auto at = first; at < std::min(first + paging.page_size, paging.total); ++at) {
        const auto& each = found[static_cast<std::size_t>(at)];
        table.rows.push_back({a({href(Url(path_of(scope, each.job.id)))}, fmt::format("第{}号", each.job.number)),
                              office::when_at(each.job.asked.at), Html(each.job.document.file_name),
                              Html(each.job.wish.printer), Html(office::grouped(each.job.sheets())),
                              state_chip(each.state(now)), due_cell(each.job, now)});
    }
    auto page =
        framed(rooms, scope, "印刷", Part::jobs, join(ready ? Html() : no_printer(), office::data_table(visit, table)));
    page.lead =
        p("個人情報を紙に印刷するときは、ここで申請し、別の人の承認を受けます。印刷ログは自動で残り、出てきた紙は、"
          "1枚残らず行き先を記録します。");
    page.actions = when(asks, ask);
    return office::show(visit, page);
}

http::Response show_printers(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    office::Table table{.caption = "設定されているプリンター",
                        .columns = {{"印刷先プリンター"}, {"いまの状態"}, {"待っている印刷", {}, true}},
                        .rows = {},
                        .empty = "プリンターは、設定されていません。"};
    for (const auto& printer : rooms.means.printers) {
        const auto report = rooms.means.spooler.ask_printer(printer.uri);
        table.rows.push_back({Html(printer.name), state_of_printer(report),
                              report ? Html(office::grouped(report->waiting)) : Html("―")});
    }
    auto page = framed(rooms, scope, "プリンター", Part::printers,
                       join(rooms.means.printers.empty() ? no_printer() : Html(), office::data_table(visit, table)));
    page.lead = p("サーバーの設定に書かれたプリンターだけに印刷します。このページを開いた時の状態です。");
    return office::show(visit, page);
}

} // namespace azukari::printing::pages
