#include "access/roster/training_rules.h"

#include <algorithm>

namespace azukari::access {

Result<void> check_course(const CourseContent& content)
{
    const auto malformed = [](std::string why) { return refuse(kCourseMalformed, std::move(why)); };
    if (content.title.empty()) return malformed("題名がありません");
    if (content.material.empty()) return malformed("教材がありません");
    if (content.questions.empty()) return malformed("問題がありません");
    for (std::size_t i = 0; i < content.questions.size(); ++i) {
        const auto& question = content.questions[i];
        const auto right = std::count_if(question.choices.begin(), question.choices.end(),
                                         [](const Choice& choice) { return choice.correct; });
        if (question.text.empty() || question.choices.size() < 2 || right != 1)
            return malformed("第" + std::to_string(i + 1) + "問には、問いと二つ以上の選択肢と一つの正解が要ります");
    }
    if (content.pass_mark < 1 || static_cast<std::size_t>(content.pass_mark) > content.questions.size())
        return malformed("合格点は1から問題の数までです");
    if (content.valid_years < 1 || content.valid_years > 5) return malformed("有効期間は1年から5年までです");
    return {};
}

Result<int> score(const CourseContent& content, const Answers& answers)
{
    int right = 0;
    for (std::size_t i = 0; i < content.questions.size(); ++i) {
        const auto& choices = content.questions[i].choices;
        const int chosen = i < answers.size() ? answers[i] : -1;
        if (chosen < 0 || static_cast<std::size_t>(chosen) >= choices.size())
            return refuse_field("q" + std::to_string(i + 1), kAnswerMissing);
        right += choices[static_cast<std::size_t>(chosen)].correct;
    }
    return right;
}

Attempt attempt_of(const CourseContent& content, int score, Instant at, bool recorded)
{
    Attempt attempt{at, score, static_cast<int>(content.questions.size()), score >= content.pass_mark, {}, recorded};
    if (attempt.passed) attempt.valid_until = CivilDate::of(at).plus_years(content.valid_years).midnight();
    return attempt;
}

TrainingState training_state(const std::optional<Instant>& valid_until, Instant at)
{
    if (!valid_until) return TrainingState::missing;
    return at < *valid_until ? TrainingState::current : TrainingState::expired;
}

} // namespace azukari::access
