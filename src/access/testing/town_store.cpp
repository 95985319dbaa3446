#include "access/testing.h"

#include "access/signin/account_store.h"
#include "access_migrations.h"
#include "base/check.h"
#include "ledger_migrations.h"
#include "party/party_store.h"
#include "party_migrations.h"

namespace azukari::access::testing {
namespace {

constexpr std::string_view kNames[kRoles] = {"見本 太郎", "試験 花子", "架空 次郎",
                                             "模擬 三郎", "仮名 四郎", "例題 五月"};
constexpr std::string_view kKana[kRoles] = {"ミホン タロウ", "シケン ハナコ", "カクウ ジロウ",
                                            "モギ サブロウ", "カメイ シロウ", "レイダイ サツキ"};
constexpr std::string_view kLogins[kRoles] = {"officer", "reviewer", "supervisor", "handler", "security", "auditor"};

CivilDate day(int year, unsigned month, unsigned number)
{
    return *CivilDate::from(year, month, number);
}

template <class T>
T must(Result<T> result)
{
    AZK_CHECK(result.has_value());
    return *std::move(result);
}

std::optional<RosterKind> kind_of(Role role)
{
    for (const auto kind : {RosterKind::security_officer, RosterKind::handling_supervisor, RosterKind::handler})
        if (role_of(kind) == role) return kind;
    return std::nullopt;
}

} // namespace

std::vector<storage::Migration> migrations()
{
    std::vector<storage::Migration> all;
    for (const auto& room : {migrations_of_ledger(), migrations_of_party(), migrations_of_access()})
        all.insert(all.end(), room.begin(), room.end());
    return all;
}

Town::Town(storage::Db& db)
    : moment(day(2026, 6, 1).midnight() + Duration::hours(10)),
      ward(IdBytes{1}),
      contractor(IdBytes{2}),
      stranger(IdBytes{3}),
      entrustment(IdBytes{4}),
      other_entrustment(IdBytes{5}),
      db_(db)
{
    SeededEntropy entropy(1);
    IdSource ids(moment.at, entropy);
    db.write([&](storage::Tx& tx) {
        ward = must(party::record_organisation(tx, ids, moment, "system", party::OrganisationKind::ward, "見本区"));
        contractor = must(party::record_organisation(tx, ids, moment, "system", party::OrganisationKind::contractor,
                                                     "株式会社見本印刷"));
        stranger = must(party::record_organisation(tx, ids, moment, "system", party::OrganisationKind::contractor,
                                                   "架空サービス株式会社"));
        entrustment = ids.next<EntrustmentNoun>();
        other_entrustment = ids.next<EntrustmentNoun>();
        set_fence(tx, entrustment, {ward, contractor, day(2026, 4, 1), day(2027, 3, 31)});
        set_fence(tx, other_entrustment, {ward, stranger, day(2026, 4, 1), day(2027, 3, 31)});
        for (int role = 0; role < kRoles; ++role)
            sessions_.push_back(sign_in(tx, ids, entropy, static_cast<Role>(role)));
    });
}

Town::Town(storage::Db& db, Before)
    : moment(day(2026, 6, 1).midnight() + Duration::hours(10)),
      ward(IdBytes{1}),
      contractor(IdBytes{2}),
      stranger(IdBytes{3}),
      entrustment(IdBytes{4}),
      other_entrustment(IdBytes{5}),
      db_(db)
{
    db.write([&](storage::Tx& tx) {
        // Other tokens than anybody was given before.
        SeededEntropy entropy(2 + static_cast<std::uint64_t>(tx.integer("select count(*) from access_session")));
        IdSource ids(moment.at, entropy);
        const auto named = [&](std::string_view name) {
            return *tx.one("select id from party_organisation where name = ?", {name},
                           [](const storage::Row& row) { return row.id<OrganisationId>(0); });
        };
        const auto with = [&](OrganisationId who) {
            return *tx.one("select entrustment from access_fence where contractor = ?", {who},
                           [](const storage::Row& row) { return row.id<EntrustmentId>(0); });
        };
        ward = named("見本区");
        contractor = named("株式会社見本印刷");
        stranger = named("架空サービス株式会社");
        entrustment = with(contractor);
        other_entrustment = with(stranger);
        for (const auto login : kLogins) {
            const auto account = *tx.one("select id from access_account where login = ?", {login},
                                         [](const storage::Row& row) { return row.id<AccountId>(0); });
            sessions_.push_back(must(find_session(tx, open_session(tx, ids, entropy, account, moment), moment, {})));
        }
    });
}

Town Town::again(storage::Db& db)
{
    return Town(db, Before{});
}

Session Town::sign_in(storage::Tx& tx, IdSource& ids, Entropy& entropy, Role role)
{
    const auto index = static_cast<std::size_t>(role);
    const auto staff = must(party::record_staff(
        tx, ids, moment, "system",
        {.organisation = is_ward(role) ? ward : contractor, .name = kNames[index], .kana = kKana[index]}));
    const auto account = must(create_account(tx, ids, moment, "system", {staff, kLogins[index], role}));
    set_password_hash(tx, moment, account, "$no password$", false);
    tx.execute("insert into access_totp (account, secret, last_step, enrolled_at) values (?, ?, 0, ?)",
               {account, Bytes{0}, moment.at});
    const auto token = open_session(tx, ids, entropy, account, moment);
    const auto session = must(find_session(tx, token, moment, {}));
    if (kind_of(role)) put_on_roster(tx, ids, session);
    return session;
}

void Town::put_on_roster(storage::Tx& tx, IdSource& ids, const Session& session)
{
    const auto spring = day(2026, 4, 1).midnight();
    tx.execute("insert into roster_entry (id, entrustment, staff, kind, proposed_at, proposed_by, submitted_at)"
               " values (?, ?, ?, ?, ?, ?, ?)",
               {ids.next<struct RosterEntryNoun>(), entrustment, session.staff,
                static_cast<int>(*kind_of(session.role)), spring, session.account, spring});
    const auto course = ids.next<struct CourseNoun>();
    tx.execute("insert into training_course (id, entrustment, title, material, pass_mark, valid_years, created_at,"
               " created_by) values (?, ?, '個人情報の取扱い', '教材', 1, 1, ?, 'system')",
               {course, entrustment, spring});
    tx.execute(
        "insert into training_attempt (id, course, entrustment, staff, at, score, questions, passed,"
        " valid_until) values (?, ?, ?, ?, ?, 1, 1, 1, ?)",
        {ids.next<struct TrainingNoun>(), course, entrustment, session.staff, spring, day(2027, 4, 1).midnight()});
}

Result<Scope> Town::ask(const Action& action, Role role, std::optional<EntrustmentId> about) const
{
    return db_.read(
        [&](const storage::Snapshot& snapshot) { return authorise(snapshot, session(role), action, about, moment); });
}

Scope Town::scope(const Action& action, Role role, bool about_entrustment) const
{
    return must(ask(action, role, about_entrustment ? std::optional(entrustment) : std::nullopt));
}

std::int64_t Town::entries(std::string_view act) const
{
    return db_.read([&](const storage::Snapshot& snapshot) {
        return snapshot.integer("select count(*) from ledger_entry where act = ?", {act});
    });
}

} // namespace azukari::access::testing
