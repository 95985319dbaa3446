// The root guarded by a cryptographic device that speaks PKCS#11 (a hardware security module, or
// SoftHSM): the wrapping key is made in the device, cannot leave it, and is destroyed in it.
#pragma once

#include "infra/seal/keystore/key_provider.h"

#include <filesystem>
#include <memory>

namespace azukari::seal {

struct TokenPlace {
    std::filesystem::path module; // the maker's library, e.g. /usr/lib/softhsm/libsofthsm2.so
    std::string token;            // label of the token
    std::string key;              // label of our keys in it
};

class TokenSession;

class Pkcs11Provider final : public KeyProvider {
public:
    // Signs in to the token. Refuses kNoToken, kWrongPin. Throws Fault when the module cannot be
    // loaded.
    static Result<Pkcs11Provider> open(TokenPlace place, const SecretText& pin);
    // The same for a keystore that is to be guarded by a new key of that label. Refuses kTokenKeyExists as well: it may
    // guard another keystore, and settle() would destroy it.
    static Result<Pkcs11Provider> fresh(TokenPlace place, const SecretText& pin);

    Pkcs11Provider(Pkcs11Provider&&) noexcept;
    ~Pkcs11Provider() override;

    std::string_view kind() const override { return "pkcs11"; }
    Result<Bytes> wrap(const Key256& root, Entropy& entropy) override;
    // Refuses kNoTokenKey, kWrongTokenKey, kUnknownFormat.
    Result<Key256> unwrap(ByteView wrapped) override;
    void settle() override;
    void retire() override;

private:
    Pkcs11Provider(TokenPlace place, std::unique_ptr<TokenSession> session);
    TokenPlace place_;
    std::unique_ptr<TokenSession> session_; // its calls are serialised: not every module bears two at once
    Bytes used_;                            // CKA_ID of the key last used
};

} // namespace azukari::seal
