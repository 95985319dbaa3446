// Which persons have information somewhere in the house.
#pragma once

#include "base/id.h"
#include "infra/storage/db.h"
#include "whereabouts/subject_table.h"

#include <set>
#include <span>

namespace azukari::whereabouts {

// Takes out of `subjects` everybody of whom one of the tables holds a row of this entrustment.
void remove_those_with_rows(const storage::Snapshot& snapshot, std::span<const SubjectTable> tables,
                            EntrustmentId entrustment, std::set<SubjectId>& subjects);

} // namespace azukari::whereabouts
