// The door: signing in with a password and the code of an authenticator application, proving again who one is, and
// what one may change about one's own account. Each try leaves its ledger entry, by ids. [K13]
#pragma once

#include "access/session.h"
#include "access/signin/account_store.h"
#include "base/random.h"
#include "base/secret.h"
#include "infra/seal/password.h"
#include "party/party_store.h"

namespace azukari::access {

struct Proof {
    const SecretText& password;
    std::string_view code;    // six digits; empty when no authenticator application is enrolled yet
    std::string_view address; // where the request came from
};

class Door {
public:
    // `key` belongs to the accounts alone (seal::derive_key(…, "accounts")).
    Door(storage::Db& db, seal::Passwords& passwords, Entropy& entropy, const Key256& key)
        : db_(db), passwords_(passwords), entropy_(entropy), key_(key)
    {
    }

    // Returns the token for the cookie. Refuses kSignInRefused for whatever was wrong, kSignInWait, kSignInLocked,
    // and kSignInStopped, the last only to who proved to be the account's person. An account without a second factor
    // comes in; decide() then lets it do nothing but enrol one.
    Result<std::string> sign_in(std::string_view login, const Proof& proof, const Moment& moment);
    // The same proof for what is grave. Counts like a sign-in.
    Result<void> reauthenticate(const Session& session, const Proof& proof, const Moment& moment);

    // Ends the account's other sessions. A wrong present password counts like a failed sign-in.
    Result<void> change_password(const Session& session, const SecretText& current, const SecretText& fresh,
                                 std::string_view address, const Moment& moment);
    // A password handed over by somebody else (`actor`), to be replaced at the first sign-in; ends all sessions and
    // takes the other factors away, for people who lost them.
    Result<void> reset(AccountId account, const SecretText& initial, std::string_view actor, const Moment& moment);

    // An account that is ready: for the demonstration and for commands on the server. With a TOTP key the password
    // counts as the person's own; without one it is initial.
    struct Ready {
        NewAccount account;
        const SecretText& password;
        ByteView totp_key{};
    };
    Result<AccountId> create(const Ready& ready, std::string_view actor, const Moment& moment);

    // A new person and their account, with an initial password; the one who takes them on attests their employment
    // when both work for the same organisation.
    struct Person {
        party::NewStaff staff;
        std::string_view login;
        Role role;
    };
    Result<AccountId> take_on(const Person& person, const SecretText& initial, const Scope& scope,
                              const Moment& moment);

    const Key256& key() const { return key_; }
    Entropy& entropy() const { return entropy_; }
    storage::Db& db() const { return db_; }

private:
    struct Known;
    struct Checked;
    Result<Known> begin(storage::Tx& tx, const std::string& login, const Proof& proof, const Moment& moment) const;
    Checked check(const Known& known, const Proof& proof, const Moment& moment);
    std::optional<Refusal> settle(storage::Tx& tx, const Known& known, const Checked& checked, const Proof& proof,
                                  const Moment& moment) const;
    std::vector<std::string> own_words(const Account& account) const;

    storage::Db& db_;
    seal::Passwords& passwords_;
    Entropy& entropy_;
    Key256 key_;
};

} // namespace azukari::access
