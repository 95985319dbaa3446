// An act of the table, found by its code.
#pragma once

#include "ledger/acts.h"

#include <algorithm>
#include <array>

namespace azukari::ledger {

// The same by their codes: every entry that is written asks for its act.
inline constexpr auto kActsByCode = [] {
    auto acts = std::to_array(kActs);
    std::ranges::sort(acts, {}, &Act::code);
    return acts;
}();

// Nothing when no act has that code.
constexpr const Act* find_act(std::string_view code)
{
    const auto* found = std::ranges::lower_bound(kActsByCode, code, {}, &Act::code);
    return found != kActsByCode.end() && found->code == code ? found : nullptr;
}

} // namespace azukari::ledger
