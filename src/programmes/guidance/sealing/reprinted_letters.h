// 刷り直し: the spoiled letters of a category, whose old papers are accounted for, as something that can be printed. When
// another one is spoiled after the request, its digest differs, and what was agreed to is void.
#pragma once

#include "printing/printable.h"
#include "programmes/guidance/batch/composing.h"

namespace azukari::guidance {

inline constexpr std::string_view kReprintedLetters = "guidance-reprints"; // the source's code

std::string reprint_reference(BatchId batch, std::string_view category);
// The press outlives the source.
std::shared_ptr<const printing::Source> reprinted_letters(const Press& press);

} // namespace azukari::guidance
