// 引抜き: letters that are not to go out, whatever was composed, printed or sealed already — moved away, died, lost the
// insurance, protected from somebody (支援措置). A late event by nature: the ward calls until the delivery.
#pragma once

#include "access/scope.h"
#include "infra/storage/db.h"
#include "programmes/guidance/batch/batch.h"

namespace azukari::guidance {

struct Pull {
    std::string category;
    std::int64_t serial;
    std::string reason; // a code of pull_reasons()
    Instant asked_at;
    StaffId asked_by;
    std::optional<std::pair<Instant, StaffId>> taken_out; // the paper, where there was one
};

struct PullReason {
    std::string_view code, japanese;
};
std::span<const PullReason> pull_reasons();

// Refuses kNoSuchLetter, kPullReasonExpected and kAlreadyPulled.
Result<void> pull_letter(storage::Tx& tx, const access::Scope& scope, BatchId batch, std::string_view category,
                         std::int64_t serial, std::string_view reason);
// Its paper is in somebody's hands now. Refuses kNotPulled, and kNoPaper of a letter that was never drawn.
Result<void> take_out(storage::Tx& tx, const access::Scope& scope, BatchId batch, std::string_view category,
                      std::int64_t serial);
std::vector<Pull> pulls_of(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch);

} // namespace azukari::guidance
