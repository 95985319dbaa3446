#include "access/pages/people/people_frame.h"

#include "access/pages/people/people_waiting.h"
#include "access/roster/training_rules.h"

namespace azukari::access::people_pages {

using namespace html;

std::string path_of(const Scope& scope, std::string_view below)
{
    return fmt::format("/entrustments/{}/{}", scope.entrustment()->text(), below);
}

Url address_of(const Scope& scope, std::string_view below)
{
    return Url(path_of(scope, below));
}

void stand_below(office::Page& page, const Scope& scope, const Entrusted& entrusted, Part part)
{
    page.crumbs = {{"委託の登録", url("/entrustments")},
                   {entrusted.name, url("/entrustments/", *scope.entrustment())},
                   part == Part::roster ? office::Crumb{"名簿", address_of(scope, "roster")}
                                        : office::Crumb{"研修", address_of(scope, "training")}};
}

office::Page framed(const Scope& scope, const Entrusted& entrusted, std::string title, Part part, Html body)
{
    office::Page page{std::move(title), {}};
    page.crumbs = {{"委託の登録", url("/entrustments")}, {entrusted.name, url("/entrustments/", *scope.entrustment())}};
    page.body =
        join(office::tabs("取り扱う方のページ", {{"名簿", address_of(scope, "roster"), part == Part::roster},
                                                 {"研修", address_of(scope, "training"), part == Part::training}}),
             body);
    return page;
}

CivilDate last_day(Instant until)
{
    return CivilDate::of(Instant{until.micros - 1});
}

Html training_cell(const std::optional<Instant>& until, const Moment& moment)
{
    switch (training_state(until, moment.at)) {
    case TrainingState::missing:
        return office::chip(office::Tone::caution, "まだ受けていません");
    case TrainingState::expired:
        return join(office::chip(office::Tone::bad, "期限が切れました"), " ",
                    span(office::on_day(last_day(*until)), "まで"));
    case TrainingState::current:
        break;
    }
    const auto day = span(office::on_day(last_day(*until)), "まで");
    if (!is_due(until, moment)) return day;
    return join(office::chip(office::Tone::caution, "まもなく期限"), " ", day);
}

std::string pass_words(const CourseContent& content)
{
    const auto questions = content.questions.size();
    if (static_cast<std::size_t>(content.pass_mark) == questions)
        return fmt::format("{}問すべての正解で合格です。", questions);
    return fmt::format("{}問のうち{}問以上の正解で合格です。", questions, content.pass_mark);
}

Html person_cell(std::string_view name, std::string_view kana)
{
    if (kana.empty()) return Html(name);
    return join(name, br(), small(kana));
}

} // namespace azukari::access::people_pages
