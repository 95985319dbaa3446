#include "access/signin/door.h"

#include "access/session_store.h"
#include "access/signin/attempt_store.h"
#include "access/signin/passkey_store.h"
#include "access/signin/password_rules.h"
#include "access/signin/totp_store.h"
#include "infra/text/folding.h"
#include "ledger/ledger.h"

namespace azukari::access {
namespace {

// An address in the letters the ledger knows; a zone such as %eth0 is left out.
std::string plain_address(std::string_view address)
{
    std::string plain;
    for (const char c : address.substr(0, address.find('%')))
        if (std::string_view("0123456789abcdefABCDEF:.").find(c) != std::string_view::npos) plain += c;
    return plain;
}

ledger::Entry entry_of(const Moment& moment, std::string_view act, std::string_view actor,
                       const std::optional<AccountId>& object, std::string outcome = "done")
{
    ledger::Entry entry;
    entry.at = moment.at;
    entry.act = act;
    entry.actor = actor;
    if (object) entry.object = object->text();
    entry.outcome = std::move(outcome);
    return entry;
}

} // namespace

struct Door::Known {
    std::string login;
    std::optional<Account> account;
    std::optional<std::string> hash;
    std::optional<TotpKey> totp;
    std::int64_t failures; // in a row, this try included until it proves right
};

struct Door::Checked {
    bool right;
    std::optional<std::int64_t> step; // of the code, when one was needed
};

Result<Door::Known> Door::begin(storage::Tx& tx, const std::string& login, const Proof& proof,
                                const Moment& moment) const
{
    const auto history = attempt_history(tx, login, proof.address);
    if (is_locked(history)) return refuse(kSignInLocked);
    if (const auto seconds = seconds_to_wait(history, moment.at); seconds > 0)
        return refuse(kSignInWait, std::to_string(seconds));
    Known known{login, find_account(tx, login), std::nullopt, std::nullopt, 0};
    known.failures = count_attempt(tx, login, proof.address, moment);
    if (known.account) {
        known.hash = password_hash(tx, known.account->id);
        known.totp = totp_key(tx, key_, known.account->id);
    }
    return known;
}

Door::Checked Door::check(const Known& known, const Proof& proof, const Moment& moment)
{
    // The work is the same whether there is such an account or not.
    Checked checked{passwords_.verify(known.hash, normalised(proof.password)), std::nullopt};
    if (!known.account) return {false, std::nullopt};
    if (known.totp) {
        checked.step = matching_step(known.totp->key, proof.code, moment.at, known.totp->last_step);
        checked.right = checked.right && checked.step.has_value();
    } else if (known.account->passkeys > 0) {
        checked.right = false; // a password alone is not enough for who has enrolled a passkey
    }
    return checked;
}

std::optional<Refusal> Door::settle(storage::Tx& tx, const Known& known, const Checked& checked, const Proof& proof,
                                    const Moment& moment) const
{
    const auto account = known.account ? std::optional(known.account->id) : std::nullopt;
    const auto tell_refused = [&](const RefusalKind& kind) {
        auto entry = entry_of(moment, "access.sign_in_refused", "system", account, "refused:" + std::string(kind.code));
        entry.references["address"] = plain_address(proof.address);
        entry.counts["failures"] = known.failures;
        ledger::append(tx, entry);
        return Refusal(kind);
    };
    const bool right = checked.right && (!checked.step || use_step(tx, *account, *checked.step));
    if (!right) {
        if (known.failures == kMostFailures) ledger::append(tx, entry_of(moment, "access.locked", "system", account));
        return tell_refused(kSignInRefused);
    }
    forgive_attempts(tx, known.login, proof.address);
    if (find_account(tx, *account)->state != AccountState::active) return tell_refused(kSignInStopped);
    return std::nullopt;
}

Result<std::string> Door::sign_in(std::string_view login, const Proof& proof, const Moment& moment)
{
    const auto key = text::comparison_key(login);
    AZK_TRY(const auto known, db_.write([&](storage::Tx& tx) { return begin(tx, key, proof, moment); }));
    const auto checked = check(known, proof, moment);
    const bool renew = checked.right && passwords_.outdated(*known.hash);
    const auto fresh_hash = renew ? passwords_.hash(normalised(proof.password), entropy_) : std::string();

    std::string token;
    const auto refusal = db_.write([&](storage::Tx& tx) {
        auto refused = settle(tx, known, checked, proof, moment);
        if (refused) return refused;
        if (renew) set_password_hash(tx, moment, known.account->id, fresh_hash, known.account->initial_password);
        IdSource ids(moment.at, entropy_);
        token = open_session(tx, ids, entropy_, known.account->id, moment);
        return refused;
    });
    if (refusal) return tl::unexpected<Refusal>(*refusal);
    return token;
}

Result<void> Door::reauthenticate(const Session& session, const Proof& proof, const Moment& moment)
{
    const auto account = db_.read([&](const storage::Snapshot& s) { return find_account(s, session.account); });
    if (!account) return refuse(kNoSuchAccount);
    AZK_TRY(const auto known, db_.write([&](storage::Tx& tx) { return begin(tx, account->login, proof, moment); }));
    const auto checked = check(known, proof, moment);
    const auto refusal = db_.write([&](storage::Tx& tx) {
        auto refused = settle(tx, known, checked, proof, moment);
        if (refused) return refused;
        note_authenticated(tx, session.id, moment);
        ledger::append(tx, entry_of(moment, "access.reauthenticated", account->id.text(), account->id));
        return refused;
    });
    if (refusal) return tl::unexpected<Refusal>(*refusal);
    return {};
}

std::vector<std::string> Door::own_words(const Account& account) const
{
    const auto organisation = db_.read(
        [&](const storage::Snapshot& snapshot) { return party::find_organisation(snapshot, account.organisation); });
    std::vector<std::string> words{account.login, account.name};
    if (organisation) words.push_back(organisation->name);
    return words;
}

Result<void> Door::change_password(const Session& session, const SecretText& current, const SecretText& fresh,
                                   std::string_view address, const Moment& moment)
{
    const auto [account, hash] = db_.read([&](const storage::Snapshot& snapshot) {
        return std::pair(find_account(snapshot, session.account), password_hash(snapshot, session.account));
    });
    if (!account) return refuse(kNoSuchAccount);
    AZK_REQUIRE(db_.write([&](storage::Tx& tx) { return begin(tx, account->login, {current, {}, address}, moment); }));
    if (!passwords_.verify(hash, normalised(current))) return refuse_field("current", kPasswordWrong);
    db_.write([&](storage::Tx& tx) { forgive_attempts(tx, account->login, address); });
    const auto wanted = normalised(fresh);
    AZK_REQUIRE(check_password(wanted, own_words(*account), "fresh"));
    if (wanted.reveal() == normalised(current).reveal()) return refuse_field("fresh", kPasswordSame);
    const auto fresh_hash = passwords_.hash(wanted, entropy_);
    db_.write([&](storage::Tx& tx) {
        set_password_hash(tx, moment, account->id, fresh_hash, false);
        end_sessions(tx, account->id, session.id);
        ledger::append(tx, entry_of(moment, "access.password_changed", account->id.text(), account->id));
    });
    return {};
}

Result<void> Door::reset(AccountId id, const SecretText& initial, std::string_view actor, const Moment& moment)
{
    const auto account = db_.read([&](const storage::Snapshot& s) { return find_account(s, id); });
    if (!account) return refuse(kNoSuchAccount);
    const auto wanted = normalised(initial);
    AZK_REQUIRE(check_password(wanted, own_words(*account), "initial"));
    const auto hash = passwords_.hash(wanted, entropy_);
    db_.write([&](storage::Tx& tx) {
        set_password_hash(tx, moment, id, hash, true);
        forget_factors(tx, id);
        forget_failures(tx, account->login);
        end_sessions(tx, id, std::nullopt);
        ledger::append(tx, entry_of(moment, "access.reset", actor, id));
    });
    return {};
}

Result<AccountId> Door::create(const Ready& ready, std::string_view actor, const Moment& moment)
{
    const auto wanted = normalised(ready.password);
    AZK_REQUIRE(check_password(wanted, {}, "password"));
    const auto hash = passwords_.hash(wanted, entropy_);
    return db_.write([&](storage::Tx& tx) -> Result<AccountId> {
        IdSource ids(moment.at, entropy_);
        AZK_TRY(const auto id, create_account(tx, ids, moment, actor, ready.account));
        set_password_hash(tx, moment, id, hash, ready.totp_key.empty());
        if (!ready.totp_key.empty()) enrol_totp(tx, entropy_, key_, id, ready.totp_key, 0, moment);
        return id;
    });
}

Result<AccountId> Door::take_on(const Person& person, const SecretText& initial, const Scope& scope,
                                const Moment& moment)
{
    const auto wanted = normalised(initial);
    AZK_REQUIRE(check_password(wanted, {}, "password"));
    const auto hash = passwords_.hash(wanted, entropy_);
    return db_.write([&](storage::Tx& tx) -> Result<AccountId> {
        IdSource ids(moment.at, entropy_);
        const auto actor = scope.account().text();
        AZK_TRY(const auto staff, party::record_staff(tx, ids, moment, actor, person.staff));
        const auto employer = party::find_staff(tx, scope.staff())->organisation;
        if (employer == person.staff.organisation)
            AZK_REQUIRE(party::attest_employment(tx, moment, actor, staff, scope.staff()));
        AZK_TRY(const auto id, create_account(tx, ids, moment, actor, {staff, person.login, person.role}));
        set_password_hash(tx, moment, id, hash, true);
        return id;
    });
}

} // namespace azukari::access
