// Training as it is kept. Every attempt leaves its ledger entry, by ids.
#pragma once

#include "access/roster/training_rules.h"
#include "access/scope.h"

namespace azukari::access {

// A course replaces the one before it; trainings that were passed stay valid. `author`: an account id, or "system".
Result<CourseId> keep_course(storage::Tx& tx, IdSource& ids, const Moment& moment, std::string_view author,
                             EntrustmentId entrustment, const CourseContent& content);
std::optional<Course> current_course(const storage::Snapshot& snapshot, EntrustmentId entrustment);

// The person of the scope answers the test of `course`, which must still be the current one.
Result<Attempt> take_test(storage::Tx& tx, IdSource& ids, const Scope& scope, CourseId course, const Answers& answers);
// A supervisor records a class that `staff` attended, with the score of its test on paper.
Result<Attempt> record_training(storage::Tx& tx, IdSource& ids, const Scope& scope, StaffId staff, CivilDate day,
                                int score);

std::vector<Attempt> attempts_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, StaffId staff);

} // namespace azukari::access
