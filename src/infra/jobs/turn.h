// 定時: when a job's turn comes. A pure question about three instants, so that a year can be asked in a test.
#pragma once

#include "base/instant.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace azukari::jobs {

enum class Turn : std::uint8_t {
    always, // whenever the house looks, about once a minute
    hourly,
    nightly, // at 02:00 in Japan, or as soon after as the house is open
    monthly, // in the night of the month's first day; the first one after the house was opened
};
std::string_view japanese(Turn turn); // 「毎晩」

struct History {
    Instant first_seen{};
    std::optional<Instant> tried{};
    std::optional<Instant> done{}; // the last time without failure
    bool failing = false;          // the last try failed, or was cut off
};

// A failing job is tried again after ten minutes (hourly) or an hour (the others). A history that lies in the future
// (the clock was set back) counts for nothing.
bool is_due(Turn turn, const History& history, Instant now);

} // namespace azukari::jobs
