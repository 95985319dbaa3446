// The log put together from the jobs, and what of it was handed to the ward.
#pragma once

#include "access/scope.h"
#include "infra/storage/db.h"
#include "printing/log/print_log.h"

namespace azukari::printing {

using SubmissionId = Id<struct SubmissionNoun>;

struct Submission { // 提出
    SubmissionId id;
    CivilDate from, to;
    std::int64_t jobs, sheets;
    std::string sha256; // of the log as it was then
    Instant at;
    StaffId by;
};

// `entrustment` and the sides are for the head of the paper.
PrintLog read_log(const storage::Snapshot& snapshot, const access::Scope& scope, CivilDate from, CivilDate to,
                  std::string_view entrustment);
// Refuses kDaysExpected.
Result<void> check_days(CivilDate from, CivilDate to);

// Hands the log of these days to the ward: they are over, so that nothing is added any more. Refuses kDayNotOver.
Result<void> submit(storage::Tx& tx, IdSource& ids, const access::Scope& scope, const PrintLog& log);
std::vector<Submission> submissions(const storage::Snapshot& snapshot, EntrustmentId entrustment); // newest first
void note_log_taken(storage::Tx& tx, const access::Scope& scope, const PrintLog& log, std::string_view form);

} // namespace azukari::printing
