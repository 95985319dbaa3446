#include "ledger/search_store.h"

#include "ledger/ledger_store.h"

#include <fmt/format.h>

namespace azukari::ledger {
namespace {

struct Stretch {
    std::uint64_t begin;
    std::uint64_t end;
};

// Number of the first entry at or after that time. Time never runs backwards along the ledger.
std::uint64_t first_at(const storage::Snapshot& snapshot, Instant at, std::uint64_t entries)
{
    std::uint64_t begin = 0, end = entries;
    while (begin < end) {
        const auto middle = begin + (end - begin) / 2;
        if (time_of(snapshot, middle).value_or(Instant{}) < at)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

// The stretch of the ledger that the filter's period leaves.
Stretch stretch(const storage::Snapshot& snapshot, const Filter& filter)
{
    const auto entries = read_head(snapshot).entries;
    return {filter.from ? first_at(snapshot, *filter.from, entries) : 0,
            filter.until ? first_at(snapshot, *filter.until, entries) : entries};
}

bool narrows(const Filter& filter)
{
    return !filter.act.empty() || !filter.actor.empty() || filter.entrustment || !filter.object.empty() || filter.reach;
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
    return filter.entrustment ? ByteView(filter.entrustment->bytes()) : ByteView();
}

bool may_hold(const BlockDigest& digest, const Reach& reach)
{
    for (const auto& entrustment : reach.entrustments)
        if (digest.may_hold(Trait::entrustment, entrustment.bytes())) return true;
    for (const auto& actor : reach.actors)
        if (digest.may_hold(Trait::actor, as_bytes(actor))) return true;
    return false;
}

bool may_hold(const BlockDigest& digest, const Filter& filter)
{
    const auto fits = [&](Trait trait, ByteView value) { return value.empty() || digest.may_hold(trait, value); };
    return fits(Trait::act, as_bytes(filter.act)) && fits(Trait::actor, as_bytes(filter.actor)) &&
           fits(Trait::entrustment, entrustment_of(filter)) && fits(Trait::object, as_bytes(filter.object)) &&
           (!filter.reach || may_hold(digest, *filter.reach));
}

// Goes through a stretch in pieces that may hold what is looked for, in either direction, as long as `visit` says so.
class Sweep {
public:
    Sweep(const storage::Snapshot& snapshot, const Filter& filter) : snapshot_(snapshot), filter_(filter) {}

    void run(Stretch in, bool newest_first, const std::function<bool(Stretch)>& visit) const
    {
        if (!narrows(filter_)) {
            visit(in);
            return;
        }
        constexpr std::uint64_t kAtOnce = 64 * kBlock; // digests read at a time: 32 KiB
        while (in.begin < in.end) {
            Stretch part = in;
            if (newest_first)
                in.end = part.begin = std::max(in.begin, (in.end - 1) / kAtOnce * kAtOnce);
            else
                in.begin = part.end = std::min(in.end, (in.begin / kAtOnce + 1) * kAtOnce);
            auto pieces = candidates(part);
            if (newest_first) std::reverse(pieces.begin(), pieces.end());
            for (const auto& piece : pieces)
                if (!visit(piece)) return;
        }
    }

private:
    std::vector<Stretch> candidates(Stretch part) const
    {
        const auto first = part.begin / kBlock, last = (part.end - 1) / kBlock;
        std::vector<bool> may(last - first + 1, true); // a block without a digest is looked through
        each_block(snapshot_, first, last + 1, [&](std::uint64_t number, const BlockDigest& digest) {
            may[number - first] = may_hold(digest, filter_);
        });
        std::vector<Stretch> pieces;
        for (auto number = first; number <= last; ++number)
            if (may[number - first])
                pieces.push_back({std::max(part.begin, number * kBlock), std::min(part.end, (number + 1) * kBlock)});
        return pieces;
    }

    const storage::Snapshot& snapshot_;
    const Filter& filter_;
};

Recorded parsed(ByteView bytes, std::uint64_t seq)
{
    auto recorded = parse_canonical(as_text(bytes));
    if (!recorded || recorded->seq != seq)
        throw storage::StorageFault(storage::FaultKind::corrupt,
                                    fmt::format("記録台帳の {} 番の記録が壊れています。", seq));
    return std::move(*recorded);
}

std::vector<Recorded> select(const storage::Snapshot& snapshot, const Filter& filter, Stretch in, bool newest_first,
                             std::size_t limit)
{
    const auto sql = fmt::format("select seq, bytes from ledger_entry where {} order by seq {} limit ?",
                                 conditions(filter), newest_first ? "desc" : "asc");
    std::vector<Recorded> found;
    Sweep(snapshot, filter).run(in, newest_first, [&](Stretch piece) {
        // What lies beyond one's reach is told apart here, so a piece (a block then) is read whole.
        const auto most = filter.reach ? kBlock : limit - found.size();
        snapshot.each(sql,
                      {piece.begin, piece.end, filter.act, filter.actor, entrustment_of(filter), filter.object, most},
                      [&](const storage::Row& row) {
                          if (found.size() == limit) return;
                          auto recorded = parsed(row.blob(1), static_cast<std::uint64_t>(row.integer(0)));
                          if (filter.reach && !filter.reach->holds(recorded.entry)) return;
                          found.push_back(std::move(recorded));
                      });
        return found.size() < limit;
    });
    return found;
}

} // namespace

bool Reach::holds(const Entry& entry) const
{
    if (entry.entrustment)
        return std::find(entrustments.begin(), entrustments.end(), *entry.entrustment) != entrustments.end();
    return std::find(actors.begin(), actors.end(), entry.actor) != actors.end();
}

Found find_entries(const storage::Snapshot& snapshot, const Filter& filter, const Place& place, std::size_t limit)
{
    const auto all = stretch(snapshot, filter);
    auto page = all;
    if (place.before) page.end = std::min(page.end, *place.before);
    if (place.after) page.begin = std::max(page.begin, *place.after + 1);
    const bool upwards = place.after && !place.before;
    Found found{select(snapshot, filter, page, !upwards, limit + 1), false, false};
    const bool beyond = found.entries.size() > limit;
    if (beyond) found.entries.pop_back();
    if (upwards) std::reverse(found.entries.begin(), found.entries.end());
    if (found.entries.empty()) return found;
    const auto exists = [&](Stretch in, bool newest_first) {
        return !select(snapshot, filter, in, newest_first, 1).empty();
    };
    found.older = upwards ? exists({all.begin, found.entries.back().seq}, true) : beyond;
    found.newer = upwards ? beyond : exists({found.entries.front().seq + 1, all.end}, false);
    return found;
}

std::uint64_t count_entries(const storage::Snapshot& snapshot, const Filter& filter, std::uint64_t limit)
{
    return select(snapshot, filter, stretch(snapshot, filter), true, limit).size();
}

std::optional<Recorded> find_entry(const storage::Snapshot& snapshot, std::uint64_t seq)
{
    return snapshot.one("select bytes from ledger_entry where seq = ?", {seq},
                        [&](const storage::Row& row) { return parsed(row.blob(0), seq); });
}

} // namespace azukari::ledger
