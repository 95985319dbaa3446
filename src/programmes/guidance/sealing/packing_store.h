// 結束・箱詰め: sealed envelopes into bundles, bundles into boxes. A box is a thing under custody with a label of its own,
// and goes to the ward by a 確認記録票 like everything that changes hands.
#pragma once

#include "base/random.h"
#include "custody/custody.h"
#include "programmes/guidance/sealing/envelope_store.h"

namespace azukari::guidance {

inline constexpr std::int64_t kMostInBundle = 50; // envelopes

struct Bundle {
    std::int64_t number; // in the batch, from 1
    std::string category;
    std::int64_t first, last; // 通し番号; not every one between them needs to be in it
    std::int64_t letters;
    std::int64_t box; // 0: in none yet
    Instant at;
    StaffId by;
};
struct Box {
    std::int64_t number;
    std::int64_t letters;
    custody::ThingId thing;
    Instant at;
    StaffId by;
};

// Ties up to kMostInBundle sealed envelopes of the category, in the order of their numbers. Refuses kNothingToBundle.
Result<Bundle> close_bundle(storage::Tx& tx, const access::Scope& scope, BatchId batch, std::string_view category);
// All bundles that lie in no box yet. Refuses kNothingToBox.
Result<Box> close_box(storage::Tx& tx, IdSource& ids, Entropy& entropy, const access::Scope& scope, BatchId batch);
std::vector<Bundle> bundles_of(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch);
std::vector<Box> boxes_of(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch);

} // namespace azukari::guidance
