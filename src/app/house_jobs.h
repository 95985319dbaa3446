// What the house does by itself, and how the operator and the ledger hear of it. A room that has something to do at
// night gets one line in house_jobs().
#pragma once

#include "app/house.h"
#include "infra/jobs/job.h"
#include "ledger/publisher.h"

#include <functional>

namespace azukari::app {

// Drops indexes of opened values that nobody uses any more; returns how many.
using ForgetIndexes = std::function<std::size_t(Instant now)>;

// House and publisher must outlive the jobs.
std::vector<jobs::Job> house_jobs(House& house, const ledger::Publisher& publisher, ForgetIndexes forget_indexes);

// A line for the operator's log: "azukari: 2026-11-24T02:00:00+09:00 定時の処理 store.check: …".
std::string job_line(const jobs::Told& told);
// Writes that a job failed, or is well again, to the ledger; what is as it was leaves no entry.
void record_job(storage::Db& db, const jobs::Told& told);

} // namespace azukari::app
