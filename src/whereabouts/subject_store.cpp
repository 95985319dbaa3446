#include "whereabouts/subject_store.h"

#include "base/check.h"

#include <fmt/format.h>

namespace azukari::whereabouts {
namespace {

// Names come from constants of the rooms; a statement is still never made of anything else.
std::string_view name(std::string_view of)
{
    AZK_CHECK(!of.empty() && of.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos);
    return of;
}

} // namespace

void remove_those_with_rows(const storage::Snapshot& snapshot, std::span<const SubjectTable> tables,
                            EntrustmentId entrustment, std::set<SubjectId>& subjects)
{
    for (const auto& table : tables) {
        if (subjects.empty()) return;
        const auto sql = fmt::format("select distinct {0} from {1} where {2} = ? and {0} is not null",
                                     name(table.subject_column), name(table.table), name(table.entrustment_column));
        snapshot.each(sql, {entrustment}, [&](const storage::Row& row) { subjects.erase(row.id<SubjectId>(0)); });
    }
}

} // namespace azukari::whereabouts
