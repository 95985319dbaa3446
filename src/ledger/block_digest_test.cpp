#include "ledger/block_digest.h"

#include <doctest/doctest.h>
#include <string>

using namespace azukari;
using namespace azukari::ledger;

TEST_CASE("a block's digest never denies what the block holds, and rarely claims what it does not")
{
    BlockDigest digest;
    const auto add = [&](Trait trait, const std::string& value) { digest.add(trait, as_bytes(value)); };
    for (int i = 0; i < 256; ++i) add(Trait::object, "object-" + std::to_string(i));
    for (int i = 0; i < 20; ++i) add(Trait::actor, "actor-" + std::to_string(i));
    for (int i = 0; i < 256; ++i) CHECK(digest.may_hold(Trait::object, as_bytes("object-" + std::to_string(i))));
    int claimed = 0;
    for (int i = 1000; i < 11'000; ++i)
        claimed += digest.may_hold(Trait::object, as_bytes("object-" + std::to_string(i)));
    CHECK(claimed < 60);
    CHECK_FALSE(digest.may_hold(Trait::object, as_bytes("actor-1"))); // the trait is part of it
    CHECK_FALSE(BlockDigest().may_hold(Trait::act, as_bytes("")));
}
