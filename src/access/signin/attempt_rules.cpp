#include "access/signin/attempt_rules.h"

#include <algorithm>

namespace azukari::access {
namespace {

// Doubles with each failure after `free` ones, up to `most` seconds.
std::int64_t delay(const Failures& failures, std::int64_t free, std::int64_t most)
{
    if (failures.count < free) return 0;
    const auto doublings = std::min<std::int64_t>(failures.count - free, 20);
    return std::min(std::int64_t{1} << doublings, most);
}

std::int64_t rest(const Failures& failures, std::int64_t seconds, Instant at)
{
    const auto end = failures.last + Duration::seconds(seconds);
    const auto left = (end - at).micros;
    // A clock set back must not keep people out for longer than the delay itself.
    return std::clamp<std::int64_t>((left + 999'999) / 1'000'000, 0, seconds);
}

} // namespace

std::int64_t seconds_to_wait(const AttemptHistory& history, Instant at)
{
    return std::max(rest(history.both, delay(history.both, 3, 900), at),
                    rest(history.address, delay(history.address, 20, 60), at));
}

bool is_locked(const AttemptHistory& history)
{
    return history.name.count >= kMostFailures;
}

} // namespace azukari::access
