// The rows that hold something about persons, in whichever tables the rooms have declared: found, counted, deleted by
// entrustment, batch or person, and nothing else.
#pragma once

#include "erasure/erasure.h"
#include "infra/storage/db.h"
#include "whereabouts/subject_table.h"

#include <span>

namespace azukari::erasure {

using SubjectTables = std::span<const whereabouts::SubjectTable>;

// Everybody the target is about, in ascending order of their ids.
std::vector<SubjectId> subjects_of(const storage::Snapshot& snapshot, SubjectTables tables, EntrustmentId entrustment,
                                   const Target& target);
// The batches in which something about the person came.
std::vector<IdBytes> batches_of(const storage::Snapshot& snapshot, SubjectTables tables, EntrustmentId entrustment,
                                SubjectId person);
// Rows by table. Given subjects, theirs; without, all of the entrustment.
std::map<std::string, std::int64_t> count_rows(const storage::Snapshot& snapshot, SubjectTables tables,
                                               EntrustmentId entrustment,
                                               const std::optional<std::vector<SubjectId>>& subjects);
std::int64_t delete_rows(storage::Tx& tx, SubjectTables tables, EntrustmentId entrustment,
                         const std::optional<std::vector<SubjectId>>& subjects);
// Entrustments and persons of whom any table holds a row.
void each_subject(const storage::Snapshot& snapshot, SubjectTables tables,
                  const std::function<void(EntrustmentId, SubjectId)>& visit);

} // namespace azukari::erasure
