// What a page says when an answer is no: what happened, why as a rule, and what can be done.
#pragma once

#include "office/shell/components/status.h"

#include <initializer_list>
#include <string_view>
#include <vector>

namespace azukari::office {

struct StatusWords {
    int status;
    Tone tone;
    std::string_view title;
    std::string_view why;
    std::vector<std::string_view> what_to_do;
};

// The words of a status; those of 500 for a status that has none.
const StatusWords& words_of_status(int status);

} // namespace azukari::office
