#include "vault/search/postings.h"

#include "base/check.h"

#include <algorithm>
#include <array>
#include <utility>

namespace azukari::search {

namespace {

constexpr unsigned kDigitBits = 11; // three passes over the 32 bits of a gram
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;

// Stable, by the upper half: rows of a gram stay in their order.
void sort_by_gram(std::vector<std::uint64_t>& pairs)
{
    std::vector<std::uint64_t> other(pairs.size());
    for (unsigned shift = 32; shift < 64; shift += kDigitBits) {
        std::array<std::size_t, kDigits> at{};
        for (const auto pair : pairs) ++at[pair >> shift & (kDigits - 1)];
        std::size_t sum = 0;
        for (auto& place : at) sum += std::exchange(place, sum);
        for (const auto pair : pairs) other[at[pair >> shift & (kDigits - 1)]++] = pair;
        pairs.swap(other);
    }
}

} // namespace

void Postings::add(Gram gram, Row row)
{
    if (!settled_) {
        pending_.push_back(std::uint64_t{gram} << 32 | row);
        return;
    }
    auto& rows = added_[gram];
    AZK_CHECK(rows.empty() || rows.back() <= row);
    if (rows.empty() || rows.back() != row) rows.push_back(row);
}

void Postings::settle()
{
    AZK_CHECK(!settled_);
    settled_ = true;
    sort_by_gram(pending_);
    pending_.erase(std::unique(pending_.begin(), pending_.end()), pending_.end());
    rows_.reserve(pending_.size());
    for (const auto pair : pending_) {
        const auto gram = static_cast<Gram>(pair >> 32);
        if (grams_.empty() || grams_.back() != gram) {
            grams_.push_back(gram);
            begin_.push_back(static_cast<std::uint32_t>(rows_.size()));
            count_.push_back(0);
        }
        rows_.push_back(static_cast<Row>(pair));
        ++count_.back();
    }
    pending_ = {};
}

std::size_t Postings::place_of(Gram gram) const
{
    const auto found = std::lower_bound(grams_.begin(), grams_.end(), gram);
    return found != grams_.end() && *found == gram ? static_cast<std::size_t>(found - grams_.begin()) : grams_.size();
}

RowsOfGram Postings::rows_of(Gram gram) const
{
    RowsOfGram rows;
    if (const auto place = place_of(gram); place < grams_.size())
        rows.settled = std::span(rows_).subspan(begin_[place], count_[place]);
    if (const auto found = added_.find(gram); found != added_.end()) rows.added = found->second;
    return rows;
}

void Postings::remove(Gram gram, Row row)
{
    if (const auto place = place_of(gram); place < grams_.size()) {
        const auto rows = std::span(rows_).subspan(begin_[place], count_[place]);
        const auto found = std::lower_bound(rows.begin(), rows.end(), row);
        if (found != rows.end() && *found == row) {
            std::copy(found + 1, rows.end(), found);
            --count_[place];
        }
    }
    if (const auto found = added_.find(gram); found != added_.end()) {
        std::erase(found->second, row);
        if (found->second.empty()) added_.erase(found);
    }
}

std::size_t Postings::memory_bytes() const
{
    std::size_t bytes = pending_.capacity() * sizeof(std::uint64_t) + rows_.capacity() * sizeof(Row) +
                        (grams_.capacity() + begin_.capacity() + count_.capacity()) * sizeof(std::uint32_t);
    for (const auto& [gram, rows] : added_) bytes += 64 + rows.capacity() * sizeof(Row);
    return bytes;
}

} // namespace azukari::search
