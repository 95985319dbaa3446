// The two ceremonies of passkeys (WebAuthn Level 3, sections 7.1 and 7.2): enrolling one, and proving that one has
// it. Attestation is not asked for; verification of the person by the authenticator always is.
#pragma once

#include "access/webauthn/webauthn_refusals.h"
#include "base/bytes.h"

#include <string>

namespace azukari::webauthn {

struct RelyingParty {
    std::string id;     // a DNS name, or localhost
    std::string origin; // https://id[:port]; http only for localhost
    std::string name;   // what the authenticator shows
};
// Refuses kNoDomain for an address in numbers: browsers do, too.
Result<void> check_party(const RelyingParty& party);

struct Credential {
    Bytes id;
    Bytes public_key; // COSE
    std::uint32_t sign_count;
    bool backup_eligible;
    bool backed_up;
};

struct RegistrationAnswer {
    ByteView client_data;        // JSON
    ByteView attestation_object; // CBOR
};
Result<Credential> check_registration(const RelyingParty& party, ByteView challenge, const RegistrationAnswer& answer);

struct AssertionAnswer {
    ByteView client_data;
    ByteView authenticator_data;
    ByteView signature;
};
// Returns the credential as it now is (its counter, whether it is backed up).
Result<Credential> check_assertion(const RelyingParty& party, ByteView challenge, const Credential& known,
                                   const AssertionAnswer& answer);

} // namespace azukari::webauthn
