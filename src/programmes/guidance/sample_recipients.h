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
};

// How many of each category a sample of this size has.
std::array<std::size_t, kCategories.size()> sample_shares(std::size_t count);

// Writes the file piece by piece, CP932 with CRLF. The layout must have the columns of this
// programme.
void write_sample_recipients(const RecipientLayout& layout, const SampleWish& wish,
                             const std::function<void(std::string_view)>& write);

} // namespace azukari::guidance
