// Organisations, departments and staff as they are kept. Ledger entries about them name ids, never names.
#pragma once

#include "infra/storage/db.h"
#include "party/party_refusals.h"
#include "party/staff.h"

#include <vector>

namespace azukari::party {

// `actor` is the account id of who does it, or "system" for commands run on the server.
Result<OrganisationId> record_organisation(storage::Tx& tx, IdSource& ids, const Moment& moment, std::string_view actor,
                                           OrganisationKind kind, std::string_view name);
Result<DepartmentId> record_department(storage::Tx& tx, IdSource& ids, OrganisationId ward, std::string_view name);

struct NewStaff {
    OrganisationId organisation;
    std::optional<DepartmentId> department{};
    std::string_view name;
    std::string_view kana;
};
Result<StaffId> record_staff(storage::Tx& tx, IdSource& ids, const Moment& moment, std::string_view actor,
                             const NewStaff& staff);
// Refuses kOtherEmployer when the two do not work for the same organisation, and kOwnEmployment for oneself.
Result<void> attest_employment(storage::Tx& tx, const Moment& moment, std::string_view actor, StaffId staff,
                               StaffId by);

std::optional<Organisation> find_organisation(const storage::Snapshot& snapshot, OrganisationId id);
std::vector<Organisation> organisations(const storage::Snapshot& snapshot); // the ward first, then by name
std::vector<Department> departments(const storage::Snapshot& snapshot, OrganisationId ward);
std::optional<Staff> find_staff(const storage::Snapshot& snapshot, StaffId id);
std::vector<Staff> staff_of(const storage::Snapshot& snapshot, OrganisationId organisation); // by kana

} // namespace azukari::party
