// Who guards the root of all keys: a passphrase, a key file, or a cryptographic device. The
// keystore's header holds the root wrapped by the provider, with everything the provider needs
// besides its own secret.
//
// A provider that can make secrets makes a new one for each wrap(), beside the one in use. Only
// when the keystore that names the new one is durable, settle() destroys the former: an
// interruption in between leaves both, and the next opening settles.
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
    // Destroys every secret of its own but the one last used. Old copies of the keystore can then
    // not be opened by this provider; a passphrase cannot be destroyed, so theirs can until they
    // expire.
    virtual void settle() = 0;
    // Destroys every secret of its own: another provider guards the keystore now.
    virtual void retire() = 0;
};

} // namespace azukari::seal
