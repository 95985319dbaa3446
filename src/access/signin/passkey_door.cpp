#include "access/signin/passkey_door.h"

#include "access/session_store.h"
#include "access/webauthn/client_data.h"
#include "infra/seal/digest.h"
#include "ledger/ledger.h"

namespace azukari::access {
namespace {

constexpr std::size_t kNonce = 16;
constexpr std::size_t kTime = 8;
constexpr std::size_t kMac = 16;
constexpr auto kHolds = Duration::minutes(5);

ledger::Entry entry_of(const Moment& moment, std::string_view act, AccountId account, std::string object)
{
    ledger::Entry entry;
    entry.at = moment.at;
    entry.act = act;
    entry.actor = account.text();
    entry.object = std::move(object);
    entry.outcome = "done";
    return entry;
}

Instant time_of(ByteView challenge)
{
    std::uint64_t micros = 0;
    for (std::size_t i = kNonce; i < kNonce + kTime; ++i) micros = micros << 8U | challenge[i];
    return {static_cast<std::int64_t>(micros)};
}

} // namespace

Bytes PasskeyDoor::mac(Asking asking, const Session* session, ByteView head) const
{
    const std::uint8_t kind = static_cast<std::uint8_t>(asking);
    const auto bound = session == nullptr ? ByteView() : ByteView(session->id.bytes());
    const auto key = seal::derive_key(door_.key(), "passkey challenge");
    const auto full = seal::hmac_sha256(key.reveal(), {ByteView(&kind, 1), bound, head});
    return Bytes(full.begin(), full.begin() + kMac);
}

Bytes PasskeyDoor::challenge(Asking asking, const Session* session, const Moment& moment)
{
    Bytes made(kNonce);
    door_.entropy().fill(made);
    for (int shift = 56; shift >= 0; shift -= 8)
        made.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(moment.at.micros) >> shift));
    const auto proof = mac(asking, session, made);
    made.insert(made.end(), proof.begin(), proof.end());
    return made;
}

// Ours, for this use, young enough, and not answered before.
Result<void> PasskeyDoor::spend(storage::Tx& tx, Asking asking, const Session* session, ByteView client_data,
                                const Moment& moment, Bytes& challenge) const
{
    AZK_TRY(challenge, webauthn::challenge_of(client_data));
    if (challenge.size() != kNonce + kTime + kMac) return refuse(webauthn::kWrongChallenge);
    const ByteView all(challenge);
    const auto head = all.first(kNonce + kTime);
    if (!equal_in_constant_time(mac(asking, session, head), all.subspan(head.size())))
        return refuse(webauthn::kWrongChallenge);
    const auto made = time_of(challenge);
    if (moment.at < made || made + kHolds <= moment.at) return refuse(webauthn::kWrongChallenge);
    if (!spend_challenge(tx, challenge, moment)) return refuse(webauthn::kWrongChallenge);
    return {};
}

Result<PasskeyId> PasskeyDoor::enrol(const Session& session, std::string_view label,
                                     const webauthn::RegistrationAnswer& answer, const Moment& moment)
{
    AZK_REQUIRE(webauthn::check_party(party_));
    return door_.db().write([&](storage::Tx& tx) -> Result<PasskeyId> {
        Bytes challenge;
        AZK_REQUIRE(spend(tx, Asking::enrol, &session, answer.client_data, moment, challenge));
        AZK_TRY(auto credential, webauthn::check_registration(party_, challenge, answer));
        if (find_passkey(tx, credential.id)) return refuse(kPasskeyTaken);
        IdSource ids(moment.at, door_.entropy());
        const auto id = ids.next<PasskeyNoun>();
        keep_passkey(tx, {id, session.account, std::move(credential), std::string(label), moment.at, std::nullopt});
        ledger::append(tx, entry_of(moment, "access.passkey_enrolled", session.account, id.text()));
        return id;
    });
}

Result<Passkey> PasskeyDoor::prove(storage::Tx& tx, Asking asking, const Session* session, const PasskeyAnswer& answer,
                                   const Moment& moment) const
{
    auto passkey = find_passkey(tx, answer.credential);
    if (!passkey || (session != nullptr && passkey->account != session->account)) return refuse(kPasskeyRefused);
    // What the authenticator said wrong is for the ledger; an answer is spent either way.
    Bytes challenge;
    auto proved = spend(tx, asking, session, answer.client_data, moment, challenge);
    if (proved) {
        const auto now = webauthn::check_assertion(party_, challenge, passkey->credential,
                                                   {answer.client_data, answer.authenticator_data, answer.signature});
        if (now) {
            note_passkey_used(tx, *passkey, *now, moment);
            return *std::move(passkey);
        }
        proved = tl::unexpected<Refusal>(now.error());
    }
    auto entry = entry_of(moment, "access.sign_in_refused", passkey->account, passkey->id.text());
    entry.actor = "system";
    entry.outcome = "refused:" + std::string(proved.error().code());
    ledger::append(tx, entry);
    return refuse(kPasskeyRefused);
}

Result<std::string> PasskeyDoor::sign_in(const PasskeyAnswer& answer, const Moment& moment)
{
    std::optional<Refusal> refusal; // kept apart, so that the entry about it stays
    auto token = door_.db().write([&](storage::Tx& tx) {
        const auto passkey = prove(tx, Asking::sign_in, nullptr, answer, moment);
        if (!passkey)
            refusal = passkey.error();
        else if (find_account(tx, passkey->account)->state != AccountState::active)
            refusal = Refusal(kSignInStopped);
        if (refusal) return std::string();
        IdSource ids(moment.at, door_.entropy());
        return open_session(tx, ids, door_.entropy(), passkey->account, moment);
    });
    if (refusal) return tl::unexpected<Refusal>(*refusal);
    return token;
}

Result<void> PasskeyDoor::reauthenticate(const Session& session, const PasskeyAnswer& answer, const Moment& moment)
{
    std::optional<Refusal> refusal;
    door_.db().write([&](storage::Tx& tx) {
        const auto passkey = prove(tx, Asking::reauthenticate, &session, answer, moment);
        if (!passkey) {
            refusal = passkey.error();
            return;
        }
        note_authenticated(tx, session.id, moment);
        ledger::append(tx, entry_of(moment, "access.reauthenticated", session.account, passkey->id.text()));
    });
    if (refusal) return tl::unexpected<Refusal>(*refusal);
    return {};
}

Result<void> PasskeyDoor::remove(const Session& session, PasskeyId passkey, const Moment& moment)
{
    return door_.db().write([&](storage::Tx& tx) -> Result<void> {
        const auto account = find_account(tx, session.account);
        if (!account) return refuse(kNoSuchAccount);
        if (account->passkeys <= 1 && !account->totp) return refuse(kLastFactor);
        if (!remove_passkey(tx, session.account, passkey)) return refuse(kNoPasskey);
        ledger::append(tx, entry_of(moment, "access.passkey_removed", session.account, passkey.text()));
        return {};
    });
}

} // namespace azukari::access
