// Finding entries again: by period, act, person, entrustment and object, newest first, page by page.
#pragma once

#include "infra/storage/db.h"
#include "ledger/canonical.h"

namespace azukari::ledger {

// What somebody may see who does not see everything: entries on these entrustments, and by these people on none.
struct Reach {
    std::vector<EntrustmentId> entrustments;
    std::vector<std::string> actors;

    bool holds(const Entry& entry) const;
};

// What is not set does not narrow.
struct Filter {
    std::optional<Instant> from;  // at or after
    std::optional<Instant> until; // before
    std::string act;
    std::string actor;
    std::optional<EntrustmentId> entrustment;
    std::string object;
    std::optional<Reach> reach{};
};

struct Found {
    std::vector<Recorded> entries; // newest first
    bool older = false;            // whether there are more beyond the last
    bool newer = false;            // … and before the first
};

// Where a page begins: entries older than `before`, or those newer than `after` that come next, or the newest.
struct Place {
    std::optional<std::uint64_t> before;
    std::optional<std::uint64_t> after;
};
Found find_entries(const storage::Snapshot& snapshot, const Filter& filter, const Place& place, std::size_t limit);

// How many there are, counted up to `limit`.
std::uint64_t count_entries(const storage::Snapshot& snapshot, const Filter& filter, std::uint64_t limit);

// Nothing when there is no such entry; throws when what is stored is not an entry.
std::optional<Recorded> find_entry(const storage::Snapshot& snapshot, std::uint64_t seq);

} // namespace azukari::ledger
