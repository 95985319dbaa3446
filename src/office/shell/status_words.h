// What a page says when an answer is no: what happened, why as a rule, and what can be done.
#pragma once

#include "office/shell/components/status.h"

#include <array>
#include <string_view>

namespace azukari::office {

struct StatusWords {
    int status;
    Tone tone;
    std::string_view title;
    std::string_view why;
    std::array<std::string_view, 2> what_to_do; // the second may be empty
};

// The words of a status; those of 500 for a status that has none.
const StatusWords& words_of_status(int status);

} // namespace azukari::office
