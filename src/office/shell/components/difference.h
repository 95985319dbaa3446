// What changed between two versions: words taken away are struck through, words added are bold and underlined, as the
// ward's council papers mark them.
#pragma once

#include "base/difference.h"
#include "infra/html/elements.h"

#include <string>
#include <string_view>
#include <vector>

namespace azukari::office {

// Both in one text: <del>, <ins>.
html::Html difference_text(std::string_view before, std::string_view after);

struct ChangedItem {
    std::string label;
    std::string before;
    std::string after;
};
// A table of item, before, after; unchanged items are left out. Says so when nothing changed.
html::Html difference_table(std::string_view caption, const std::vector<ChangedItem>& items);

} // namespace azukari::office
