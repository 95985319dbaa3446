#include "access/decision.h"

#include "ledger/ledger.h"

namespace azukari::access {
namespace {

// A person is enrolled with a passkey, or with a password of their own and a confirmed TOTP key.
constexpr std::string_view kPerson =
    "select a.role, a.state, o.kind, o.id, s.started_at, s.seen_at, s.authenticated_at,"
    " (select count(*) from access_passkey k where k.account = a.id),"
    " (select count(*) from access_password p join access_totp t on t.account = p.account"
    "   where p.account = a.id and p.initial = 0)"
    " from access_session s join access_account a on a.id = s.account"
    " join party_staff f on f.id = a.staff join party_organisation o on o.id = f.organisation"
    " where s.id = ? and a.id = ?";

constexpr std::string_view kOnRoster = "select kind, submitted_at, withdrawn_at from roster_entry"
                                       " where entrustment = ? and staff = ?"
                                       " order by proposed_at desc, id desc limit 1";

constexpr std::string_view kTrained = "select at, valid_until from training_attempt"
                                      " where entrustment = ? and staff = ? and passed = 1"
                                      " order by valid_until desc limit 1";

struct Person {
    Standing standing;
    OrganisationId organisation;
};

std::optional<Person> find_person(const storage::Snapshot& snapshot, const Session& session)
{
    return snapshot.one(kPerson, {session.id, session.account}, [](const storage::Row& row) {
        Standing standing{static_cast<Role>(row.integer(0))};
        standing.account = static_cast<AccountState>(row.integer(1));
        standing.ward = row.integer(2) == 0;
        standing.started = row.instant(4);
        standing.seen = row.instant(5);
        standing.authenticated = row.instant(6);
        standing.enrolled = row.integer(7) + row.integer(8) > 0;
        return Person{standing, row.id<OrganisationId>(3)};
    });
}

void read_roster(const storage::Snapshot& snapshot, EntrustmentId entrustment, StaffId staff, EntrustmentStanding& on)
{
    snapshot.each(kOnRoster, {entrustment, staff}, [&](const storage::Row& row) {
        on.kind = static_cast<RosterKind>(row.integer(0));
        on.submitted = row.maybe(1, [&] { return row.instant(1); });
        on.withdrawn = row.maybe(2, [&] { return row.instant(2); });
    });
    on.training = snapshot.one(kTrained, {entrustment, staff}, [](const storage::Row& row) {
        return Validity{row.instant(0), row.instant(1)};
    });
}

std::optional<EntrustmentStanding> read_entrustment(const storage::Snapshot& snapshot, const Person& person,
                                                    StaffId staff, EntrustmentId entrustment)
{
    auto on = snapshot.one("select ward, contractor, starts_on, ends_on from access_fence where entrustment = ?",
                           {entrustment}, [&](const storage::Row& row) {
                               EntrustmentStanding read;
                               read.own = row.id<OrganisationId>(person.standing.ward ? 0 : 1) == person.organisation;
                               read.term = {row.date(2).midnight(), row.date(3).plus_days(1).midnight()};
                               return read;
                           });
    if (on && on->own && !person.standing.ward) read_roster(snapshot, entrustment, staff, *on);
    return on;
}

} // namespace

std::optional<Standing> find_standing(const storage::Snapshot& snapshot, const Session& session,
                                      std::optional<EntrustmentId> entrustment)
{
    auto person = find_person(snapshot, session);
    if (!person) return std::nullopt;
    if (entrustment) person->standing.entrustment = read_entrustment(snapshot, *person, session.staff, *entrustment);
    return person->standing;
}

} // namespace azukari::access
