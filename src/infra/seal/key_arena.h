// Where keys rest while the house is open: memory that is never swapped out, never dumped and never
// inherited by a child.
#pragma once

#include "base/random.h"
#include "base/secret.h"

#include <memory>
#include <utility>

namespace azukari::seal {

// The first 8 bytes of HMAC-SHA-256(key, "kid"): says which key, and commits to it, which GCM alone
// does not.
using Kid = std::array<std::uint8_t, 8>;
Kid kid_of(const Key256& key);

Key256 fresh_key(Entropy& entropy);

class ArenaPages;

// A key that seals values. Copies share one place in the arena, wiped when the last copy goes.
class SealKey {
public:
    const Key256& reveal() const { return *key_; }
    const Kid& kid() const { return kid_; }

private:
    friend class KeyArena;
    SealKey(std::shared_ptr<const Key256> key, const Kid& kid) : key_(std::move(key)), kid_(kid) {}
    std::shared_ptr<const Key256> key_;
    Kid kid_;
};

class KeyArena {
public:
    static constexpr std::size_t kDefaultKeys = 16384;
    // Throws Fault when the memory cannot be locked: an arena that swaps is none.
    explicit KeyArena(std::size_t keys = kDefaultKeys);

    // Throws Fault when full.
    SealKey keep(const Key256& key);
    SealKey create(Entropy& entropy) { return keep(fresh_key(entropy)); }
    std::size_t free_places() const;

private:
    std::shared_ptr<ArenaPages> pages_;
};

// For main, before the first key: no core dumps, and no other process of the same user may look
// inside. Throws Fault.
void harden_process();

} // namespace azukari::seal
