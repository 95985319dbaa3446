// Failed sign-ins as they are counted. A try is counted before its password is looked at and forgiven when it was
// right, so that many at once are not answered more often than the rules allow.
#pragma once

#include "access/signin/attempt_rules.h"
#include "infra/storage/db.h"

namespace azukari::access {

AttemptHistory attempt_history(const storage::Snapshot& snapshot, std::string_view login, std::string_view address);
// Returns the failures in a row for the login name, this one included. Forgets what is older than a day, except by
// name.
std::int64_t count_attempt(storage::Tx& tx, std::string_view login, std::string_view address, const Moment& moment);
// A right sign-in: the name starts anew, and so does the address for it.
void forgive_attempts(storage::Tx& tx, std::string_view login, std::string_view address);
// A supervisor unlocks the name.
void forget_failures(storage::Tx& tx, std::string_view login);
std::int64_t failures_of(const storage::Snapshot& snapshot, std::string_view login);

} // namespace azukari::access
