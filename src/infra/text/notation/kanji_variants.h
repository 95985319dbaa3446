// Kanji that people write for one another: forms of one character (髙 高), and different characters that are often
// mistaken (斎 斉). A table that a ward may add to: definitions/names/kanji_variants.toml.
#pragma once

#include "base/result.h"

#include <unordered_map>

namespace azukari::text {

class Definition;

class KanjiVariants {
public:
    // Refuses, with its line, a character that stands in two groups.
    static Result<KanjiVariants> of(const Definition& file);

    // Each form with the character it is read as.
    const std::unordered_map<char32_t, char32_t>& same() const { return same_; }
    // Each mistaken character with the one it is near to; over characters that `same` leaves.
    const std::unordered_map<char32_t, char32_t>& near() const { return near_; }

private:
    std::unordered_map<char32_t, char32_t> same_, near_;
};

} // namespace azukari::text
