// Passkeys as they are kept, and the challenges that were answered.
#pragma once

#include "access/session.h"
#include "access/webauthn/ceremony.h"
#include "infra/storage/db.h"

#include <vector>

namespace azukari::access {

using PasskeyId = Id<struct PasskeyNoun>;

struct Passkey {
    PasskeyId id;
    AccountId account;
    webauthn::Credential credential;
    std::string label; // 「職場のパソコン」
    Instant created;
    std::optional<Instant> used;
};

void keep_passkey(storage::Tx& tx, const Passkey& passkey);
void note_passkey_used(storage::Tx& tx, const Passkey& passkey, const webauthn::Credential& now, const Moment& moment);
bool remove_passkey(storage::Tx& tx, AccountId account, PasskeyId passkey);
std::optional<Passkey> find_passkey(const storage::Snapshot& snapshot, ByteView credential);
std::vector<Passkey> passkeys_of(const storage::Snapshot& snapshot, AccountId account);

// False when the challenge was answered before.
bool spend_challenge(storage::Tx& tx, ByteView challenge, const Moment& moment);

// Takes the TOTP key and all passkeys away from an account.
void forget_factors(storage::Tx& tx, AccountId account);

} // namespace azukari::access
