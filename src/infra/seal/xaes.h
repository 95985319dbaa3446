// XAES-256-GCM (C2SP): AES-256-GCM with a random nonce of 24 bytes, so that a key may seal without
// counting. Built from AES-256 alone, which the list of ciphers recommended for electronic
// government holds.
#pragma once

#include "base/random.h"
#include "base/secret.h"

#include <optional>

namespace azukari::seal {

inline constexpr std::size_t kNonceSize = 24;
inline constexpr std::size_t kTagSize = 16;
using Nonce = std::array<std::uint8_t, kNonceSize>;

// `out` holds plaintext.size() + kTagSize bytes: the ciphertext and its tag.
void xaes_seal(const Key256& key, const Nonce& nonce, ByteView aad, ByteView plaintext, std::span<std::uint8_t> out);
// `sealed` is ciphertext and tag; `out` holds sealed.size() - kTagSize bytes. False, and `out`
// wiped, when anything was changed.
bool xaes_open(const Key256& key, const Nonce& nonce, ByteView aad, ByteView sealed, std::span<std::uint8_t> out);

// A key wrapped by another key: nonce, ciphertext, tag. It opens only with the same `aad`, which
// says whose key it is.
inline constexpr std::size_t kWrappedSize = kNonceSize + 32 + kTagSize;
using WrappedKey = std::array<std::uint8_t, kWrappedSize>;
WrappedKey wrap_key(const Key256& by, const Key256& key, ByteView aad, Entropy& entropy);
std::optional<Key256> unwrap_key(const Key256& by, ByteView wrapped, ByteView aad);

} // namespace azukari::seal
