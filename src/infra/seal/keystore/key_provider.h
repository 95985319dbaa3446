// Who guards the root of all keys: a passphrase, a key file, or a cryptographic device. The keystore's header holds the
// root wrapped by the provider, with everything the provider needs besides its own secret.
#pragma once

#include "infra/seal/seal_refusals.h"
#include "infra/seal/xaes.h"

namespace azukari::seal {

class KeyProvider {
public:
    virtual ~KeyProvider() = default;
    // Stable name in the header: "passphrase", "key_file", "pkcs11".
    virtual std::string_view kind() const = 0;
    // What goes into the header; at most 1,024 bytes.
    virtual Result<Bytes> wrap(const Key256& root, Entropy& entropy) = 0;
    virtual Result<Key256> unwrap(ByteView wrapped) = 0;
    // Destroys the provider's own secret, after which old copies of the keystore that it guarded cannot be opened by it.
    // False when the secret is not a thing that can be destroyed (somebody remembers it).
    virtual bool retire() = 0;
};

} // namespace azukari::seal
