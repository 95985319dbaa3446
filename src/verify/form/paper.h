// 紙の控え: size and root as they were printed for the ward, copied by hand.
#pragma once

#include "verify/form/note.h"

namespace azukari::verify {

struct PaperReading {
    std::optional<Checkpoint> checkpoint;
    std::string mistake; // in Japanese, when there is none
};
PaperReading read_paper(const std::string& origin, std::string_view copied);

} // namespace azukari::verify
