// Fictitious recipients in the ward's file format, for trying out, showing and testing. Whoever
// reads the names sees that nobody bears them (見本, 架空, 試験 …); their form, and the shares of
// the categories, are those of the source document.
#pragma once

#include "base/instant.h"
#include "programmes/guidance/classification.h"

#include <functional>

namespace azukari::guidance {

struct SampleWish {
    std::size_t count = 4413; // gives 613, 1,130, 2,387 and 283 exactly; any other number keeps the shares
    std::uint64_t seed = 20220401;
    FiscalYear checkup_year{2021};
    // So many people of 特定保健指導, spread over the file, whose results are those of the other 保健指導区分.
    std::size_t differences = 0;
};

// How many of each category a sample of this size has.
std::array<std::size_t, kCategories.size()> sample_shares(std::size_t count);

// Writes the file piece by piece, CP932 with CRLF. The layout must have the columns of this
// programme. Returns the lines of those whose results were made to differ from the ward's word.
std::vector<std::size_t> write_sample_recipients(const RecipientLayout& layout, const SampleWish& wish,
                                                 const std::function<void(std::string_view)>& write);

} // namespace azukari::guidance
