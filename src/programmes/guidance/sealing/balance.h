// 数量管理: where the letters of a batch are, by category. Every letter is counted in exactly one place, so the sum is
// what was received; the counts are closed only when nothing is on its way any more.
#pragma once

#include "programmes/guidance/sealing/envelope_store.h"
#include "programmes/guidance/sealing/inserts.h"

#include <array>

namespace azukari::guidance {

struct CategoryBalance {
    Category category;
    std::int64_t received = 0;
    std::array<std::int64_t, kPlaces> at{};
    std::int64_t of(Place place) const { return at[static_cast<std::size_t>(place)]; }
    std::int64_t printed() const; // whose papers exist or existed
    std::int64_t finished() const { return of(Place::boxed); }
};
std::vector<CategoryBalance> balance_of(std::span<const Letter> letters); // in the ward's order, those with letters

// What keeps the counts from being closed, in sentences; empty when nothing does.
std::vector<std::string> still_open(std::span<const CategoryBalance> balance);

struct InsertStock {
    Insert insert;
    std::int64_t moved = 0; // received, less what was spoiled or given back
    std::int64_t used = 0;  // in envelopes, of all batches of the entrustment
    std::int64_t left() const { return moved - used; }
};
std::vector<InsertStock> stock_of(const storage::Snapshot& snapshot, const access::Scope& scope,
                                  const InsertRecipes& recipes);
struct InsertMove {
    std::string insert;
    std::int64_t quantity; // above 0: received; below: spoiled, given back
    std::string note;
    Instant at{};
    std::optional<StaffId> by{};
};
// Refuses kNoSuchInsert, kQuantityExpected.
Result<void> record_move(storage::Tx& tx, const access::Scope& scope, const InsertRecipes& recipes,
                         const InsertMove& move);
std::vector<InsertMove> moves_of(const storage::Snapshot& snapshot, const access::Scope& scope); // newest first

// Refuses kStillOpen and kClosedBatch.
Result<void> close_counts(storage::Tx& tx, const access::Scope& scope, BatchId batch);

} // namespace azukari::guidance
