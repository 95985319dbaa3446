// Handing the roster to the ward, and the paper of what was handed over.
#include "access/fence.h"
#include "access/pages/people/people_frame.h"
#include "access/pages/people/people_refusals.h"
#include "access/pages/people/roster_paper.h"
#include "access/roster/roster_store.h"
#include "access/roster/training_rules.h"
#include "party/party_store.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::access::people_pages {
namespace {

using namespace html;

struct Prepared {
    RosterVersion next;
    std::optional<RosterVersion> last;
};

Result<Prepared> prepare(const Rooms& rooms, const Scope& scope)
{
    return rooms.db.read([&](const storage::Snapshot& snapshot) -> Result<Prepared> {
        const auto id = *scope.entrustment();
        Prepared prepared{next_roster_version(snapshot, id), last_roster_version(snapshot, id)};
        AZK_REQUIRE(check_submission(roster_of(snapshot, id),
                                     prepared.last ? prepared.last->lines : std::vector<RosterLine>{}));
        return prepared;
    });
}

bool holds(const std::vector<RosterLine>& lines, const RosterLine& line)
{
    return std::any_of(lines.begin(), lines.end(),
                       [&](const RosterLine& other) { return other.staff == line.staff && other.kind == line.kind; });
}

Html lines_table(const office::Visit& visit, const Prepared& prepared)
{
    const auto& [next, last] = prepared;
    office::Table table{.caption = fmt::format("提出する名簿（第{}版、{}人）", next.number, next.lines.size()),
                        .columns = {{"氏名"}, {"区分"}, {"研修の有効期限"}, {"前回との違い"}},
                        .rows = {}};
    for (const auto& line : next.lines)
        table.rows.push_back(
            {person_cell(line.name, line.kana), Html(japanese(line.kind)),
             training_cell(line.trained_until, visit.moment),
             last && holds(last->lines, line) ? Html("変わらず") : office::chip(office::Tone::info, "新しく載る")});
    if (last)
        for (const auto& line : last->lines)
            if (!holds(next.lines, line))
                table.rows.push_back({person_cell(line.name, line.kana), Html(japanese(line.kind)), Html("―"),
                                      office::chip(office::Tone::neutral, "今回から外れる")});
    return office::data_table(visit, table);
}

// What keeps some of them from working after the submission; no reason to hold it back.
Html untrained(const office::Visit& visit, const RosterVersion& next)
{
    const auto count = std::count_if(next.lines.begin(), next.lines.end(), [&](const RosterLine& line) {
        return training_state(line.trained_until, visit.moment.at) != TrainingState::current;
    });
    if (count == 0) return {};
    return office::notice(office::Tone::info, fmt::format("研修が済んでいない方が{}人います。", count),
                          p("名簿は提出できますが、研修を終えるまで、その方は個人情報を取り扱えません。"));
}

struct Papers {
    std::vector<RosterVersion> versions; // newest first
    std::string ward, contractor;
};

Papers papers_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    Papers papers{roster_versions(snapshot, entrustment), {}, {}};
    const auto fence = find_fence(snapshot, entrustment);
    if (!fence) return papers;
    if (const auto ward = party::find_organisation(snapshot, fence->ward)) papers.ward = ward->name;
    if (const auto contractor = party::find_organisation(snapshot, fence->contractor))
        papers.contractor = contractor->name;
    return papers;
}

} // namespace

http::Response ask_submission(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
{
    const auto entrusted = rooms.entrusted(scope);
    if (!entrusted) return office::show_refusal(visit, entrusted.error(), 404);
    const auto prepared = prepare(rooms, scope);
    if (!prepared) return office::show_refusal(visit, prepared.error(), 409);
    // What cannot be printed must not become a version: its paper could never be handed over.
    pdf::TextSink trial;
    const auto printable = write_roster_paper({*entrusted, {}, {}, prepared->next, nullptr}, trial, rooms.fonts);
    if (!printable) return office::show_refusal(visit, printable.error(), 409);
    office::Confirmation confirmation{
        .title = "名簿を区に提出します",
        .consequences = {fmt::format("下の内容が第{}版の名簿として固定され、区が見られるようになります。",
                                     prepared->next.number),
                         "新しく載る方は、研修が済んでいれば、すぐに個人情報を取り扱えるようになります。",
                         "だれがいつ提出したかが、名簿の指紋とともに記録台帳に残ります。"},
        .summary = join(untrained(visit, prepared->next), lines_table(visit, *prepared),
                        office::description_list(
                            {{"委託", Html(entrusted->name)}, {"名簿の指紋（SHA-256）", code(prepared->next.digest)}})),
        .confirm_label = "この内容で区に提出する",
        .action = address_of(scope, "roster/submission"),
        .cancel = address_of(scope, "roster"),
        .carried = {{"digest", prepared->next.digest}}};
    auto page = office::confirmation_page(visit, confirmation);
    page.width = office::Width::wide;
    stand_below(page, scope, *entrusted, Part::roster);
    return office::show(visit, page);
}

http::Response submit_to_ward(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
{
    const auto submitted =
        rooms.db.write([&](storage::Tx& tx) { return submit_roster(tx, scope, visit.request.form.get("digest")); });
    if (!submitted) return office::show_refusal(visit, submitted.error(), 409);
    return http::Response::see_other(path_of(scope, "roster"),
                                     fmt::format("第{}版の名簿を区に提出しました。", *submitted));
}

http::Response take_paper(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
{
    const auto entrusted = rooms.entrusted(scope);
    if (!entrusted) return office::show_refusal(visit, entrusted.error(), 404);
    const auto wanted = visit.request.path_params.get("version");
    const auto papers =
        rooms.db.read([&](const storage::Snapshot& snapshot) { return papers_of(snapshot, *scope.entrustment()); });
    const auto found = std::find_if(papers.versions.begin(), papers.versions.end(),
                                    [&](const auto& version) { return std::to_string(version.number) == wanted; });
    if (found == papers.versions.end()) return office::show_refusal(visit, Refusal(kNoSuchVersion), 404);
    const auto before = std::next(found);
    pdf::TextSink sink;
    const auto written = write_roster_paper(
        {*entrusted, papers.ward, papers.contractor, *found, before == papers.versions.end() ? nullptr : &*before},
        sink, rooms.fonts);
    if (!written) return office::show_refusal(visit, written.error(), 409);
    return http::Response::download(file_name_of(*found), "application/pdf", std::move(sink).take());
}

} // namespace azukari::access::people_pages
