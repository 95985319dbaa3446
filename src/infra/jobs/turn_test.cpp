#include "infra/jobs/turn.h"

#include <doctest/doctest.h>
#include <vector>

using namespace azukari;
using namespace azukari::jobs;

namespace {

Instant in_japan(int year, unsigned month, unsigned day, int hour, int minute = 0)
{
    return CivilDate::from(year, month, day).value().midnight() + Duration::minutes(hour * 60 + minute);
}

// Looks once a minute from `from` until `to` and does what is due, without failure: the times at which it was.
std::vector<Instant> times_done(Turn turn, Instant from, Instant to, Duration look = Duration::minutes(1))
{
    std::vector<Instant> times;
    History history{.first_seen = from};
    for (auto now = from; now < to; now = now + look) {
        if (!is_due(turn, history, now)) continue;
        history.tried = history.done = now;
        times.push_back(now);
    }
    return times;
}

} // namespace

TEST_CASE("an hourly job is done at once, and then never more than an hour apart")
{
    const auto times = times_done(Turn::hourly, in_japan(2026, 11, 21, 9), in_japan(2026, 11, 22, 9));
    REQUIRE(times.size() >= 24);
    CHECK(times.front() == in_japan(2026, 11, 21, 9));
    for (std::size_t i = 1; i < times.size(); ++i) CHECK(times[i] - times[i - 1] <= Duration::hours(1));
    CHECK(times.size() <= 25);
}

TEST_CASE("a nightly job is done once a night, at two, over a year's end and a leap day")
{
    const auto times = times_done(Turn::nightly, in_japan(2027, 12, 30, 9), in_japan(2028, 3, 2, 9));
    REQUIRE(times.size() == 64); // at once, then every night
    CHECK(times[1] == in_japan(2027, 12, 31, 2));
    CHECK(times[2] == in_japan(2028, 1, 1, 2));
    CHECK(times[61] == in_japan(2028, 2, 29, 2));
}

TEST_CASE("a house that was closed at night does the nightly job when it opens, once")
{
    const auto opened = in_japan(2026, 11, 24, 8, 30);
    const History history{
        .first_seen = in_japan(2026, 4, 1, 9), .tried = in_japan(2026, 11, 20, 2), .done = in_japan(2026, 11, 20, 2)};
    CHECK(is_due(Turn::nightly, history, opened));
    const History done{.first_seen = history.first_seen, .tried = opened, .done = opened};
    CHECK_FALSE(is_due(Turn::nightly, done, in_japan(2026, 11, 25, 1, 59)));
    CHECK(is_due(Turn::nightly, done, in_japan(2026, 11, 25, 2)));
}

TEST_CASE("a monthly job waits for the first night of the next month, not for the day the house was opened")
{
    const auto times = times_done(Turn::monthly, in_japan(2026, 11, 21, 9), in_japan(2027, 4, 2, 9));
    REQUIRE(times.size() == 5);
    CHECK(times[0] == in_japan(2026, 12, 1, 2));
    CHECK(times[3] == in_japan(2027, 3, 1, 2));
    CHECK(times[4] == in_japan(2027, 4, 1, 2));
}

TEST_CASE("a job that failed is tried again soon, but not every minute")
{
    const auto failed = in_japan(2026, 11, 21, 2);
    const History history{
        .first_seen = in_japan(2026, 4, 1, 9), .tried = failed, .done = in_japan(2026, 11, 20, 2), .failing = true};
    CHECK_FALSE(is_due(Turn::hourly, history, failed + Duration::minutes(9)));
    CHECK(is_due(Turn::hourly, history, failed + Duration::minutes(10)));
    CHECK_FALSE(is_due(Turn::nightly, history, failed + Duration::minutes(59)));
    CHECK(is_due(Turn::nightly, history, failed + Duration::hours(1)));
    CHECK(is_due(Turn::monthly, history, failed + Duration::hours(1)));
}

TEST_CASE("a clock that was set back keeps no job waiting")
{
    const auto future = in_japan(2031, 1, 1, 2);
    const History history{.first_seen = future, .tried = future, .done = future};
    CHECK(is_due(Turn::nightly, history, in_japan(2026, 11, 21, 9)));
    CHECK(is_due(Turn::hourly, history, in_japan(2026, 11, 21, 9)));
}
