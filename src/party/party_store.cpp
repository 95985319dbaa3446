#include "party/party_store.h"

#include "ledger/ledger.h"
#include "party/name_rules.h"

namespace azukari::party {
namespace {

void tell(storage::Tx& tx, const Moment& moment, std::string_view actor, const char* act, const IdBytes& object)
{
    ledger::Entry entry;
    entry.at = moment.at;
    entry.act = act;
    entry.actor = actor;
    entry.object = to_uuid_text(object);
    entry.outcome = "done";
    ledger::append(tx, entry);
}

Organisation organisation_of(const storage::Row& row)
{
    return {row.id<OrganisationId>(0), static_cast<OrganisationKind>(row.integer(1)), row.string(2)};
}

Staff staff_of_row(const storage::Row& row)
{
    Staff staff{row.id<StaffId>(0),
                row.id<OrganisationId>(1),
                row.maybe(2, [&] { return row.id<DepartmentId>(2); }),
                row.string(3),
                row.string(4),
                std::nullopt};
    if (!row.is_null(5)) staff.employment = Attestation{row.id<StaffId>(5), row.instant(6)};
    return staff;
}

constexpr std::string_view kStaffById = "select id, organisation, department, name, kana, attested_by, attested_at"
                                        " from party_staff where id = ?";
constexpr std::string_view kStaffOf = "select id, organisation, department, name, kana, attested_by, attested_at"
                                      " from party_staff where organisation = ? order by kana, id";

} // namespace

Result<OrganisationId> record_organisation(storage::Tx& tx, IdSource& ids, const Moment& moment, std::string_view actor,
                                           OrganisationKind kind, std::string_view name)
{
    AZK_REQUIRE(check_name(name, "name"));
    if (tx.exists("select 1 from party_organisation where name = ?", {name}))
        return refuse_field("name", kOrganisationExists);
    const auto id = ids.next<OrganisationNoun>();
    tx.execute("insert into party_organisation (id, kind, name) values (?, ?, ?)", {id, static_cast<int>(kind), name});
    tell(tx, moment, actor, "party.organisation_recorded", id.bytes());
    return id;
}

Result<DepartmentId> record_department(storage::Tx& tx, IdSource& ids, OrganisationId ward, std::string_view name)
{
    AZK_REQUIRE(check_name(name, "name"));
    const auto organisation = find_organisation(tx, ward);
    if (!organisation) return refuse(kNoSuchOrganisation);
    if (organisation->kind != OrganisationKind::ward) return refuse(kNotWard);
    if (tx.exists("select 1 from party_department where organisation = ? and name = ?", {ward, name}))
        return refuse_field("name", kDepartmentExists);
    const auto id = ids.next<DepartmentNoun>();
    tx.execute("insert into party_department (id, organisation, name) values (?, ?, ?)", {id, ward, name});
    return id;
}

Result<StaffId> record_staff(storage::Tx& tx, IdSource& ids, const Moment& moment, std::string_view actor,
                             const NewStaff& staff)
{
    AZK_REQUIRE(check_name(staff.name, "name"));
    AZK_REQUIRE(check_kana(staff.kana, "kana"));
    if (!find_organisation(tx, staff.organisation)) return refuse(kNoSuchOrganisation);
    if (staff.department && !tx.exists("select 1 from party_department where id = ? and organisation = ?",
                                       {*staff.department, staff.organisation}))
        return refuse_field("department", kNoSuchDepartment);
    const auto id = ids.next<StaffNoun>();
    tx.execute("insert into party_staff (id, organisation, department, name, kana) values (?, ?, ?, ?, ?)",
               {id, staff.organisation, staff.department, staff.name, staff.kana});
    tell(tx, moment, actor, "party.staff_recorded", id.bytes());
    return id;
}

Result<void> attest_employment(storage::Tx& tx, const Moment& moment, std::string_view actor, StaffId staff, StaffId by)
{
    const auto person = find_staff(tx, staff);
    const auto witness = find_staff(tx, by);
    if (!person || !witness) return refuse(kNoSuchStaff);
    if (staff == by) return refuse(kOwnEmployment);
    if (person->organisation != witness->organisation) return refuse(kOtherEmployer);
    tx.execute("update party_staff set attested_by = ?, attested_at = ? where id = ?", {by, moment.at, staff});
    tell(tx, moment, actor, "party.staff_changed", staff.bytes());
    return {};
}

std::optional<Organisation> find_organisation(const storage::Snapshot& snapshot, OrganisationId id)
{
    return snapshot.one("select id, kind, name from party_organisation where id = ?", {id}, organisation_of);
}

std::vector<Organisation> organisations(const storage::Snapshot& snapshot)
{
    return snapshot.all("select id, kind, name from party_organisation order by kind, name", {}, organisation_of);
}

std::vector<Department> departments(const storage::Snapshot& snapshot, OrganisationId ward)
{
    return snapshot.all("select id, organisation, name from party_department where organisation = ? order by name",
                        {ward}, [](const storage::Row& row) {
                            return Department{row.id<DepartmentId>(0), row.id<OrganisationId>(1), row.string(2)};
                        });
}

std::optional<Staff> find_staff(const storage::Snapshot& snapshot, StaffId id)
{
    return snapshot.one(kStaffById, {id}, staff_of_row);
}

std::vector<Staff> staff_of(const storage::Snapshot& snapshot, OrganisationId organisation)
{
    return snapshot.all(kStaffOf, {organisation}, staff_of_row);
}

} // namespace azukari::party
