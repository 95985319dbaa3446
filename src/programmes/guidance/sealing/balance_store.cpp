#include "ledger/ledger.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/sealing/balance.h"
#include "programmes/guidance/sealing/sealing_refusals.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace azukari::guidance {

std::vector<InsertStock> stock_of(const storage::Snapshot& snapshot, const access::Scope& scope,
                                  const InsertRecipes& recipes)
{
    std::vector<InsertStock> stock;
    for (const auto& insert : recipes.inserts()) {
        stock.push_back({insert});
        stock.back().moved = snapshot.integer(
            "select coalesce(sum(quantity), 0) from guidance_insert_move where entrustment = ? and insert_id = ?",
            {*scope.entrustment(), insert.id});
    }
    const auto sealed = static_cast<std::int64_t>(EnvelopeState::sealed);
    snapshot.each("select category, count(*) from guidance_envelope where entrustment = ? and state = ? "
                  "group by category",
                  {*scope.entrustment(), sealed}, [&](const storage::Row& row) {
                      const auto category = category_with_slug(row.text(0));
                      if (!category) return;
                      for (const auto insert : recipes.of(*category)) stock[insert].used += row.integer(1);
                  });
    return stock;
}

Result<void> record_move(storage::Tx& tx, const access::Scope& scope, const InsertRecipes& recipes,
                         const InsertMove& move)
{
    constexpr std::int64_t kMost = 1'000'000;
    if (recipes.find(move.insert) == nullptr) return refuse_field("insert", kNoSuchInsert);
    if (move.quantity == 0 || move.quantity > kMost || move.quantity < -kMost)
        return refuse_field("quantity", kQuantityExpected);
    if (move.note.size() > kMostWords) return refuse_field("note", kTooManyWords);
    tx.execute("insert into guidance_insert_move values (?, ?, ?, ?, ?, ?)",
               {*scope.entrustment(), move.insert, move.quantity, move.note, scope.moment().at, scope.staff()});
    auto entry = scope.entry("guidance.inserts_moved");
    entry.references = {{"insert", move.insert}};
    entry.counts = {{"quantity", move.quantity}};
    ledger::append(tx, entry);
    return {};
}

std::vector<InsertMove> moves_of(const storage::Snapshot& snapshot, const access::Scope& scope)
{
    return snapshot.all(
        "select insert_id, quantity, note, moved_at, moved_by from guidance_insert_move "
        "where entrustment = ? order by moved_at desc",
        {*scope.entrustment()}, [](const storage::Row& row) {
            return InsertMove{row.string(0), row.integer(1), row.string(2), row.instant(3), row.id<StaffId>(4)};
        });
}

Result<void> close_counts(storage::Tx& tx, const access::Scope& scope, BatchId batch)
{
    AZK_REQUIRE(check_not_closed(tx, scope, batch));
    AZK_TRY(const auto found, find_batch(tx, scope, batch));
    const auto balance = balance_of(letters_of(tx, scope, found.id));
    const auto open = still_open(balance);
    if (!open.empty()) return refuse(kStillOpen, fmt::format("{}", fmt::join(open, "、")));
    auto entry = scope.entry("guidance.closed");
    entry.object = batch.text();
    for (const auto& one : balance) {
        entry.counts["received"] += one.received;
        entry.counts["sealed"] += one.finished();
        entry.counts["pulled"] += one.of(Place::left_out) + one.of(Place::taken_out);
        entry.counts["held_back"] += one.of(Place::held_back);
    }
    tx.execute(
        "insert into guidance_closing values (?, ?, ?, ?, ?, ?)",
        {found.entrustment, batch, entry.counts["sealed"], entry.counts["pulled"], scope.moment().at, scope.staff()});
    ledger::append(tx, entry);
    return {};
}

} // namespace azukari::guidance
