// The door for passkeys: enrolling one, signing in and proving again who one is with it. A passkey is both factors in
// one, and cannot be given to a forged site. [K13]
#pragma once

#include "access/signin/door.h"
#include "access/signin/passkey_store.h"

namespace azukari::access {

enum class Asking : std::uint8_t { enrol, sign_in, reauthenticate };

struct PasskeyAnswer {
    Bytes credential; // its id
    Bytes client_data;
    Bytes authenticator_data;
    Bytes signature;
};

class PasskeyDoor {
public:
    PasskeyDoor(Door& door, webauthn::RelyingParty party) : door_(door), party_(std::move(party)) {}

    const webauthn::RelyingParty& party() const { return party_; }

    // What an authenticator is asked to sign: holds for five minutes, for one answer, and for this session (nullptr
    // at sign-in). Nothing is kept until it is answered.
    Bytes challenge(Asking asking, const Session* session, const Moment& moment);

    // Refuses kPasskeyTaken and what webauthn_refusals.h names.
    Result<PasskeyId> enrol(const Session& session, std::string_view label, const webauthn::RegistrationAnswer& answer,
                            const Moment& moment);
    // Returns the token for the cookie. Refuses kPasskeyRefused for whatever was wrong; the ledger knows what.
    Result<std::string> sign_in(const PasskeyAnswer& answer, const Moment& moment);
    Result<void> reauthenticate(const Session& session, const PasskeyAnswer& answer, const Moment& moment);
    // Refuses kLastFactor when the person could not sign in any more.
    Result<void> remove(const Session& session, PasskeyId passkey, const Moment& moment);

private:
    Result<void> spend(storage::Tx& tx, Asking asking, const Session* session, ByteView client_data,
                       const Moment& moment, Bytes& challenge) const;
    Bytes mac(Asking asking, const Session* session, ByteView head) const;
    Result<Passkey> prove(storage::Tx& tx, Asking asking, const Session* session, const PasskeyAnswer& answer,
                          const Moment& moment) const;

    Door& door_;
    webauthn::RelyingParty party_;
};

} // namespace azukari::access
