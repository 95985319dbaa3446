// What changed between two texts, for people: runs of characters that stayed, went and came.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace azukari {

enum class Change : std::uint8_t { kept, removed, added };

struct Piece {
    Change change;
    std::string text;
    bool operator==(const Piece&) const = default;
};

// The shortest edit from `before` to `after`, in characters of UTF-8, joined to readable runs (E. W. Myers, An O(ND)
// Difference Algorithm, 1986). Texts that share nearly nothing come back as one removal and one addition.
std::vector<Piece> difference(std::string_view before, std::string_view after);

} // namespace azukari
