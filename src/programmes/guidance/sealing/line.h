// 突合の台: what a scanner read of the papers of one envelope, held against the store. The answer to every pair is kept,
// yes or no, before it is shown.
#pragma once

#include "programmes/guidance/batch/composing.h"
#include "programmes/guidance/sealing/envelope_store.h"
#include "programmes/guidance/sealing/matching.h"

namespace azukari::guidance {

struct Answer {
    Verdict verdict;
    std::optional<LetterName> letter; // whose papers they say they are
    std::string label;                // "A-00012"
    std::string refusal;              // they agree, but may not go into an envelope now: why
    bool yes() const { return verdict.yes() && refusal.empty(); }
};

// `scanned`: the texts of the papers' codes, in any order. Refuses what the keystore refuses; everything that a person
// at the line can cause is an answer.
Result<Answer> match_papers(const Press& press, const access::Scope& scope, BatchId batch,
                            std::span<const std::string> scanned);

} // namespace azukari::guidance
