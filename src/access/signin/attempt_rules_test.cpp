#include "access/signin/attempt_rules.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::access;

namespace {

const Instant kNow{1'800'000'000'000'000};

} // namespace

TEST_CASE("after three mistakes the wait doubles, up to a quarter of an hour [K13]")
{
    const auto wait = [](std::int64_t failures) {
        AttemptHistory history;
        history.both = {failures, kNow};
        return seconds_to_wait(history, kNow);
    };
    CHECK(wait(2) == 0);
    CHECK(wait(3) == 1);
    CHECK(wait(4) == 2);
    CHECK(wait(8) == 32);
    CHECK(wait(50) == 900);
}

TEST_CASE("the wait runs out")
{
    AttemptHistory history;
    history.both = {8, kNow};
    CHECK(seconds_to_wait(history, kNow + Duration::seconds(31)) == 1);
    CHECK(seconds_to_wait(history, kNow + Duration::seconds(32)) == 0);
}

TEST_CASE("tries from elsewhere do not delay the person, but a hundred lock the name [K13]")
{
    AttemptHistory history;
    history.name = {99, kNow};
    CHECK(seconds_to_wait(history, kNow) == 0);
    CHECK_FALSE(is_locked(history));
    history.name.count = 100;
    CHECK(is_locked(history));
}

TEST_CASE("a clock that was set back lengthens no wait")
{
    AttemptHistory history;
    history.both = {4, kNow + Duration::hours(5)};
    CHECK(seconds_to_wait(history, kNow) == 2);
}
