// What stands in a block of 256 entries, in 512 bytes: a Bloom filter over acts, persons, entrustments and objects, so
// that a search passes over blocks that cannot hold what it looks for. An index per column would cost every commit
// four times what the entry itself does.
#pragma once

#include "base/bytes.h"

#include <array>

namespace azukari::ledger {

inline constexpr std::uint64_t kBlock = 256;

enum class Trait : std::uint8_t { act, actor, entrustment, object };

class BlockDigest {
public:
    using Bits = std::array<std::uint8_t, 512>;

    BlockDigest() = default;
    explicit BlockDigest(const Bits& bits) : bits_(bits) {}

    void add(Trait trait, ByteView value);
    // Everything an entry can be looked for by; `entrustment` is empty when it has none.
    void add_entry(std::string_view act, std::string_view actor, ByteView entrustment, std::string_view object);
    // Never false when it was added; true by accident about once in 500 full blocks.
    bool may_hold(Trait trait, ByteView value) const;
    const Bits& bits() const { return bits_; }

private:
    Bits bits_{};
};

} // namespace azukari::ledger
