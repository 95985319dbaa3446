#include "access/roster/training_store.h"

#include "base/check.h"
#include "ledger/ledger.h"

namespace azukari::access {
namespace {

EntrustmentId about(const Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

void keep_attempt(storage::Tx& tx, IdSource& ids, const Scope& scope, CourseId course, StaffId staff,
                  const Attempt& attempt)
{
    const auto id = ids.next<struct AttemptNoun>();
    const auto by = attempt.recorded ? std::optional(scope.account()) : std::nullopt;
    tx.execute("insert into training_attempt (id, course, entrustment, staff, at, score, questions, passed,"
               " valid_until, recorded_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               {id, course, about(scope), staff, attempt.at, attempt.score, attempt.questions, attempt.passed,
                attempt.valid_until, by});
    auto entry = scope.entry(attempt.recorded ? "training.recorded"
                             : attempt.passed ? "training.passed"
                                              : "training.failed");
    entry.object = staff.text();
    entry.counts = {{"score", attempt.score}, {"questions", attempt.questions}, {"passed", attempt.passed}};
    entry.references = {{"course", course.text()}, {"attempt", id.text()}};
    ledger::append(tx, entry);
}

} // namespace

Result<CourseId> keep_course(storage::Tx& tx, IdSource& ids, const Moment& moment, std::string_view author,
                             EntrustmentId entrustment, const CourseContent& content)
{
    AZK_REQUIRE(check_course(content));
    const auto id = ids.next<CourseNoun>();
    tx.execute(
        "insert into training_course (id, entrustment, title, material, pass_mark, valid_years, created_at,"
        " created_by) values (?, ?, ?, ?, ?, ?, ?, ?)",
        {id, entrustment, content.title, content.material, content.pass_mark, content.valid_years, moment.at, author});
    int number = 0;
    for (const auto& question : content.questions) {
        tx.execute("insert into training_question (course, number, question, explanation) values (?, ?, ?, ?)",
                   {id, ++number, question.text, question.explanation});
        int choice_number = 0;
        for (const auto& choice : question.choices)
            tx.execute("insert into training_choice (course, question, number, choice, correct) values (?, ?, ?, ?, ?)",
                       {id, number, ++choice_number, choice.text, choice.correct});
    }
    ledger::Entry entry;
    entry.at = moment.at;
    entry.act = "training.course_kept";
    entry.actor = author;
    entry.entrustment = entrustment;
    entry.object = id.text();
    entry.outcome = "done";
    ledger::append(tx, entry);
    return id;
}

std::optional<Course> current_course(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    auto course = snapshot.one(
        "select id, title, material, pass_mark, valid_years, created_at from training_course"
        " where entrustment = ? order by created_at desc, id desc limit 1",
        {entrustment}, [](const storage::Row& row) {
            return Course{
                row.id<CourseId>(0),
                {row.string(1), row.string(2), static_cast<int>(row.integer(3)), static_cast<int>(row.integer(4)), {}},
                row.instant(5)};
        });
    if (!course) return course;
    course->content.questions =
        snapshot.all("select question, explanation from training_question where course = ? order by number",
                     {course->id}, [](const storage::Row& row) {
                         return Question{row.string(0), row.string(1), {}};
                     });
    snapshot.each("select question, choice, correct from training_choice where course = ? order by question, number",
                  {course->id}, [&](const storage::Row& row) {
                      const auto question = static_cast<std::size_t>(row.integer(0)) - 1;
                      course->content.questions.at(question).choices.push_back({row.string(1), row.flag(2)});
                  });
    return course;
}

Result<Attempt> take_test(storage::Tx& tx, IdSource& ids, const Scope& scope, CourseId id, const Answers& answers)
{
    const auto course = current_course(tx, about(scope));
    if (!course) return refuse(kNoCourse);
    if (course->id != id) return refuse(kCourseChanged);
    AZK_TRY(const int points, score(course->content, answers));
    const auto attempt = attempt_of(course->content, points, scope.moment().at, false);
    keep_attempt(tx, ids, scope, id, scope.staff(), attempt);
    return attempt;
}

Result<Attempt> record_training(storage::Tx& tx, IdSource& ids, const Scope& scope, StaffId staff, CivilDate day,
                                int points)
{
    const auto course = current_course(tx, about(scope));
    if (!course) return refuse(kNoCourse);
    if (staff == scope.staff()) return refuse_field("staff", kOwnTraining);
    if (!tx.exists("select 1 from roster_entry where entrustment = ? and staff = ? and withdrawn_at is null",
                   {about(scope), staff}))
        return refuse_field("staff", kNotNamed);
    const auto questions = static_cast<int>(course->content.questions.size());
    if (points < 0 || points > questions) return refuse_field("score", kScoreExpected, std::to_string(questions));
    if (scope.moment().today < day) return refuse_field("day", kDayExpected);
    const auto attempt = attempt_of(course->content, points, day.midnight(), true);
    keep_attempt(tx, ids, scope, course->id, staff, attempt);
    return attempt;
}

std::vector<Attempt> attempts_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, StaffId staff)
{
    return snapshot.all("select at, score, questions, passed, valid_until, recorded_by from training_attempt"
                        " where entrustment = ? and staff = ? order by at desc, id desc",
                        {entrustment, staff}, [](const storage::Row& row) {
                            return Attempt{row.instant(0),
                                           static_cast<int>(row.integer(1)),
                                           static_cast<int>(row.integer(2)),
                                           row.flag(3),
                                           row.maybe(4, [&] { return row.instant(4); }),
                                           !row.is_null(5)};
                        });
}

} // namespace azukari::access
