// 検索: finding persons of an entrustment while they are worked with. An index of the opened values is made at the first
// search by somebody who may list them, one for each entrustment, in memory only; it is gone when somebody is erased,
// and when nobody has searched for a while. Every search reads personal information and leaves its entry: who, when,
// for which entrustment, among what kinds of items and how many were found; never the words.
#pragma once

#include "vault/duplicates/linkage.h"
#include "vault/search/person_index.h"
#include "vault/vault.h"

#include <map>
#include <memory>
#include <mutex>

namespace azukari::finder {

struct Found {
    vault::Vault::Seen seen;            // opened; to be masked before it is shown
    std::vector<search::Match> matches; // word by word
};

struct Findings {
    std::vector<Found> found; // best first
    std::size_t total = 0;
    bool near = false; // nothing was just as typed
};

struct Candidate {                 // 重複の候補
    vault::Vault::Seen one, other; // opened; to be masked before they are shown
    double probability;            // that both are one person, 0 to 1
    std::vector<duplicates::Reason> reasons;
};

struct Candidates {
    std::vector<Candidate> shown; // most probable first
    std::size_t first = 0;        // place of the first one shown
    std::size_t total = 0;
};

class PersonFinder {
public:
    // Half as long as a person's key stays in memory once it was used.
    static constexpr Duration kIdle = Duration::minutes(5);

    // What nobody has asked for `idle` is dropped. Add hear() to the vault's listeners.
    PersonFinder(const vault::Vault& vault, text::NameFolding folding, Duration idle = kIdle);
    ~PersonFinder();

    // Refuses what read_query() refuses. The entry is durable before this returns. [K38]
    Result<Findings> find(const access::Scope& scope, std::string_view words, search::Page page);
    // Pairs that may be one person and were not told apart; a page beyond the last is the last. The entry is durable
    // before this returns. [K38]
    Result<Candidates> possible_duplicates(const access::Scope& scope, search::Page page);
    // Follows what happens in the vault. When somebody was erased, nothing of them is in memory when this returns.
    // [K61]
    void hear(vault::News news, EntrustmentId entrustment, SubjectId subject);
    // Returns how many entrustments were forgotten.
    std::size_t drop_idle(Instant now);
    std::size_t indexed(EntrustmentId entrustment) const; // persons; 0 when there is no index

private:
    struct Drawer; // what is in memory of one entrustment
    Drawer& drawer_of(EntrustmentId entrustment, Instant now);
    Drawer* known_drawer(EntrustmentId entrustment) const;
    Result<void> bring_up_to_date(const access::Scope& scope, Drawer& drawer) const;
    Result<void> fill(const access::Scope& scope, Drawer& drawer) const;
    Result<void> renew(const access::Scope& scope, search::PersonIndex& index,
                       const std::vector<SubjectId>& changed) const;
    Result<search::Finding> look(const access::Scope& scope, Drawer& drawer, const search::Query& query,
                                 search::Page page) const;
    Result<std::vector<duplicates::Pair>> pairs(const access::Scope& scope, Drawer& drawer) const;

    const vault::Vault& vault_;
    const text::NameFolding folding_;
    const Duration idle_;
    mutable std::mutex mutex_;                                 // of the map and of when each drawer was used
    std::map<EntrustmentId, std::unique_ptr<Drawer>> drawers_; // one that was emptied stays
};

} // namespace azukari::finder
