// Which rows hold which gram. Built in bulk, then changed row by row. Rows are numbers that only grow.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace azukari::search {

using Row = std::uint32_t;
using Gram = std::uint32_t;

// The rows of one gram, ascending: those settled in bulk, then those added since.
struct RowsOfGram {
    std::span<const Row> settled, added;
    std::size_t size() const { return settled.size() + added.size(); }
    template <class Visit>
    void each(Visit visit) const
    {
        for (const Row row : settled) visit(row);
        for (const Row row : added) visit(row);
    }
};

class Postings {
public:
    // Rows come in ascending order; a gram that a row has twice counts once.
    void add(Gram gram, Row row);
    // Sorts what was added in bulk. Afterwards each addition takes effect at once.
    void settle();
    void remove(Gram gram, Row row);

    RowsOfGram rows_of(Gram gram) const;
    std::size_t memory_bytes() const;

private:
    std::size_t place_of(Gram gram) const;

    bool settled_ = false;
    std::vector<std::uint64_t> pending_; // gram << 32 | row
    std::vector<Gram> grams_;            // ascending
    std::vector<std::uint32_t> begin_;   // of each gram in rows_
    std::vector<std::uint32_t> count_;   // rows may have been removed
    std::vector<Row> rows_;
    std::unordered_map<Gram, std::vector<Row>> added_;
};

} // namespace azukari::search
