#include "access/session_store.h"

#include "infra/seal/digest.h"
#include "ledger/ledger.h"

namespace azukari::access {
namespace {

constexpr std::string_view kByToken =
    "select s.id, a.id, a.staff, o.id, a.role, f.name, o.name, s.started_at, s.seen_at, s.authenticated_at"
    " from access_session s join access_account a on a.id = s.account"
    " join party_staff f on f.id = a.staff join party_organisation o on o.id = f.organisation where s.token = ?";
constexpr std::string_view kByAccount =
    "select s.id, a.id, a.staff, o.id, a.role, f.name, o.name, s.started_at, s.seen_at, s.authenticated_at"
    " from access_session s join access_account a on a.id = s.account"
    " join party_staff f on f.id = a.staff join party_organisation o on o.id = f.organisation"
    " where a.id = ? order by s.seen_at desc";

Session session_of(const storage::Row& row)
{
    return {row.id<SessionId>(0),
            row.id<AccountId>(1),
            row.id<StaffId>(2),
            row.id<OrganisationId>(3),
            static_cast<Role>(row.integer(4)),
            row.string(5),
            row.string(6),
            row.instant(7),
            row.instant(8),
            row.instant(9)};
}

bool is_over(const Session& session, const Moment& moment, const Limits& limits)
{
    return limits.idle <= moment.at - session.seen || limits.absolute <= moment.at - session.started;
}

void tell(storage::Tx& tx, const char* act, AccountId account, SessionId session, const Moment& moment)
{
    ledger::Entry entry;
    entry.at = moment.at;
    entry.act = act;
    entry.actor = account.text();
    entry.object = session.text();
    entry.outcome = "done";
    ledger::append(tx, entry);
}

} // namespace

Result<Session> find_session(const storage::Snapshot& snapshot, std::string_view token, const Moment& moment,
                             const Limits& limits)
{
    const auto bytes = from_base64url(token);
    if (!bytes || bytes->size() != 32) return refuse(kNoSession);
    const auto found = snapshot.one(kByToken, {seal::sha256(*bytes)}, session_of);
    if (!found) return refuse(kNoSession);
    if (is_over(*found, moment, limits)) return refuse(kSessionOver);
    return *found;
}

bool wants_touch(const Session& session, const Moment& moment)
{
    return moment.at - session.seen >= Duration::minutes(1);
}

void touch_session(storage::Tx& tx, SessionId session, const Moment& moment)
{
    tx.execute("update access_session set seen_at = ? where id = ? and seen_at < ?", {moment.at, session, moment.at});
}

std::string open_session(storage::Tx& tx, IdSource& ids, Entropy& entropy, AccountId account, const Moment& moment)
{
    const auto token = entropy.bytes<32>();
    const auto id = ids.next<SessionNoun>();
    tx.execute("insert into access_session (id, token, account, started_at, seen_at, authenticated_at)"
               " values (?, ?, ?, ?, ?, ?)",
               {id, seal::sha256(token), account, moment.at, moment.at, moment.at});
    tell(tx, "access.signed_in", account, id, moment);
    return base64url(token);
}

bool end_session(storage::Tx& tx, SessionId session, AccountId account, const Moment& moment)
{
    if (tx.execute("delete from access_session where id = ? and account = ?", {session, account}) == 0) return false;
    tell(tx, "access.signed_out", account, session, moment);
    return true;
}

std::int64_t end_sessions(storage::Tx& tx, AccountId account, std::optional<SessionId> except)
{
    if (except) return tx.execute("delete from access_session where account = ? and id <> ?", {account, *except});
    return tx.execute("delete from access_session where account = ?", {account});
}

void note_authenticated(storage::Tx& tx, SessionId session, const Moment& moment)
{
    tx.execute("update access_session set authenticated_at = ?, seen_at = ? where id = ?",
               {moment.at, moment.at, session});
}

std::vector<Session> sessions_of(const storage::Snapshot& snapshot, AccountId account, const Moment& moment,
                                 const Limits& limits)
{
    auto sessions = snapshot.all(kByAccount, {account}, session_of);
    std::erase_if(sessions, [&](const Session& session) { return is_over(session, moment, limits); });
    return sessions;
}

} // namespace azukari::access
