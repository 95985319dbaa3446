// What the house does by itself, and how the operator and the ledger hear of it. A room that has something to do at
// night gets one line in house_jobs().
#pragma once

#include "app/house.h"
#include "infra/jobs/job.h"
#include "ledger/publisher.h"
#include "vault/attachments/attachments.h"

#include <functional>

namespace azukari::app {

// Drops indexes of opened values that nobody uses any more; returns how many.
using ForgetIndexes = std::function<std::size_t(Instant now)>;
// Asks printers what became of what they were sent; returns how many jobs came to an end.
using FollowPrints = std::function<std::int64_t()>;

// House, publisher and attachments must outlive the jobs; without attachments nothing waits for the virus scanner,
// without `follow_prints` nothing is printed.
std::vector<jobs::Job> house_jobs(House& house, const ledger::Publisher& publisher, ForgetIndexes forget_indexes,
                                  const vault::attachments::Attachments* attachments = nullptr,
                                  FollowPrints follow_prints = {});

// A line for the operator's log: "azukari: 2026-11-24T02:00:00+09:00 定時の処理 store.check: …".
std::string job_line(const jobs::Told& told);
// Writes that a job failed, or is well again, to the ledger; what is as it was leaves no entry.
void record_job(storage::Db& db, const jobs::Told& told);

} // namespace azukari::app
