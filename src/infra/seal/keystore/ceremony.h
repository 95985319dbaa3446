// What is done to the keystore with people present: the first setting up, changing who guards it,
// printing recovery shares, recovering from them. Each gives back the shares that are to be printed
// then and there, and handed to three holders.
#pragma once

#include "infra/seal/keystore/keystore.h"
#include "infra/seal/keystore/recovery_share.h"

namespace azukari::seal {

using PrintedShares = std::array<SecretText, kShares>;

struct Guarded {
    Keystore keystore;
    PrintedShares shares;
};

// azukari init. Refuses what Keystore::create refuses.
Result<Guarded> init_keystore(KeystoreOptions options, KeyProvider& provider, Entropy& entropy);

// keystore shares: a new set; earlier sets stay good until the root is rotated.
PrintedShares print_shares(const Keystore& keystore, Entropy& entropy);

// keystore rotate: new root under `provider` (the same one, or one of another kind), new epoch key.
// Earlier shares are void. When `former` is another provider, its secrets are destroyed once the
// new one is durable.
Result<PrintedShares> rotate_keystore(Keystore& keystore, KeyProvider& provider, KeyProvider* former, Entropy& entropy);

// keystore recover: opens with two typed shares, then guards the keystore anew with `provider`.
// Refuses what join_root and Keystore::recover refuse. Earlier shares are void.
Result<Guarded> recover_keystore(KeystoreOptions options, std::span<const std::string> typed, KeyProvider& provider,
                                 Entropy& entropy);

} // namespace azukari::seal
