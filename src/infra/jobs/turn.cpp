#include "infra/jobs/turn.h"

namespace azukari::jobs {
namespace {

constexpr Duration kNight = Duration::hours(2); // after midnight: nobody works, no day's end falls inside
// A minute less than an hour: the house looks once a minute, and an hour is the most that may pass.
constexpr Duration kHour = Duration::minutes(59);

// The last beginning of a night, or of a month's first night, that has been reached.
Instant last_beginning(Turn turn, Instant now)
{
    const auto day = CivilDate::of(Instant{now.micros - kNight.micros});
    const auto back = turn == Turn::monthly ? static_cast<std::int32_t>(day.day()) - 1 : 0;
    return day.plus_days(-back).midnight() + kNight;
}

} // namespace

std::string_view japanese(Turn turn)
{
    switch (turn) {
    case Turn::always:
        return "常時";
    case Turn::hourly:
        return "毎時";
    case Turn::nightly:
        return "毎晩";
    case Turn::monthly:
        return "毎月";
    }
    return {};
}

bool is_due(Turn turn, const History& history, Instant now)
{
    if (turn == Turn::always) return true;
    const auto& tried = history.tried;
    if (tried && now < *tried) return true;
    if (history.failing && tried)
        return now - *tried >= (turn == Turn::hourly ? Duration::minutes(10) : Duration::hours(1));
    if (turn == Turn::hourly) return !history.done || now - *history.done >= kHour;
    if (turn == Turn::nightly) return !history.done || *history.done < last_beginning(turn, now);
    return history.done.value_or(history.first_seen) < last_beginning(turn, now);
}

} // namespace azukari::jobs
