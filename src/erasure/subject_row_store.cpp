#include "erasure/subject_row_store.h"

#include "base/check.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::erasure {
namespace {

using whereabouts::SubjectTable;

// Names come from constants of the rooms; a statement is still never made of anything else.
std::string_view name(std::string_view of)
{
    AZK_CHECK(!of.empty() && of.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos);
    return of;
}

void add_all(const storage::Snapshot& snapshot, const SubjectTable& table, EntrustmentId entrustment,
             std::vector<SubjectId>& into)
{
    snapshot.each(fmt::format("select distinct {0} from {1} where {2} = ? and {0} is not null",
                              name(table.subject_column), name(table.table), name(table.entrustment_column)),
                  {entrustment}, [&](const storage::Row& row) { into.push_back(row.id<SubjectId>(0)); });
}

void add_batch(const storage::Snapshot& snapshot, const SubjectTable& table, EntrustmentId entrustment,
               const IdBytes& batch, std::vector<SubjectId>& into)
{
    if (table.batch_column.empty()) return;
    snapshot.each(fmt::format("select distinct {0} from {1} where {2} = ? and {3} = ? and {0} is not null",
                              name(table.subject_column), name(table.table), name(table.entrustment_column),
                              name(table.batch_column)),
                  {entrustment, ByteView(batch)},
                  [&](const storage::Row& row) { into.push_back(row.id<SubjectId>(0)); });
}

std::string of_one(std::string_view verb, const SubjectTable& table)
{
    return fmt::format("{} from {} where {} = ? and {} = ?", verb, name(table.table), name(table.entrustment_column),
                       name(table.subject_column));
}

std::string of_all(std::string_view verb, const SubjectTable& table)
{
    return fmt::format("{} from {} where {} = ?", verb, name(table.table), name(table.entrustment_column));
}

} // namespace

std::vector<SubjectId> subjects_of(const storage::Snapshot& snapshot, SubjectTables tables, EntrustmentId entrustment,
                                   const Target& target)
{
    std::vector<SubjectId> found;
    const auto object = from_uuid_text(target.object);
    AZK_CHECK(object.has_value());
    for (const auto& table : tables) {
        switch (target.kind) {
        case TargetKind::everyone:
        case TargetKind::entrustment:
            add_all(snapshot, table, entrustment, found);
            break;
        case TargetKind::batch:
            add_batch(snapshot, table, entrustment, *object, found);
            break;
        case TargetKind::person:
            if (snapshot.integer(of_one("select count(*)", table), {entrustment, ByteView(*object)}) > 0)
                found.push_back(SubjectId(*object));
            break;
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::vector<IdBytes> batches_of(const storage::Snapshot& snapshot, SubjectTables tables, EntrustmentId entrustment,
                                SubjectId person)
{
    std::vector<IdBytes> found;
    for (const auto& table : tables) {
        if (table.batch_column.empty()) continue;
        snapshot.each(fmt::format("select distinct {} from {} where {} = ? and {} = ?", name(table.batch_column),
                                  name(table.table), name(table.entrustment_column), name(table.subject_column)),
                      {entrustment, person},
                      [&](const storage::Row& row) { found.push_back(row.id<Id<struct BatchNoun>>(0).bytes()); });
    }
    return found;
}

std::map<std::string, std::int64_t> count_rows(const storage::Snapshot& snapshot, SubjectTables tables,
                                               EntrustmentId entrustment,
                                               const std::optional<std::vector<SubjectId>>& subjects)
{
    std::map<std::string, std::int64_t> rows;
    for (const auto& table : tables) {
        const auto [place, first] = rows.try_emplace(std::string(table.table), 0);
        if (!subjects) { // a table that names two persons a row stands in the list twice
            if (first) place->second = snapshot.integer(of_all("select count(*)", table), {entrustment});
            continue;
        }
        const auto sql = of_one("select count(*)", table);
        for (const auto& subject : *subjects) place->second += snapshot.integer(sql, {entrustment, subject});
    }
    return rows;
}

std::int64_t delete_rows(storage::Tx& tx, SubjectTables tables, EntrustmentId entrustment,
                         const std::optional<std::vector<SubjectId>>& subjects)
{
    std::int64_t deleted = 0;
    for (const auto& table : tables) {
        if (!subjects) {
            deleted += tx.execute(of_all("delete", table), {entrustment});
            continue;
        }
        const auto sql = of_one("delete", table);
        for (const auto& subject : *subjects) deleted += tx.execute(sql, {entrustment, subject});
    }
    return deleted;
}

void each_subject(const storage::Snapshot& snapshot, SubjectTables tables,
                  const std::function<void(EntrustmentId, SubjectId)>& visit)
{
    for (const auto& table : tables)
        snapshot.each(fmt::format("select distinct {0}, {1} from {2} where {1} is not null",
                                  name(table.entrustment_column), name(table.subject_column), name(table.table)),
                      {}, [&](const storage::Row& row) { visit(row.id<EntrustmentId>(0), row.id<SubjectId>(1)); });
}

} // namespace azukari::erasure
