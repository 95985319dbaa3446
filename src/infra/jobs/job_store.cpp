#include "infra/jobs/job_store.h"

namespace azukari::jobs {
namespace {

std::optional<Instant> instant_at(const storage::Row& row, int column)
{
    if (row.is_null(column)) return std::nullopt;
    return row.instant(column);
}

} // namespace

bool read_standing(const storage::Snapshot& snapshot, Standing& standing)
{
    bool known = false;
    snapshot.each("select first_seen, tried_at, done_at, failure_code, failure from jobs_job where name = ?",
                  {standing.name}, [&](const storage::Row& row) {
                      known = true;
                      standing.history.first_seen = row.instant(0);
                      standing.history.tried = instant_at(row, 1);
                      standing.history.done = instant_at(row, 2);
                      standing.failure_code = row.string(3);
                      standing.failure = row.string(4);
                  });
    return known;
}

void note_first_seen(storage::Tx& tx, std::string_view name, Instant now)
{
    tx.execute("insert into jobs_job (name, first_seen, tried_at, done_at, failure_code, failure) "
               "values (?, ?, null, null, '', '') on conflict (name) do nothing",
               {name, now});
}

bool claim(storage::Tx& tx, const Standing& standing, Instant now)
{
    Standing stored{standing.name, standing.japanese, standing.turn, {}};
    if (!read_standing(tx, stored) || stored.history.tried != standing.history.tried) return false;
    return tx.execute("update jobs_job set tried_at = ? where name = ?", {now, standing.name}) == 1;
}

void note_outcome(storage::Tx& tx, const Standing& standing)
{
    tx.execute("update jobs_job set failure_code = ?, failure = ? where name = ?",
               {standing.failure_code, standing.failure, standing.name});
    if (standing.history.done)
        tx.execute("update jobs_job set done_at = ? where name = ?", {*standing.history.done, standing.name});
}

} // namespace azukari::jobs
