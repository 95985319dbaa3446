// Who has been taught, until when; and where the person who looks stands.
#include "access/pages/people/people_frame.h"
#include "access/pages/people/people_waiting.h"
#include "access/roster/roster_store.h"
#include "access/roster/training_store.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::access::people_pages {
namespace {

using namespace html;

struct Person {
    RosterEntry entry;
    std::vector<Attempt> attempts; // newest first
};

struct Seen { // everything the page shows, read in one go
    Entrusted entrusted;
    std::vector<Person> people;
    std::optional<Course> course;
};

Result<Seen> see(const Rooms& rooms, const Scope& scope)
{
    AZK_TRY(auto entrusted, rooms.entrusted(scope));
    return rooms.db.read([&](const storage::Snapshot& snapshot) -> Result<Seen> {
        const auto id = *scope.entrustment();
        Seen seen{std::move(entrusted), {}, current_course(snapshot, id)};
        for (auto& entry : roster_of(snapshot, id))
            if (!entry.withdrawn) seen.people.push_back({entry, attempts_of(snapshot, id, entry.staff)});
        return seen;
    });
}

Html last_attempt(const std::vector<Attempt>& attempts)
{
    if (attempts.empty()) return {};
    const auto& last = attempts.front();
    return join(office::on_day(CivilDate::of(last.at)), fmt::format("　{}問中{}問正解　", last.questions, last.score),
                last.passed ? office::chip(office::Tone::good, "合格") : office::chip(office::Tone::bad, "不合格"),
                fmt::format("　{}", last.recorded ? "集合研修の記録" : "確認テスト"));
}

Html people_table(const office::Visit& visit, const Seen& seen)
{
    office::Table table{.caption = "名簿に載っている方の研修",
                        .columns = {{"氏名"}, {"区分"}, {"研修の有効期限"}, {"最近の受講"}, {"受講", {}, true}},
                        .rows = {},
                        .empty = "名簿に載っている方は、まだいません。"};
    for (const auto& [entry, attempts] : seen.people)
        table.rows.push_back({person_cell(entry.name, entry.kana), Html(japanese(entry.kind)),
                              training_cell(entry.trained_until, visit.moment),
                              attempts.empty() ? Html("まだありません") : last_attempt(attempts),
                              Html(fmt::format("{}回", attempts.size()))});
    return office::data_table(visit, table);
}

// Speaks to the person who looks, when they are on the roster themselves.
Html own_standing(const office::Visit& visit, const Scope& scope, const Seen& seen)
{
    const auto me = std::find_if(seen.people.begin(), seen.people.end(),
                                 [&](const Person& person) { return person.entry.staff == scope.staff(); });
    if (me == seen.people.end() || !seen.course) return {};
    const auto& until = me->entry.trained_until;
    const auto take = office::button_row(office::link_button(
        "教材を読んで確認テストを受ける", address_of(scope, "training/course"), office::Weight::primary));
    switch (training_state(until, visit.moment.at)) {
    case TrainingState::missing:
        return office::notice(
            office::Tone::caution, "あなたの研修が、まだ済んでいません。",
            join(p("教材を読み、確認テストに合格すると、個人情報を取り扱えるようになります。"), take));
    case TrainingState::expired:
        return office::notice(office::Tone::bad, "あなたの研修は、期限が切れています。",
                              join(p("もう一度確認テストに合格するまで、個人情報を取り扱えません。"), take));
    case TrainingState::current:
        break;
    }
    const auto until_when = p("有効期限は", office::on_day(last_day(*until)), "です。");
    if (is_due(until, visit.moment))
        return office::notice(office::Tone::caution, "あなたの研修は、まもなく期限が切れます。",
                              join(until_when, take));
    return office::notice(office::Tone::good, "あなたの研修は済んでいます。", until_when);
}

Html course_card(const Scope& scope, const Seen& seen)
{
    if (!seen.course) return office::notice(office::Tone::info, kNoCourse.sentence);
    const auto& content = seen.course->content;
    return office::link_card(
        fmt::format("教材: {}", content.title), address_of(scope, "training/course"),
        p("確認テストは", pass_words(content), fmt::format("合格した日から{}年間有効です。", content.valid_years)));
}

} // namespace

http::Response show_training(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
{
    const auto seen = see(rooms, scope);
    if (!seen) return office::show_refusal(visit, seen.error(), 404);
    auto page = framed(scope, seen->entrusted, "研修", Part::training,
                       join(own_standing(visit, scope, *seen), course_card(scope, *seen), people_table(visit, *seen)));
    const auto clause = seen->entrusted.training_clause;
    page.lead = p(clause > 0 ? fmt::format("特記事項の第{}項が求める、従事者への教育です。", clause) : std::string(),
                  "研修の有効期限が過ぎると、その日から個人情報を取り扱えなくなります。");
    if (seen->course && may(scope, actions::kRecordTraining))
        page.actions = office::link_button("集合研修を記録する", address_of(scope, "training/class"));
    return office::show(visit, page);
}

} // namespace azukari::access::people_pages
