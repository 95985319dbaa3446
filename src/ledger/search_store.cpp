#include "ledger/search_store.h"

#include "ledger/ledger_store.h"

#include <fmt/format.h>

namespace azukari::ledger {
namespace {

// Entries [begin, end) that the filter's period leaves. Time never runs backwards along the ledger, so a period is a
// stretch of it, and every other condition can use its own index in the order of entries.
struct Stretch {
    std::uint64_t begin;
    std::uint64_t end;
};

std::uint64_t first_at(const storage::Snapshot& snapshot, Instant at, std::uint64_t otherwise)
{
    const auto seq = snapshot.one("select seq from ledger_entry where at >= ? order by at, seq limit 1", {at},
                                  [](const storage::Row& row) { return row.integer(0); });
    return seq ? static_cast<std::uint64_t>(*seq) : otherwise;
}

Stretch stretch(const storage::Snapshot& snapshot, const Filter& filter)
{
    const auto entries = read_head(snapshot).entries;
    return {filter.from ? first_at(snapshot, *filter.from, entries) : 0,
            filter.until ? first_at(snapshot, *filter.until, entries) : entries};
}

// Every statement takes the same parameters; a condition that does not narrow is one the engine sees through.
std::string conditions(const Filter& filter)
{
    return fmt::format("seq >= ? and seq < ? and {} and {} and {} and {}", filter.act.empty() ? "'' = ?" : "act = ?",
                       filter.actor.empty() ? "'' = ?" : "actor = ?",
                       filter.entrustment ? "entrustment = ?" : "length(?) = 0",
                       filter.object.empty() ? "'' = ?" : "object = ?");
}

ByteView entrustment_of(const Filter& filter)
{
    return filter.entrustment ? ByteView(filter.entrustment->bytes()) : as_bytes("");
}

Recorded parsed(ByteView bytes, std::uint64_t seq)
{
    auto recorded = parse_canonical(as_text(bytes));
    if (!recorded || recorded->seq != seq)
        throw storage::StorageFault(storage::FaultKind::corrupt, fmt::format("記録台帳の {} 番の記録が壊れています。", seq));
    return std::move(*recorded);
}

std::vector<Recorded> select(const storage::Snapshot& snapshot, const Filter& filter, Stretch in, bool newest_first,
                             std::size_t limit)
{
    const auto sql = fmt::format("select seq, bytes from ledger_entry where {} order by seq {} limit ?",
                                 conditions(filter), newest_first ? "desc" : "asc");
    return snapshot.all(
        sql, {in.begin, in.end, filter.act, filter.actor, entrustment_of(filter), filter.object, limit},
        [](const storage::Row& row) { return parsed(row.blob(1), static_cast<std::uint64_t>(row.integer(0))); });
}

} // namespace

Found find_entries(const storage::Snapshot& snapshot, const Filter& filter, const Place& place, std::size_t limit)
{
    const auto all = stretch(snapshot, filter);
    auto page = all;
    if (place.before) page.end = std::min(page.end, *place.before);
    if (place.after) page.begin = std::max(page.begin, *place.after + 1);
    const bool upwards = place.after && !place.before;
    Found found{select(snapshot, filter, page, !upwards, limit), false, false};
    if (upwards) std::reverse(found.entries.begin(), found.entries.end());
    if (found.entries.empty()) return found;
    found.older = !select(snapshot, filter, {all.begin, found.entries.back().seq}, true, 1).empty();
    found.newer = !select(snapshot, filter, {found.entries.front().seq + 1, all.end}, false, 1).empty();
    return found;
}

std::uint64_t count_entries(const storage::Snapshot& snapshot, const Filter& filter, std::uint64_t limit)
{
    const auto in = stretch(snapshot, filter);
    const auto sql = fmt::format("select count(*) from (select seq from ledger_entry where {} limit ?) as some",
                                 conditions(filter));
    return static_cast<std::uint64_t>(snapshot.integer(
        sql, {in.begin, in.end, filter.act, filter.actor, entrustment_of(filter), filter.object, limit}));
}

std::optional<Recorded> find_entry(const storage::Snapshot& snapshot, std::uint64_t seq)
{
    return snapshot.one("select bytes from ledger_entry where seq = ?", {seq},
                        [&](const storage::Row& row) { return parsed(row.blob(0), seq); });
}

} // namespace azukari::ledger
