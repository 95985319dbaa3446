// The course an entrustment begins with, until its contractor writes one of their own: what the provisions ask of
// everybody, and one thing that matters most in this piece of work.
#pragma once

#include "access/roster/training_rules.h"
#include "infra/storage/db.h"

namespace azukari::access::people_pages {

// `entrustment_code`: the register's word for the work ("guidance", "training", …); others get the general course.
CourseContent first_course(std::string_view entrustment_code);

// Gives the entrustment its first course when it has none; true when it did.
Result<bool> ensure_course(storage::Tx& tx, IdSource& ids, const Moment& moment, EntrustmentId entrustment,
                           std::string_view entrustment_code);

} // namespace azukari::access::people_pages
