#include "programmes/guidance/batch/kept_batches.h"

#include "access/fence.h"
#include "programmes/guidance/batch/batch.h"

#include <fmt/format.h>

namespace azukari::guidance {

std::vector<retention::Document> kept_batches(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    const auto fence = access::find_fence(snapshot, entrustment);
    return snapshot.all(
        "select b.id, b.received_at, b.rows_stored, (select count(*) from guidance_recipient r"
        " where r.entrustment = b.entrustment and r.batch = b.id) from guidance_batch b where b.entrustment = ?"
        " order by b.received_at, b.id",
        {entrustment}, [&](const storage::Row& row) {
            retention::Document kept{
                "recipients", row.id<BatchId>(0).text(),
                fmt::format("{} に受け取ったデータ（{}人）", to_japanese(row.instant(1)), row.integer(2))};
            if (fence) kept.events.emplace("term_ended", fence->ends_on);
            kept.gone = row.integer(3) == 0;
            return kept;
        });
}

} // namespace azukari::guidance
