// What an authenticator says about itself and the person (WebAuthn Level 3, section 6.1).
#pragma once

#include "access/webauthn/webauthn_refusals.h"
#include "base/bytes.h"

#include <optional>

namespace azukari::webauthn {

struct AttestedCredential {
    Bytes id;
    Bytes public_key; // COSE, as it came
};

struct AuthenticatorData {
    Bytes party_hash;     // SHA-256 of the relying party's id
    bool present;         // UP: somebody touched it
    bool verified;        // UV: by finger, face or number
    bool backup_eligible; // BE: the passkey may be synchronised
    bool backed_up;       // BS: it is
    std::uint32_t sign_count;
    std::optional<AttestedCredential> credential;
};

inline constexpr std::size_t kLongestCredentialId = 1023;

// Refuses kMalformed: short, longer than it says, or backed up without being eligible.
Result<AuthenticatorData> parse_authenticator_data(ByteView bytes);

} // namespace azukari::webauthn
