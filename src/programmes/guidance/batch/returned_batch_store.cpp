#include "programmes/guidance/batch/returned_batches.h"

#include "base/check.h"
#include "programmes/guidance/batch/batch.h"
#include "programmes/guidance/batch/recipient_seal.h"

#include <fmt/format.h>

namespace azukari::guidance {
namespace {

struct SealedRow {
    SubjectId subject;
    Bytes sealed;
};

Result<void> open_rows(storage::Db& db, seal::Keystore& keystore, const RecipientLayout& columns,
                       const access::Scope& scope, BatchId batch, const restitution::TakeRow& take)
{
    AZK_CHECK(scope.action().kind == access::Kind::ending);
    const auto entrustment = *scope.entrustment();
    const auto rows = db.read([&](const storage::Snapshot& snapshot) {
        return snapshot.all("select subject, sealed from guidance_recipient where entrustment = ? and batch = ?"
                            " order by row_number",
                            {entrustment, batch}, [](const storage::Row& row) {
                                return SealedRow{row.id<SubjectId>(0), row.bytes(1)};
                            });
    });
    for (const auto& row : rows) {
        AZK_TRY(const auto key, keystore.subject_key(entrustment, row.subject, scope.moment().at));
        AZK_TRY(const auto recipient,
                open_recipient(key, entrustment, row.subject, row.sealed, columns.columns().size()));
        std::vector<std::string_view> cells;
        for (std::size_t column = 0; column < recipient.columns(); ++column) cells.push_back(recipient.value(column));
        take(cells);
    }
    return {};
}

} // namespace

restitution::ReturnSource return_batches(storage::Db& db, seal::Keystore& keystore, const RecipientLayout& columns)
{
    return [&](const access::Scope& scope) -> Result<std::vector<restitution::ReturnTable>> {
        std::vector<std::string> header;
        for (const auto& column : columns.columns()) header.push_back(column.header);
        std::vector<restitution::ReturnTable> tables;
        db.read([&](const storage::Snapshot& snapshot) {
            snapshot.each("select b.id, b.received_at, (select count(*) from guidance_recipient r"
                          " where r.entrustment = b.entrustment and r.batch = b.id) from guidance_batch b"
                          " where b.entrustment = ? order by b.received_at, b.id",
                          {*scope.entrustment()}, [&](const storage::Row& row) {
                              if (row.integer(2) == 0) return; // erased
                              const auto id = row.id<BatchId>(0);
                              const auto day = CivilDate::of(row.instant(1)).iso();
                              tables.push_back({fmt::format("recipients-{}-{}", day, tables.size() + 1),
                                                fmt::format("{} に受け取ったデータ", to_japanese(row.instant(1))),
                                                header, row.integer(2),
                                                [&, scope, id](const restitution::TakeRow& take) {
                                                    return open_rows(db, keystore, columns, scope, id, take);
                                                }});
                          });
        });
        return tables;
    };
}

} // namespace azukari::guidance
