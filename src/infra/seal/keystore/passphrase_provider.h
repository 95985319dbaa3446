// The root guarded by a passphrase that somebody types when the server starts.
#pragma once

#include "infra/seal/keystore/key_provider.h"
#include "infra/seal/password.h"

namespace azukari::seal {

inline constexpr PasswordCost kPassphraseCost{256 * 1024, 3}; // about half a second
inline constexpr std::size_t kPassphraseLetters = 15;

class PassphraseProvider final : public KeyProvider {
public:
    // The caller has normalised the passphrase (NFKC). `cost` is for wrapping; unwrapping takes the
    // cost from the header.
    explicit PassphraseProvider(SecretText passphrase, PasswordCost cost = kPassphraseCost)
        : passphrase_(std::move(passphrase)), cost_(cost)
    {
    }
    std::string_view kind() const override { return "passphrase"; }
    // Refuses kShortPassphrase.
    Result<Bytes> wrap(const Key256& root, Entropy& entropy) override;
    // Refuses kWrongPassphrase, kUnknownFormat.
    Result<Key256> unwrap(ByteView wrapped) override;
    void settle() override {} // what somebody remembers cannot be destroyed
    void retire() override {}

private:
    SecretText passphrase_;
    PasswordCost cost_;
};

} // namespace azukari::seal
