// Possible duplicates: pairs of entries that are likely one person. A person decides on each; nothing is merged by
// itself.
#pragma once

#include "base/id.h"
#include "vault/duplicates/likeness.h"

#include <span>
#include <vector>

namespace azukari::duplicates {

struct Pair {
    SubjectId a, b;
    std::uint32_t place_a, place_b; // in what was compared, a before b
    double probability;             // that both are one person, 0 to 1
    Comparison comparison;          // what agrees: reasons_of(comparison)
};

inline constexpr double kLikely = 0.5;

// Every pair at least as probable as `least`, most probable first. Entries that share a telephone number, a birth date
// and a part of the name, or a name and a year, a day of the year or a place are compared; others are not one person.
std::vector<Pair> possible_duplicates(std::span<const Identity> identities, const text::NameFolding& folding,
                                      double least = kLikely);

} // namespace azukari::duplicates
