// The persons of one entrustment, to be found by any part of what is known of them. Lives in memory only, while
// somebody searches; what was opened is overwritten when it goes. One writer or many readers at a time (the finder sees
// to that).
#pragma once

#include "base/instant.h"
#include "infra/text/notation/name_folding.h"
#include "vault/search/column.h"
#include "vault/search/query.h"

#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace azukari::search {

struct Match {
    Facet facet;
    Extent extent;
};

struct Hit {
    SubjectId person;
    int score;                  // higher is nearer to what was typed
    std::vector<Match> matches; // by term of the query, in its order
};

struct Finding {
    std::vector<Hit> hits; // of the page that was asked for, best first; equals in the order of their readings
    std::size_t total = 0; // on all pages
    bool near = false;     // nothing was just as typed; these are close to it
};

struct Page {
    std::size_t first = 0, count = 50;
};

class PersonIndex {
public:
    explicit PersonIndex(const text::NameFolding& folding); // which must outlive the index
    ~PersonIndex();

    // In bulk, when the index is made; then settle().
    void add(const Person& person);
    void settle();
    // A person stored anew or changed.
    void put(const Person& person);
    // True when the person was there; afterwards nothing of them is found or kept.
    bool remove(SubjectId person);

    Finding find(const Query& query, Page page) const;

    std::size_t size() const { return rows_.size(); }
    std::size_t memory_bytes() const;

private:
    struct Tally;
    static constexpr std::int32_t kNoBirth = INT32_MIN;

    Column& column(Facet facet) { return columns_[static_cast<std::size_t>(facet)]; }
    const Column& column(Facet facet) const { return columns_[static_cast<std::size_t>(facet)]; }
    std::u16string form_of(const Particular& particular) const;
    // Tallies are as large as the index: they are kept for the next search.
    std::unique_ptr<Tally> lend_tally() const;
    void take_back(std::unique_ptr<Tally> tally) const;
    std::vector<std::size_t> rarest_first(const Query& query) const; // places of its terms
    void mark(const Term& term, Tally& tally) const;
    void mark(const Needle& needle, Tally& tally) const;
    void mark_birth(const text::DatePart& birth, Tally& tally) const;
    // Readings one character away, when nothing else was found.
    void mark_mistyped(const Term& term, Tally& tally) const;
    Finding page_of(const Tally& tally, std::size_t terms, Page page) const;

    const text::NameFolding& folding_;
    std::vector<Column> columns_; // by facet; that of birth stays empty
    std::vector<std::int32_t, WipedMemory<std::int32_t>> births_;
    std::vector<SubjectId> ids_;
    std::unordered_map<SubjectId, Row> rows_;
    bool settled_ = false;
    mutable std::mutex spare_mutex_;
    mutable std::vector<std::unique_ptr<Tally>> spare_;
};

} // namespace azukari::search
