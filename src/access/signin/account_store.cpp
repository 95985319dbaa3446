#include "access/signin/account_store.h"

#include "access/session_store.h"
#include "ledger/ledger.h"
#include "party/party_store.h"

namespace azukari::access {
namespace {

#define AZK_ACCOUNT_COLUMNS                                                                                            \
    "select a.id, a.staff, f.organisation, a.login, f.name, a.role, a.state,"                                          \
    " coalesce((select p.initial from access_password p where p.account = a.id), 1),"                                  \
    " (select count(*) from access_totp t where t.account = a.id),"                                                    \
    " (select count(*) from access_passkey k where k.account = a.id), a.created_at"                                    \
    " from access_account a join party_staff f on f.id = a.staff"
constexpr std::string_view kById = AZK_ACCOUNT_COLUMNS " where a.id = ?";
constexpr std::string_view kByLogin = AZK_ACCOUNT_COLUMNS " where a.login = ?";
constexpr std::string_view kOfOrganisation = AZK_ACCOUNT_COLUMNS " where f.organisation = ? order by f.kana, a.id";
#undef AZK_ACCOUNT_COLUMNS

Account account_of(const storage::Row& row)
{
    return {row.id<AccountId>(0),
            row.id<StaffId>(1),
            row.id<OrganisationId>(2),
            row.string(3),
            row.string(4),
            static_cast<Role>(row.integer(5)),
            static_cast<AccountState>(row.integer(6)),
            row.flag(7),
            row.flag(8),
            static_cast<int>(row.integer(9)),
            row.instant(10)};
}

bool is_login(std::string_view login)
{
    if (login.size() < 3 || login.size() > 40 || login.front() < 'a' || login.front() > 'z') return false;
    return std::all_of(login.begin(), login.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    });
}

void tell(storage::Tx& tx, const Moment& moment, std::string_view actor, const char* act, AccountId account)
{
    ledger::Entry entry;
    entry.at = moment.at;
    entry.act = act;
    entry.actor = actor;
    entry.object = account.text();
    entry.outcome = "done";
    ledger::append(tx, entry);
}

} // namespace

Result<AccountId> create_account(storage::Tx& tx, IdSource& ids, const Moment& moment, std::string_view actor,
                                 const NewAccount& account)
{
    if (!is_login(account.login)) return refuse_field("login", kLoginExpected);
    const auto staff = party::find_staff(tx, account.staff);
    if (!staff) return refuse_field("staff", party::kNoSuchStaff);
    const auto organisation = party::find_organisation(tx, staff->organisation);
    if (is_ward(account.role) != (organisation->kind == party::OrganisationKind::ward))
        return refuse_field("role", kRoleMismatch);
    if (find_account(tx, account.login)) return refuse_field("login", kLoginTaken);
    if (tx.exists("select 1 from access_account where staff = ?", {account.staff}))
        return refuse_field("staff", kHasAccount);
    const auto id = ids.next<AccountNoun>();
    tx.execute("insert into access_account (id, staff, login, role, state, created_at) values (?, ?, ?, ?, ?, ?)",
               {id, account.staff, account.login, static_cast<int>(account.role),
                static_cast<int>(AccountState::active), moment.at});
    tell(tx, moment, actor, "access.account_created", id);
    return id;
}

void set_account_state(storage::Tx& tx, const Moment& moment, std::string_view actor, AccountId account,
                       AccountState state)
{
    tx.execute("update access_account set state = ? where id = ?", {static_cast<int>(state), account});
    if (state != AccountState::active) end_sessions(tx, account, std::nullopt);
    const char* act = state == AccountState::active      ? "access.account_resumed"
                      : state == AccountState::suspended ? "access.account_suspended"
                                                         : "access.account_closed";
    tell(tx, moment, actor, act, account);
}

std::optional<Account> find_account(const storage::Snapshot& snapshot, AccountId id)
{
    return snapshot.one(kById, {id}, account_of);
}

std::optional<Account> find_account(const storage::Snapshot& snapshot, std::string_view login)
{
    return snapshot.one(kByLogin, {login}, account_of);
}

std::vector<Account> accounts_of(const storage::Snapshot& snapshot, OrganisationId organisation)
{
    return snapshot.all(kOfOrganisation, {organisation}, account_of);
}

void set_password_hash(storage::Tx& tx, const Moment& moment, AccountId account, std::string_view hash, bool initial)
{
    tx.execute("insert into access_password (account, hash, initial, changed_at) values (?, ?, ?, ?)"
               " on conflict (account) do update set hash = excluded.hash, initial = excluded.initial,"
               " changed_at = excluded.changed_at",
               {account, hash, initial, moment.at});
}

std::optional<std::string> password_hash(const storage::Snapshot& snapshot, AccountId account)
{
    return snapshot.one("select hash from access_password where account = ?", {account},
                        [](const storage::Row& row) { return row.string(0); });
}

} // namespace azukari::access
