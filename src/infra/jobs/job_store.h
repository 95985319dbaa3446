// How the jobs stand, kept over restarts, so that nothing is done twice a night and a failure is not forgotten.
#pragma once

#include "infra/jobs/job.h"
#include "infra/storage/db.h"

namespace azukari::jobs {

// Fills what is stored about `standing.name` in; false when nothing is.
bool read_standing(const storage::Snapshot& snapshot, Standing& standing);
void note_first_seen(storage::Tx& tx, std::string_view name, Instant now);
// True when the job is ours for this turn: nobody else (another server on the same store) has tried it since `standing`
// was read.
bool claim(storage::Tx& tx, const Standing& standing, Instant now);
void note_outcome(storage::Tx& tx, const Standing& standing);

} // namespace azukari::jobs
