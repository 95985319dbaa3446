#include "access/pages/people/people_frame.h"
#include "access/roster/roster_store.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::access::people_pages {
namespace {

using namespace html;

struct Seen { // everything the page shows, read in one go
    Entrusted entrusted;
    std::vector<RosterEntry> entries;
    std::vector<RosterVersion> versions;
    bool news;
};

Result<Seen> see(const Rooms& rooms, const Scope& scope)
{
    AZK_TRY(auto entrusted, rooms.entrusted(scope));
    return rooms.db.read([&](const storage::Snapshot& snapshot) -> Result<Seen> {
        const auto id = *scope.entrustment();
        return Seen{std::move(entrusted), roster_of(snapshot, id), roster_versions(snapshot, id),
                    roster_has_news(snapshot, id)};
    });
}

Html state_chip(RosterState state)
{
    switch (state) {
    case RosterState::proposed:
        return office::chip(office::Tone::caution, "提出前");
    case RosterState::submitted:
        return office::chip(office::Tone::good, "提出済み");
    case RosterState::withdrawn:
        return office::chip(office::Tone::neutral, "外れた");
    }
    return {};
}

// Who did what when, newest first.
Html history(const Seen& seen)
{
    std::vector<office::Happening> happenings;
    for (const auto& entry : seen.entries) {
        const auto who = fmt::format("{}さん（{}）", entry.name, japanese(entry.kind));
        happenings.push_back({entry.proposed, p(who, "を名簿に載せた"), entry.proposed_by, office::Tone::info});
        if (entry.withdrawn)
            happenings.push_back({*entry.withdrawn, p(who, "を名簿から外した（理由: ", entry.reason, "）"),
                                  entry.withdrawn_by, office::Tone::caution});
    }
    for (const auto& version : seen.versions)
        happenings.push_back({version.submitted,
                              p(fmt::format("第{}版（{}人）を区に提出した", version.number, version.lines.size())),
                              version.submitted_by, office::Tone::good});
    std::stable_sort(happenings.begin(), happenings.end(),
                     [](const auto& one, const auto& other) { return one.at > other.at; });
    if (happenings.empty()) return {};
    return section(h2("経過"), office::time_line(happenings));
}

Html people_table(const office::Visit& visit, const Scope& scope, const Seen& seen)
{
    const bool changes = may(scope, actions::kProposeRoster);
    office::Table table{.caption = "名簿に載っている方",
                        .columns = {{"氏名"}, {"区分"}, {"状態"}, {"研修の有効期限"}},
                        .rows = {},
                        .empty = "名簿に載っている方は、まだいません。"};
    if (changes) {
        table.columns.push_back({"操作"});
        table.empty_action = office::link_button("名簿に載せる", address_of(scope, "roster/new"));
    }
    for (const auto& entry : seen.entries) {
        if (entry.withdrawn) continue;
        office::Row row{person_cell(entry.name, entry.kana), Html(japanese(entry.kind)), state_chip(entry.state()),
                        training_cell(entry.trained_until, visit.moment)};
        if (changes)
            row.push_back(
                a({href(url("/entrustments/", *scope.entrustment(), "/roster/entries/", entry.id, "/withdrawal"))},
                  span({cls("visually-hidden")}, entry.name, "さんを"), "名簿から外す"));
        table.rows.push_back(std::move(row));
    }
    return office::data_table(visit, table);
}

Html gone_table(const office::Visit& visit, const Seen& seen)
{
    office::Table table{
        .caption = "名簿から外れた方", .columns = {{"氏名"}, {"区分"}, {"状態"}, {"外れた日時"}, {"理由"}}, .rows = {}};
    for (const auto& entry : seen.entries)
        if (entry.withdrawn)
            table.rows.push_back({person_cell(entry.name, entry.kana), Html(japanese(entry.kind)),
                                  state_chip(entry.state()), office::when_at(*entry.withdrawn), Html(entry.reason)});
    return table.rows.empty() ? Html() : office::data_table(visit, table);
}

Html versions_table(const office::Visit& visit, const Scope& scope, const Seen& seen)
{
    office::Table table{
        .caption = "区に提出した名簿",
        .columns =
            {{"版"}, {"提出した日時"}, {"提出した方"}, {"人数", {}, true}, {"名簿の PDF"}, {"名簿の指紋（SHA-256）"}},
        .rows = {},
        .empty = "区に提出した名簿は、まだありません。",
        .caption_hidden = true};
    for (const auto& version : seen.versions)
        table.rows.push_back(
            {Html(fmt::format("第{}版", version.number)), office::when_at(version.submitted),
             Html(version.submitted_by), Html(fmt::format("{}人", version.lines.size())),
             a({href(url("/entrustments/", *scope.entrustment(), "/roster/versions/", version.number))},
               fmt::format("第{}版の名簿（PDF）", version.number)),
             code(version.digest.substr(0, 16), "…")});
    return office::data_table(visit, table);
}

// Where the roster stands with the ward, and what comes next.
Html standing(const Scope& scope, const Seen& seen)
{
    if (!seen.news) return {};
    const bool never = seen.versions.empty();
    if (is_ward(scope.role()))
        return never ? office::notice(office::Tone::info, "この委託の名簿は、まだ提出されていません。") : Html();
    const bool mine = may(scope, actions::kSubmitRoster);
    return office::notice(office::Tone::caution,
                          never ? "この名簿は、まだ区に提出していません。"
                                : "前回の提出のあとに、名簿が変わっています。",
                          p("提出前の方は、提出が済むまで個人情報を取り扱えません。",
                            mine ? "内容を確かめて、区に提出してください。" : "提出は取扱責任者が行います。"));
}

Html actions_of(const Scope& scope, const Seen& seen)
{
    Html buttons;
    if (seen.news && may(scope, actions::kSubmitRoster))
        buttons += office::link_button("区に提出する", address_of(scope, "roster/submission"), office::Weight::primary);
    if (may(scope, actions::kProposeRoster))
        buttons += office::link_button("名簿に載せる", address_of(scope, "roster/new"));
    return buttons;
}

} // namespace

http::Response show_roster(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
{
    const auto seen = see(rooms, scope);
    if (!seen) return office::show_refusal(visit, seen.error(), 404);
    auto page = framed(scope, seen->entrusted, "名簿", Part::roster,
                       join(standing(scope, *seen), people_table(visit, scope, *seen), h2("区に提出した名簿"),
                            versions_table(visit, scope, *seen), gone_table(visit, *seen), history(*seen)));
    page.lead = p("この委託で個人情報を取り扱う方を、あらかじめ指定して区に報告するための名簿です。"
                  "提出済みの名簿に載り、研修の有効期限内にある方だけが、個人情報を取り扱えます。");
    page.actions = actions_of(scope, *seen);
    return office::show(visit, page);
}

} // namespace azukari::access::people_pages
