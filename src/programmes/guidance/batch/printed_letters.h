// The composed and approved letters as something that can be printed: drawn again, the same bytes.
#pragma once

#include "printing/printable.h"
#include "programmes/guidance/batch/composing.h"

namespace azukari::guidance {

inline constexpr std::string_view kPrintedLetters = "guidance-letters"; // the source's code

// How printing knows the letters of one category of a batch.
std::string print_reference(BatchId batch, std::string_view category);

// The press outlives the source.
std::shared_ptr<const printing::Source> printed_letters(const Press& press);

} // namespace azukari::guidance
