// Sessions as they are kept: opened by signing in, found by the token of the cookie, ended by hand or by time.
#pragma once

#include "access/access_refusals.h"
#include "access/session.h"
#include "base/random.h"
#include "infra/storage/db.h"

#include <vector>

namespace azukari::access {

// The session of a cookie's token. Refuses kNoSession (none, ended, or not a token) and kSessionOver (idle too long,
// or open too long). The account's state is decide()'s question.
Result<Session> find_session(const storage::Snapshot& snapshot, std::string_view token, const Moment& moment,
                             const Limits& limits);
// Notes that the person is still there. Cheap when called for each request: it writes once a minute only.
bool wants_touch(const Session& session, const Moment& moment);
void touch_session(storage::Tx& tx, SessionId session, const Moment& moment);

// Returns the token for the cookie; it is not kept anywhere else.
std::string open_session(storage::Tx& tx, IdSource& ids, Entropy& entropy, AccountId account, const Moment& moment);
// Ends one session (signing out, or from the list of own sessions) with its ledger entry. False when the account has
// no such session.
bool end_session(storage::Tx& tx, SessionId session, AccountId account, const Moment& moment);
// Ends all sessions of an account, except one where given (after a changed password); returns how many.
std::int64_t end_sessions(storage::Tx& tx, AccountId account, std::optional<SessionId> except);
// Notes that the person has just proved again who they are.
void note_authenticated(storage::Tx& tx, SessionId session, const Moment& moment);

std::vector<Session> sessions_of(const storage::Snapshot& snapshot, AccountId account, const Moment& moment,
                                 const Limits& limits);

} // namespace azukari::access
