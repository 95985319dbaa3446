#include "base/id.h"

#include <doctest/doctest.h>

using namespace azukari;

TEST_CASE("ids are UUIDv7: in the order of time, and they read back")
{
    SeededEntropy entropy(7);
    const auto early = IdSource({1'000'000'000}, entropy).next<struct Thing>();
    const auto late = IdSource({2'000'000'000}, entropy).next<struct Thing>();
    CHECK(early < late);
    CHECK(early.text()[14] == '7');
    CHECK(Id<struct Thing>::parse(early.text()) == early);
    CHECK(Id<struct Thing>::from(early.bytes()) == early);
}

TEST_CASE("what is not a UUID is not an id")
{
    for (const auto* bad : {"", "0190", "0190a0b0-0000-7000-8000-00000000000g", "0190a0b0x0000-7000-8000-000000000000",
                            "0190A0B0-0000-7000-8000-000000000000"})
        CHECK_FALSE(Id<struct Thing>::parse(bad));
}
