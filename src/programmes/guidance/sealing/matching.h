// 突合: the papers of one envelope held against one another and against what was composed, on five items read from the
// papers themselves: 通し番号, 利用券整理番号, 受診券整理番号, 氏名, 住所 (the ward asks for three or more).
#pragma once

#include "programmes/guidance/letters/paper_code.h"

#include <span>
#include <string>
#include <vector>

namespace azukari::guidance {

enum class Mismatch : std::uint8_t {
    none,
    unreadable,  // not a code of these papers
    other_batch, // of another run
    unknown_letter,
    other_person, // the papers are two persons' (or not whose they say)
    same_page,    // the same paper twice, or two of the same kind
    too_few,      // a paper is missing
    old_edition,  // of a paper that was spoiled
};
std::string_view code_of(Mismatch mismatch);     // in the ledger: "other_person"
std::string_view sentence_of(Mismatch mismatch); // what to do, in Japanese

struct ItemVerdict {
    std::string_view name; // 「氏名」
    bool agrees;
};

struct Verdict {
    Mismatch mismatch = Mismatch::none;
    std::vector<ItemVerdict> items; // what was compared; empty when it did not come to that
    bool yes() const { return mismatch == Mismatch::none; }
};

// `expected`: what each page of this person's letter is marked with, in the edition that counts now.
Verdict compare(std::span<const PaperCode> scanned, std::span<const PaperCode> expected);

// What a matched letter agreed on: all of the items.
std::vector<ItemVerdict> items_agreed_on();

} // namespace azukari::guidance
