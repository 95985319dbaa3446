#include "access/roster/training_rules.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::access;

namespace {

CourseContent course()
{
    return {"題", "教材", 1, 1, {{"問い", "", {{"正しい", true}, {"正しくない", false}}}}};
}

bool accepted(const CourseContent& content)
{
    return check_course(content).has_value();
}

} // namespace

TEST_CASE("a course that nobody could pass or fail is refused [K12]")
{
    CHECK(accepted(course()));
    auto content = course();
    content.pass_mark = 2;
    CHECK_FALSE(accepted(content));
    content = course();
    content.pass_mark = 0;
    CHECK_FALSE(accepted(content));
    content = course();
    content.questions[0].choices[1].correct = true;
    CHECK_FALSE(accepted(content));
    content = course();
    content.questions.clear();
    CHECK_FALSE(accepted(content));
    content = course();
    content.material.clear();
    CHECK_FALSE(accepted(content));
}

TEST_CASE("training ends when the same day begins a year later, 29 February on the 28th [K12]")
{
    const auto noon = [](int year, unsigned month, unsigned day) {
        return CivilDate::from(year, month, day)->midnight() + Duration::hours(12);
    };
    const auto until = *attempt_of(course(), 1, noon(2024, 2, 29), false).valid_until;
    CHECK(until == CivilDate::from(2025, 2, 28)->midnight());
    CHECK(training_state(until, Instant{until.micros - 1}) == TrainingState::current);
    CHECK(training_state(until, until) == TrainingState::expired);
    CHECK(training_state(std::nullopt, until) == TrainingState::missing);
}
