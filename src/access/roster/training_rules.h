// What counts as trained, as pure functions.
#pragma once

#include "access/roster/roster_refusals.h"
#include "access/roster/training.h"

#include <span>

namespace azukari::access {

// One chosen answer for each question, from 0; -1 where none was chosen.
using Answers = std::vector<int>;

// A course can be passed and failed: a title, material, questions with two choices or more and exactly one right.
Result<void> check_course(const CourseContent& content);

// The number of right answers. Refuses kAnswerMissing bound to the field of the first question without one ("q1", …).
Result<int> score(const CourseContent& content, const Answers& answers);

// What comes of a score at a moment: valid from then until the day of the same date, years later, begins.
Attempt attempt_of(const CourseContent& content, int score, Instant at, bool recorded);

TrainingState training_state(const std::optional<Instant>& valid_until, Instant at);

} // namespace azukari::access
