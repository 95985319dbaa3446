#include "access/pages/people/people_waiting.h"

namespace azukari::access::people_pages {
namespace {

constexpr std::string_view kChanged =
    "select r.entrustment, count(*) from roster_entry r join access_fence f on f.entrustment = r.entrustment"
    " where f.contractor = ? and f.ends_on >= ? and ((r.submitted_at is null and r.withdrawn_at is null)"
    "  or (r.submitted_at is not null and r.withdrawn_at >"
    "   (select coalesce(max(v.submitted_at), 0) from roster_version v where v.entrustment = r.entrustment)))"
    " group by r.entrustment order by r.entrustment";
constexpr std::string_view kTraining =
    "select r.entrustment, (select max(t.valid_until) from training_attempt t"
    "  where t.entrustment = r.entrustment and t.staff = r.staff and t.passed = 1)"
    " from roster_entry r join access_fence f on f.entrustment = r.entrustment"
    " where r.staff = ? and r.withdrawn_at is null and f.ends_on >= ? order by r.entrustment";

} // namespace

bool is_due(const std::optional<Instant>& valid_until, const Moment& moment)
{
    return !valid_until || *valid_until <= moment.today.plus_days(kDueDays).midnight();
}

std::vector<RosterWaiting> rosters_to_submit(const storage::Snapshot& snapshot, const Session& session,
                                             const Moment& moment)
{
    if (!grants(actions::kSubmitRoster, session.role)) return {};
    return snapshot.all(kChanged, {session.organisation, moment.today}, [](const storage::Row& row) {
        return RosterWaiting{row.id<EntrustmentId>(0), row.integer(1)};
    });
}

std::vector<TrainingWaiting> own_training_due(const storage::Snapshot& snapshot, const Session& session,
                                              const Moment& moment)
{
    auto all = snapshot.all(kTraining, {session.staff, moment.today}, [](const storage::Row& row) {
        return TrainingWaiting{row.id<EntrustmentId>(0), row.maybe(1, [&] { return row.instant(1); })};
    });
    std::erase_if(all, [&](const TrainingWaiting& each) { return !is_due(each.valid_until, moment); });
    return all;
}

} // namespace azukari::access::people_pages
