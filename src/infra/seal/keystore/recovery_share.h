// Recovery shares: the root divided among three holders (the ward, the contractor's security
// officer, the contractor's head office). Any two put it together again; one alone says nothing
// about it (Shamir's scheme over GF(2⁸)).
//
//   預かり復旧 1/3
//   1: 04XH 9K2M QW8T 6RZN F
//   2: …                        four lines; the last letter of each line checks that line
//
// Crockford's base32: no I, L, O or U; what looks alike is read alike, in either case and either
// width.
#pragma once

#include "infra/seal/seal_refusals.h"

#include "base/random.h"
#include "base/secret.h"

namespace azukari::seal {

inline constexpr int kShares = 3;

// The three shares as text to print. Each call makes a new set; shares of different sets do not go
// together.
std::array<SecretText, kShares> divide_root(const Key256& root, Entropy& entropy);

// Puts the root together from what two (or three) holders typed. Refuses kTooFewShares,
// kShareUnreadable, kShareMistyped (which share, which line), kShareDamaged, kShareTwice,
// kSharesOfOtherSets. Whether the root is the keystore's own, Keystore::recover tells.
Result<Key256> join_root(std::span<const std::string> typed);

} // namespace azukari::seal
