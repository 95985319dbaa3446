// The material, the test under it, and its result.
#include "access/pages/people/people_frame.h"
#include "access/roster/training_store.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace azukari::access::people_pages {
namespace {

using namespace html;

std::string field_of(std::size_t question)
{
    return fmt::format("q{}", question + 1);
}

// Paragraphs are separated by empty lines; one that begins with "# " is a heading (roster/training.h).
Html material(std::string_view text)
{
    Html out;
    while (!text.empty()) {
        const auto end = std::min(text.find("\n\n"), text.size());
        const auto block = text.substr(0, end);
        if (block.starts_with("# "))
            out += h3(block.substr(2));
        else if (!block.empty())
            out += p(block);
        text.remove_prefix(std::min(end + 2, text.size()));
    }
    return out;
}

Html test_form(const office::Visit& visit, const Scope& scope, const Course& course, const office::FormState& state)
{
    Html questions;
    for (std::size_t i = 0; i < course.content.questions.size(); ++i) {
        const auto& question = course.content.questions[i];
        std::vector<office::Choice> choices;
        for (const auto& choice : question.choices) choices.push_back({std::to_string(choices.size()), choice.text});
        const auto name = field_of(i);
        const auto label = fmt::format("問{}　{}", i + 1, question.text);
        questions += office::radio_group(state, {.name = name, .label = label, .required = true}, choices);
    }
    return join(h2("確認テスト"), p(pass_words(course.content), "何度でも受け直せます。"),
                office::post_form(
                    visit, address_of(scope, "training/course"), office::hidden_field("course", course.id.text()),
                    questions,
                    office::button_row(join(office::submit_button("答え合わせをする"),
                                            office::link_button("あとで受ける", address_of(scope, "training"))))));
}

http::Response course_page(const Rooms& rooms, const office::Visit& visit, const Scope& scope,
                           const office::FormState& state)
{
    const auto entrusted = rooms.entrusted(scope);
    if (!entrusted) return office::show_refusal(visit, entrusted.error(), 404);
    const auto course = rooms.db.read(
        [&](const storage::Snapshot& snapshot) { return current_course(snapshot, *scope.entrustment()); });
    if (!course) return office::show_refusal(visit, Refusal(kNoCourse), 404);
    office::Page page{course->content.title, {}};
    page.width = office::Width::text;
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    stand_below(page, scope, *entrusted, Part::training);
    const bool takes = may(scope, actions::kTakeTraining);
    page.lead =
        p(takes ? "教材を読み終えたら、そのまま下の確認テストを受けてください。" : "この委託で働く方が読む教材です。");
    page.body =
        join(office::error_summary(state), h2("教材"), article({cls("card")}, material(course->content.material)),
             takes ? test_form(visit, scope, *course, state) : Html());
    return office::show(visit, page);
}

Answers answers_of(const http::Fields& form, const CourseContent& content)
{
    Answers answers;
    for (std::size_t i = 0; i < content.questions.size(); ++i) {
        const auto text = form.get(field_of(i));
        int chosen = -1;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), chosen);
        const bool good = error == std::errc{} && end == text.data() + text.size() && chosen >= 0 &&
                          chosen < static_cast<int>(content.questions[i].choices.size());
        answers.push_back(good ? chosen : -1);
    }
    return answers;
}

// Every question without an answer, so that the person sees them all at once.
std::vector<Refusal> missing_answers(const Answers& answers)
{
    std::vector<Refusal> refusals;
    for (std::size_t i = 0; i < answers.size(); ++i)
        if (answers[i] < 0) refusals.emplace_back(kAnswerMissing, std::vector<std::string>{}, field_of(i));
    return refusals;
}

Html answered(const Question& question, std::size_t number, int chosen)
{
    const auto& mine = question.choices[static_cast<std::size_t>(chosen)];
    const auto right = std::find_if(question.choices.begin(), question.choices.end(),
                                    [](const Choice& choice) { return choice.correct; });
    return office::card(
        fmt::format("問{}　{}", number, question.text),
        join(p(mine.correct ? office::chip(office::Tone::good, "正解") : office::chip(office::Tone::bad, "不正解")),
             office::description_list({{"あなたの答え", Html(mine.text)},
                                       {"正しい答え", Html(right->text)},
                                       {"解説", Html(question.explanation)}})));
}

http::Response result_page(const office::Visit& visit, const Scope& scope, const Entrusted& entrusted,
                           const Course& course, const Answers& answers, const Attempt& attempt)
{
    office::Page page{attempt.passed ? "合格です" : "もう少しです", {}};
    page.width = office::Width::text;
    stand_below(page, scope, entrusted, Part::training);
    const auto points = fmt::format("{}問中{}問正解でした。", attempt.questions, attempt.score);
    const auto outcome =
        attempt.passed ? office::notice(office::Tone::good, points,
                                        p("研修は", office::on_day(last_day(*attempt.valid_until)),
                                          "まで有効です。お疲れさまでした。"))
                       : office::notice(office::Tone::caution, points,
                                        p(pass_words(course.content), "下の解説を読んで、もう一度受けてください。"));
    Html cards;
    for (std::size_t i = 0; i < answers.size(); ++i) cards += answered(course.content.questions[i], i + 1, answers[i]);
    const auto back = office::link_button("研修のページに戻る", address_of(scope, "training"),
                                          attempt.passed ? office::Weight::primary : office::Weight::secondary);
    const auto again =
        office::link_button("もう一度受ける", address_of(scope, "training/course"), office::Weight::primary);
    page.body = join(outcome, h2("答えと解説"), cards, office::button_row(attempt.passed ? back : join(again, back)));
    return office::show(visit, page);
}

} // namespace

http::Response show_course(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
{
    return course_page(rooms, visit, scope, {});
}

http::Response answer_test(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
{
    const auto& form = visit.request.form;
    const auto entrusted = rooms.entrusted(scope);
    if (!entrusted) return office::show_refusal(visit, entrusted.error(), 404);
    const auto course = rooms.db.read(
        [&](const storage::Snapshot& snapshot) { return current_course(snapshot, *scope.entrustment()); });
    if (!course) return office::show_refusal(visit, Refusal(kNoCourse), 404);
    const auto read = CourseId::parse(form.get("course"));
    if (read != course->id) return course_page(rooms, visit, scope, office::refused({}, {Refusal(kCourseChanged)}));
    const auto answers = answers_of(form, course->content);
    auto missing = missing_answers(answers);
    if (!missing.empty()) return course_page(rooms, visit, scope, office::refused(form, std::move(missing)));
    IdSource ids(scope.moment().at, rooms.entropy);
    const auto attempt = rooms.db.write([&](storage::Tx& tx) { return take_test(tx, ids, scope, *read, answers); });
    if (!attempt) return course_page(rooms, visit, scope, office::refused({}, {attempt.error()}));
    return result_page(visit, scope, *entrusted, *course, answers, *attempt);
}

} // namespace azukari::access::people_pages
