// One entry as it must be written: canonical JSON of known members, codes and numbers only, so that no personal
// information can be in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace azukari::verify {

struct EntryFacts {
    std::uint64_t seq = 0;
    std::int64_t at = 0; // microseconds since 1970
};

// Fills `facts`; returns what is wrong, in Japanese, or nothing.
std::optional<std::string> flaw_of_entry(std::string_view bytes, EntryFacts& facts);

} // namespace azukari::verify
