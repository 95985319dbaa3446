// Accounts and their passwords as they are kept. Hashing and checking is sign_in.h's work.
#pragma once

#include "access/signin/account.h"
#include "access/signin/signin_refusals.h"

#include <vector>

namespace azukari::access {

struct NewAccount {
    StaffId staff;
    std::string_view login;
    Role role;
};
// Refuses a login name that is taken or malformed, a person who has an account, and a role that does not fit the
// organisation (a contractor's person cannot be a ward officer).
Result<AccountId> create_account(storage::Tx& tx, IdSource& ids, const Moment& moment, std::string_view actor,
                                 const NewAccount& account);
void set_account_state(storage::Tx& tx, const Moment& moment, std::string_view actor, AccountId account,
                       AccountState state);

std::optional<Account> find_account(const storage::Snapshot& snapshot, AccountId id);
std::optional<Account> find_account(const storage::Snapshot& snapshot, std::string_view login);
std::vector<Account> accounts_of(const storage::Snapshot& snapshot, OrganisationId organisation);

// Only the hash is kept. `initial` is true when somebody other than the person chose it.
void set_password_hash(storage::Tx& tx, const Moment& moment, AccountId account, std::string_view hash, bool initial);
std::optional<std::string> password_hash(const storage::Snapshot& snapshot, AccountId account);

} // namespace azukari::access
