#include "access/fence.h"

namespace azukari::access {
namespace {

// Handlers see where they stand on the roster or have been proposed for it; all others what is of their organisation.
constexpr std::string_view kOfWard = "select entrustment from access_fence where ward ="
                                     " (select organisation from party_staff where id = ?) order by entrustment";
constexpr std::string_view kOfContractor = "select entrustment from access_fence where contractor ="
                                           " (select organisation from party_staff where id = ?) order by entrustment";
constexpr std::string_view kOfHandler =
    "select f.entrustment from access_fence f join party_staff s on s.organisation = f.contractor"
    " join roster_entry r on r.entrustment = f.entrustment and r.staff = s.id and r.withdrawn_at is null"
    " where s.id = ? order by f.entrustment";

} // namespace

void set_fence(storage::Tx& tx, EntrustmentId entrustment, const Fence& fence)
{
    tx.execute("insert into access_fence (entrustment, ward, contractor, starts_on, ends_on) values (?, ?, ?, ?, ?)"
               " on conflict (entrustment) do update set ward = excluded.ward, contractor = excluded.contractor,"
               " starts_on = excluded.starts_on, ends_on = excluded.ends_on",
               {entrustment, fence.ward, fence.contractor, fence.starts_on, fence.ends_on});
}

std::optional<Fence> find_fence(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.one(
        "select ward, contractor, starts_on, ends_on from access_fence where entrustment = ?", {entrustment},
        [](const storage::Row& row) {
            return Fence{row.id<OrganisationId>(0), row.id<OrganisationId>(1), row.date(2), row.date(3)};
        });
}

std::vector<EntrustmentId> visible_entrustments(const storage::Snapshot& snapshot, const Scope& scope)
{
    const auto sql = is_ward(scope.role()) ? kOfWard : scope.role() == Role::handler ? kOfHandler : kOfContractor;
    return snapshot.all(sql, {scope.staff()}, [](const storage::Row& row) { return row.id<EntrustmentId>(0); });
}

} // namespace azukari::access
