// What waits for a person about rosters and training: lines of 「今日すること」.
#pragma once

#include "access/session.h"
#include "infra/storage/db.h"

#include <vector>

namespace azukari::access::people_pages {

inline constexpr int kDueDays = 30; // training that ends within these days is due

struct RosterWaiting {
    EntrustmentId entrustment;
    std::int64_t changes; // people put on or taken off since the roster was handed over last
};
struct TrainingWaiting {
    EntrustmentId entrustment;
    std::optional<Instant> valid_until; // nothing: never passed
};

// Rosters that this person could hand to the ward now; none for people who may not.
std::vector<RosterWaiting> rosters_to_submit(const storage::Snapshot& snapshot, const Session& session,
                                             const Moment& moment);
// Entrustments on whose roster the person stands and for which their own training is missing, over or due.
std::vector<TrainingWaiting> own_training_due(const storage::Snapshot& snapshot, const Session& session,
                                              const Moment& moment);

bool is_due(const std::optional<Instant>& valid_until, const Moment& moment);

} // namespace azukari::access::people_pages
