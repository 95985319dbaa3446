// Ed25519 (RFC 8032) signatures: how the ledger signs its checkpoints, and how anybody checks them.
#pragma once

#include "base/random.h"
#include "base/secret.h"

#include <array>

namespace azukari::seal {

using Signature = std::array<std::uint8_t, 64>;
using PublicKey = std::array<std::uint8_t, 32>;

class SigningKey {
public:
    explicit SigningKey(const Key256& seed);
    static SigningKey create(Entropy& entropy);

    const PublicKey& public_key() const { return public_key_; }
    Signature sign(ByteView message) const;
    // For wrapping the key into its file.
    const Key256& seed() const { return seed_; }

private:
    Key256 seed_;
    PublicKey public_key_{};
};

bool verify_signature(const PublicKey& key, ByteView message, ByteView signature);

} // namespace azukari::seal
