#include "access/signin/passkey_store.h"

namespace azukari::access {
namespace {

constexpr std::string_view kByCredential =
    "select id, account, credential, public_key, sign_count, backup_eligible, backed_up, label, created_at, used_at"
    " from access_passkey where credential = ?";
constexpr std::string_view kByAccount =
    "select id, account, credential, public_key, sign_count, backup_eligible, backed_up, label, created_at, used_at"
    " from access_passkey where account = ? order by created_at, id";

Passkey passkey_of(const storage::Row& row)
{
    return {row.id<PasskeyId>(0),
            row.id<AccountId>(1),
            {row.bytes(2), row.bytes(3), static_cast<std::uint32_t>(row.integer(4)), row.flag(5), row.flag(6)},
            row.string(7),
            row.instant(8),
            row.maybe(9, [&] { return row.instant(9); })};
}

} // namespace

void keep_passkey(storage::Tx& tx, const Passkey& passkey)
{
    const auto& credential = passkey.credential;
    tx.execute("insert into access_passkey (id, credential, account, public_key, sign_count, backup_eligible,"
               " backed_up, label, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
               {passkey.id, credential.id, passkey.account, credential.public_key, credential.sign_count,
                credential.backup_eligible, credential.backed_up, passkey.label, passkey.created});
}

void note_passkey_used(storage::Tx& tx, const Passkey& passkey, const webauthn::Credential& now, const Moment& moment)
{
    tx.execute("update access_passkey set sign_count = ?, backed_up = ?, used_at = ? where id = ?",
               {now.sign_count, now.backed_up, moment.at, passkey.id});
}

bool remove_passkey(storage::Tx& tx, AccountId account, PasskeyId passkey)
{
    return tx.execute("delete from access_passkey where id = ? and account = ?", {passkey, account}) == 1;
}

std::optional<Passkey> find_passkey(const storage::Snapshot& snapshot, ByteView credential)
{
    return snapshot.one(kByCredential, {credential}, passkey_of);
}

std::vector<Passkey> passkeys_of(const storage::Snapshot& snapshot, AccountId account)
{
    return snapshot.all(kByAccount, {account}, passkey_of);
}

bool spend_challenge(storage::Tx& tx, ByteView challenge, const Moment& moment)
{
    tx.execute("delete from access_challenge where answered_at < ?",
               {Instant{moment.at.micros - Duration::hours(1).micros}});
    return tx.execute("insert into access_challenge (challenge, answered_at) values (?, ?)"
                      " on conflict (challenge) do nothing",
                      {challenge, moment.at}) == 1;
}

void forget_factors(storage::Tx& tx, AccountId account)
{
    tx.execute("delete from access_totp where account = ?", {account});
    tx.execute("delete from access_totp_offer where account = ?", {account});
    tx.execute("delete from access_passkey where account = ?", {account});
}

} // namespace azukari::access
