#include "office/desk/jobs_page.h"

#include "office/shell/shell.h"

#include <fmt/format.h>

namespace azukari::desk {
namespace {

using namespace html;
using office::Tone;

Html state_of(const jobs::Standing& standing)
{
    if (!standing.failure.empty()) return join(office::chip(Tone::bad, "できていません"), p(standing.failure));
    if (!standing.history.done) return office::chip(Tone::neutral, "まだです");
    return office::chip(Tone::good, "済み");
}

Html table_of(const office::Visit& visit, const std::vector<jobs::Standing>& standings)
{
    office::Table table{.caption = "処理の一覧",
                        .columns = {{"処理"}, {"いつ"}, {"最後に済んだ日時"}, {"状態"}},
                        .rows = {},
                        .caption_hidden = true};
    for (const auto& standing : standings)
        table.rows.push_back({Html(standing.japanese), Html(japanese(standing.turn)),
                              standing.history.done ? office::when_at(*standing.history.done) : Html("―"),
                              state_of(standing)});
    return office::data_table(visit, table);
}

Html witnessing_of(const ledger::Witnessing& witnessing)
{
    return office::description_list(
        {{"区が最後に連署した日時", witnessing.last ? office::when_at(witnessing.last->at) : Html("まだありません")},
         {"区の連署がまだない記録",
          Html(fmt::format("{}件", office::grouped(static_cast<std::int64_t>(witnessing.unwitnessed))))}});
}

} // namespace

http::Response show_jobs(const Rooms& rooms, const office::Visit& visit)
{
    const auto standings = rooms.rhythm.standings();
    const auto failing = rooms.rhythm.failing().size();
    const auto witnessing =
        rooms.db.read([&](const storage::Snapshot& snapshot) { return rooms.publisher.witnessing(snapshot); });
    const auto head =
        failing == 0 ? Html()
                     : office::notice(Tone::bad, fmt::format("{}件の処理ができていません", failing),
                                      p("しばらくすると、システムがもう一度行います。続くときは、システムの管理者に"
                                        "連絡してください。仕事はそのまま続けられます。"));
    office::Page page{"定時の処理",
                      join(head, table_of(visit, standings), h2("記録台帳と区の連署"), witnessing_of(witnessing))};
    page.crumbs = {{"ホーム", url("/")}};
    page.lead = "人が頼まなくても、システムが決まった時に行う処理です。";
    return office::show(visit, page);
}

} // namespace azukari::desk
