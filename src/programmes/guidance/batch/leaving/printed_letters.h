// The composed and approved letters as something that can be printed, lot by lot: drawn again, the same bytes.
#pragma once

#include "printing/printable.h"
#include "programmes/guidance/batch/composing.h"

namespace azukari::guidance {

inline constexpr std::string_view kPrintedLetters = "guidance-letters"; // the source's code

// How printing knows a lot (from 1) of the letters of one category of a batch.
std::string print_reference(BatchId batch, std::string_view category, std::size_t lot);

// How many lots a category of so many recipients makes, and which 通し番号 the lot holds.
std::size_t count_lots(const LetterLayout& layout, Category category, std::int64_t recipients);
SerialRange serials_of_lot(const LetterLayout& layout, Category category, std::size_t lot);

// The press outlives the source.
std::shared_ptr<const printing::Source> printed_letters(const Press& press);

} // namespace azukari::guidance
