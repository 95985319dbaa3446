#include "vault/duplicates/linkage.h"

#include <algorithm>
#include <array>

namespace azukari::duplicates {

namespace {

constexpr std::size_t kKeys = 9;
constexpr std::size_t kLargestBlock = 400;     // a larger one says nothing: the same telephone for a whole home
using Keys = std::array<std::uint32_t, kKeys>; // 0: none

std::uint32_t mixed(std::uint64_t which, std::uint64_t a, std::uint64_t b, std::uint64_t c = 1)
{
    std::uint64_t z = (a + 1) * 0x9E3779B97F4A7C15ULL ^ (b + which) * 0xBF58476D1CE4E5B9ULL ^ c * 0x94D049BB133111EBULL;
    z = (z ^ (z >> 31)) * 0xD6E8FEB86659FD93ULL;
    return static_cast<std::uint32_t>(z >> 32 | 1);
}

// What two entries may share to be looked at together: each survives other slips.
Keys keys_of(const Likeness& of)
{
    Keys keys{};
    const bool born = of.birth != 0;
    const auto year = static_cast<std::uint32_t>(of.birth_digits / 10000);
    const auto day_of_year = static_cast<std::uint32_t>(of.birth_digits % 10000);
    const bool read = of.family_reading != 0 && of.given_reading != 0, named = of.family != 0 && of.given != 0;
    if (born && of.given_reading != 0) keys[0] = mixed(0, of.birth, of.given_reading);
    if (born && of.given != 0) keys[1] = mixed(1, of.birth, of.given);
    if (born && of.family != 0) keys[2] = mixed(2, of.birth, of.family);
    if (of.telephone != 0) keys[3] = mixed(3, of.telephone, 1);
    if (read && born) keys[4] = mixed(4, of.family_reading, of.given_reading, year + 1);
    if (named && born) keys[5] = mixed(5, of.family, of.given, year + 1);
    if (read && born) keys[6] = mixed(6, of.family_reading, of.given_reading, day_of_year + 1);
    if (read && of.place != 0) keys[7] = mixed(7, of.family_reading, of.given_reading, of.place);
    if (of.given != 0 && of.place != 0) keys[8] = mixed(8, of.given, of.place);
    return keys;
}

struct Entry {
    std::uint32_t key, place;
};

constexpr unsigned kDigitBits = 11;

void sort_by_key(std::vector<Entry>& entries, std::vector<Entry>& other) // stable
{
    other.resize(entries.size());
    for (unsigned shift = 0; shift < 32; shift += kDigitBits) {
        std::array<std::uint32_t, std::size_t{1} << kDigitBits> at{};
        for (const auto& entry : entries) ++at[entry.key >> shift & (at.size() - 1)];
        std::uint32_t sum = 0;
        for (auto& begin : at) {
            const auto count = begin;
            begin = sum;
            sum += count;
        }
        for (const auto& entry : entries) other[at[entry.key >> shift & (at.size() - 1)]++] = entry;
        entries.swap(other);
    }
}

class Blocks { // visits every pair that shares a key, once
public:
    explicit Blocks(const Likenesses& all) : too_large_(all.size())
    {
        for (std::size_t at = 0; at < all.size(); ++at) keys_.push_back(keys_of(all[at]));
    }

    template <class Visit>
    void each_pair(Visit visit)
    {
        std::vector<Entry> entries, other;
        for (std::size_t key = 0; key < kKeys; ++key) {
            entries.clear();
            for (std::uint32_t at = 0; at < keys_.size(); ++at)
                if (keys_[at][key] != 0) entries.push_back({keys_[at][key], at});
            sort_by_key(entries, other);
            for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
                while (end < entries.size() && entries[end].key == entries[begin].key) ++end;
                if (end - begin > kLargestBlock) {
                    for (auto at = begin; at < end; ++at)
                        too_large_[entries[at].place] |= static_cast<std::uint16_t>(1U << key);
                    continue;
                }
                for (auto a = begin; a < end; ++a)
                    for (auto b = a + 1; b < end; ++b)
                        if (!seen(entries[a].place, entries[b].place, key)) visit(entries[a].place, entries[b].place);
            }
        }
    }

private:
    bool seen(std::uint32_t a, std::uint32_t b, std::size_t before) const
    {
        for (std::size_t key = 0; key < before; ++key)
            if (keys_[a][key] == keys_[b][key] && keys_[a][key] != 0 && (too_large_[a] >> key & 1) == 0) return true;
        return false;
    }
    std::vector<Keys> keys_;
    std::vector<std::uint16_t> too_large_; // a bit a key
};

} // namespace

std::vector<Pair> possible_duplicates(std::span<const Identity> identities, const text::NameFolding& folding,
                                      double least)
{
    const Likenesses all(identities, folding);
    std::vector<Pair> pairs;
    Blocks(all).each_pair([&](std::uint32_t a, std::uint32_t b) {
        const auto comparison = all.compare(all[a], all[b]);
        const double probability = probability_of(all.bits_of(all[a], all[b], comparison));
        if (probability >= least) pairs.push_back({identities[a].id, identities[b].id, a, b, probability, comparison});
    });
    std::ranges::sort(pairs, [](const Pair& x, const Pair& y) {
        if (x.probability != y.probability) return x.probability > y.probability;
        return std::pair(x.place_a, x.place_b) < std::pair(y.place_a, y.place_b);
    });
    return pairs;
}

} // namespace azukari::duplicates
