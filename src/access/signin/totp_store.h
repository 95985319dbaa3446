// Keys of authenticator applications as they are kept: sealed under the key of the accounts, bound to theirs.
#pragma once

#include "access/signin/signin_refusals.h"
#include "access/signin/totp.h"
#include "base/secret.h"
#include "infra/storage/db.h"

namespace azukari::access {

struct TotpKey {
    Bytes key;
    std::int64_t last_step; // of the code accepted last
};

// A new key to show as a QR code; it counts once it has been confirmed by a code. Replaces an earlier offer.
Bytes offer_totp(storage::Tx& tx, Entropy& entropy, const Key256& sealing, AccountId account, const Moment& moment);
// The key offered within the last quarter of an hour.
std::optional<Bytes> offered_totp(const storage::Snapshot& snapshot, const Key256& sealing, AccountId account,
                                  const Moment& moment);
// The offered key becomes the account's when the code is right. Leaves its ledger entry.
Result<void> confirm_totp(storage::Tx& tx, Entropy& entropy, const Key256& sealing, AccountId account,
                          std::string_view code, const Moment& moment);
// A key that is known to be in the person's hands already. Leaves its ledger entry.
void enrol_totp(storage::Tx& tx, Entropy& entropy, const Key256& sealing, AccountId account, ByteView key,
                std::int64_t last_step, const Moment& moment);

std::optional<TotpKey> totp_key(const storage::Snapshot& snapshot, const Key256& sealing, AccountId account);
// Marks a step as used, by compare-and-set: of two that come with the same code at once, one is told false.
bool use_step(storage::Tx& tx, AccountId account, std::int64_t step);

} // namespace azukari::access
