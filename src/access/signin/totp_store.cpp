#include "access/signin/totp_store.h"

#include "infra/seal/xaes.h"
#include "ledger/ledger.h"

namespace azukari::access {
namespace {

constexpr auto kOfferHolds = Duration::minutes(15);

Bytes bound_to(AccountId account)
{
    Bytes aad = to_bytes("access_totp.secret");
    aad.insert(aad.end(), account.bytes().begin(), account.bytes().end());
    return aad;
}

Bytes sealed(const Key256& sealing, AccountId account, ByteView key, Entropy& entropy)
{
    const auto nonce = entropy.bytes<seal::kNonceSize>();
    Bytes out(nonce.begin(), nonce.end());
    out.resize(seal::kNonceSize + key.size() + seal::kTagSize);
    seal::xaes_seal(sealing, nonce, bound_to(account), key, std::span(out).subspan(seal::kNonceSize));
    return out;
}

// Throws when the store was changed behind our back, or the key of the accounts is another one.
Bytes opened(const Key256& sealing, AccountId account, ByteView stored)
{
    constexpr auto kOverhead = seal::kNonceSize + seal::kTagSize;
    Bytes key(stored.size() > kOverhead ? stored.size() - kOverhead : 0);
    seal::Nonce nonce{};
    std::copy_n(stored.begin(), std::min(stored.size(), nonce.size()), nonce.begin());
    if (key.empty() || !seal::xaes_open(sealing, nonce, bound_to(account), stored.subspan(nonce.size()), key))
        throw Fault("認証アプリの鍵を開けません。鍵の保管庫が、このデータのものか確かめてください。");
    return key;
}

} // namespace

Bytes offer_totp(storage::Tx& tx, Entropy& entropy, const Key256& sealing, AccountId account, const Moment& moment)
{
    const auto key = entropy.bytes<kTotpKeySize>();
    tx.execute("insert into access_totp_offer (account, secret, offered_at) values (?, ?, ?)"
               " on conflict (account) do update set secret = excluded.secret, offered_at = excluded.offered_at",
               {account, sealed(sealing, account, key, entropy), moment.at});
    return Bytes(key.begin(), key.end());
}

std::optional<Bytes> offered_totp(const storage::Snapshot& snapshot, const Key256& sealing, AccountId account,
                                  const Moment& moment)
{
    return snapshot.one("select secret from access_totp_offer where account = ? and offered_at > ?",
                        {account, Instant{moment.at.micros - kOfferHolds.micros}},
                        [&](const storage::Row& row) { return opened(sealing, account, row.blob(0)); });
}

Result<void> confirm_totp(storage::Tx& tx, Entropy& entropy, const Key256& sealing, AccountId account,
                          std::string_view code, const Moment& moment)
{
    const auto key = offered_totp(tx, sealing, account, moment);
    if (!key) return refuse(kNoOffer);
    const auto step = matching_step(*key, code, moment.at, 0);
    if (!step) return refuse_field("code", kCodeWrong);
    tx.execute("delete from access_totp_offer where account = ?", {account});
    enrol_totp(tx, entropy, sealing, account, *key, *step, moment);
    return {};
}

void enrol_totp(storage::Tx& tx, Entropy& entropy, const Key256& sealing, AccountId account, ByteView key,
                std::int64_t last_step, const Moment& moment)
{
    tx.execute("insert into access_totp (account, secret, last_step, enrolled_at) values (?, ?, ?, ?)"
               " on conflict (account) do update set secret = excluded.secret, last_step = excluded.last_step,"
               " enrolled_at = excluded.enrolled_at",
               {account, sealed(sealing, account, key, entropy), last_step, moment.at});
    ledger::Entry entry;
    entry.at = moment.at;
    entry.act = "access.totp_enrolled";
    entry.actor = account.text();
    entry.object = account.text();
    entry.outcome = "done";
    ledger::append(tx, entry);
}

std::optional<TotpKey> totp_key(const storage::Snapshot& snapshot, const Key256& sealing, AccountId account)
{
    return snapshot.one("select secret, last_step from access_totp where account = ?", {account},
                        [&](const storage::Row& row) {
                            return TotpKey{opened(sealing, account, row.blob(0)), row.integer(1)};
                        });
}

bool use_step(storage::Tx& tx, AccountId account, std::int64_t step)
{
    return tx.execute("update access_totp set last_step = ? where account = ? and last_step < ?",
                      {step, account, step}) == 1;
}

} // namespace azukari::access
