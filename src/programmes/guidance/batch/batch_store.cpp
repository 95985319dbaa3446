#include "programmes/guidance/batch/batch_store.h"

#include "base/check.h"
#include "custody/custody_store.h"
#include "ledger/ledger.h"
#include "programmes/guidance/batch/batch_refusals.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::guidance {
namespace {

// 利用目的 of this programme: sending the letters the entrustment is for.
constexpr std::string_view kPurpose = "guidance.letters";

EntrustmentId entrustment_of(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

constexpr std::string_view kBatchColumns =
    "select id, received_at, received_by, file_sha256, rows_in_file, rows_stored, medium, stated_rows "
    "from guidance_batch ";

constexpr std::string_view kRecipientColumns = "r.row_number, r.subject, r.category, r.serial, r.sealed";
// Takes the moment of the composition.
constexpr std::string_view kNotPulled =
    "not exists (select 1 from guidance_pull p where p.entrustment = r.entrustment and p.batch = r.batch "
    "and p.category = r.category and p.serial = r.serial and p.asked_at < ?)";

StoredRecipient read_recipient(const storage::Row& row)
{
    return {row.integer(0), row.id<SubjectId>(1), row.string(2), row.integer(3), row.bytes(4)};
}

Batch read_batch(const storage::Row& row, EntrustmentId entrustment)
{
    Batch batch{row.id<BatchId>(0),
                entrustment,
                row.instant(1),
                row.id<StaffId>(2),
                row.string(3),
                row.integer(4),
                row.integer(5),
                {},
                {},
                {}};
    if (!row.is_null(6)) batch.medium = row.id<custody::ThingId>(6);
    if (!row.is_null(7)) batch.stated_rows = row.integer(7);
    return batch;
}

std::vector<ComposedLetters> read_letters(const storage::Snapshot& snapshot, EntrustmentId entrustment, BatchId id)
{
    return snapshot.all(
        "select category, letters, pages, size_bytes, sha256 from guidance_letters "
        "where entrustment = ? and batch = ? order by category",
        {entrustment, id}, [](const storage::Row& row) {
            return ComposedLetters{row.string(0), row.integer(1), row.integer(2), row.integer(3), row.string(4)};
        });
}

std::vector<HeldBackRow> read_held_back(const storage::Snapshot& snapshot, EntrustmentId entrustment, BatchId id)
{
    return snapshot.all("select row_number, category, serial, reason from guidance_held_back "
                        "where entrustment = ? and batch = ? order by row_number",
                        {entrustment, id}, [](const storage::Row& row) {
                            return HeldBackRow{row.integer(0), row.string(1), row.integer(2), row.string(3)};
                        });
}

void read_what_happened(const storage::Snapshot& snapshot, Batch& batch)
{
    batch.composition =
        snapshot.one("select composed_at, composed_by from guidance_composition where entrustment = ? and batch = ?",
                     {batch.entrustment, batch.id}, [](const storage::Row& row) {
                         return ComposedBatch{row.instant(0), row.id<StaffId>(1), {}, {}};
                     });
    if (batch.composition) {
        batch.composition->categories = read_letters(snapshot, batch.entrustment, batch.id);
        batch.composition->held_back = read_held_back(snapshot, batch.entrustment, batch.id);
    }
    batch.approval = snapshot.one("select approved_at, approved_by, composition_digest from guidance_approval "
                                  "where entrustment = ? and batch = ?",
                                  {batch.entrustment, batch.id}, [](const storage::Row& row) {
                                      return Approval{row.instant(0), row.id<StaffId>(1), row.string(2)};
                                  });
    batch.takings = snapshot.all(
        "select taken_at, taken_by, category, first_serial, last_serial from guidance_taking "
        "where entrustment = ? and batch = ? order by taken_at",
        {batch.entrustment, batch.id}, [](const storage::Row& row) {
            return Taking{row.instant(0), row.id<StaffId>(1), row.string(2), {row.integer(3), row.integer(4)}};
        });
}

// The ledger's names are made of letters and underscores: sha256_tokutei_sekkyoku.
std::string reference_for(std::string category)
{
    std::replace(category.begin(), category.end(), '-', '_');
    return "sha256_" + category;
}

void store_differences(storage::Tx& tx, EntrustmentId entrustment, const NewBatch& batch)
{
    tx.execute("insert into guidance_cross_check values (?, ?, ?)", {entrustment, batch.id, batch.compared});
    for (const auto& each : batch.differences)
        tx.execute("insert into guidance_difference values (?, ?, ?, ?, ?, ?, ?, ?)",
                   {entrustment, batch.id, each.row_number, each.subject, each.ward, each.rule, each.reason,
                    each.not_judged ? 1 : 0});
}

ledger::Entry entry_about(const access::Scope& scope, std::string_view act, BatchId id)
{
    auto entry = scope.entry(act);
    entry.object = id.text();
    entry.purpose = kPurpose;
    return entry;
}

} // namespace

Result<void> may_store(const storage::Snapshot& snapshot, const access::Scope& scope, std::string_view file_sha256,
                       std::optional<custody::ThingId> medium)
{
    if (medium && !custody::find_thing(snapshot, entrustment_of(scope), *medium))
        return refuse_field("medium", kNoSuchMedium);
    const auto earlier =
        snapshot.one("select received_at from guidance_batch where entrustment = ? and file_sha256 = ?",
                     {entrustment_of(scope), file_sha256}, [](const storage::Row& row) { return row.instant(0); });
    if (earlier) return refuse(kSameFile, to_japanese(*earlier));
    return {};
}

Result<void> store_batch(storage::Tx& tx, const access::Scope& scope, const NewBatch& batch)
{
    const auto entrustment = entrustment_of(scope);
    if (batch.recipients.empty()) return refuse(kNothingToStore);
    AZK_REQUIRE(may_store(tx, scope, batch.file_sha256, batch.medium));

    tx.execute("insert into guidance_batch values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
               {entrustment, batch.id, scope.moment().at, scope.staff(), batch.file_sha256, batch.rows_in_file,
                batch.recipients.size(), batch.medium, batch.stated_rows});
    for (const auto& recipient : batch.recipients)
        tx.execute("insert into guidance_recipient values (?, ?, ?, ?, ?, ?, ?)",
                   {entrustment, batch.id, recipient.row_number, recipient.subject, recipient.category,
                    recipient.serial, recipient.sealed});
    for (const auto& row : batch.set_aside)
        tx.execute("insert into guidance_set_aside values (?, ?, ?, ?, ?)",
                   {entrustment, batch.id, row.row_number, row.column, row.expected});

    store_differences(tx, entrustment, batch);

    const auto not_judged = std::ranges::count_if(batch.differences, &StoredDifference::not_judged);
    auto entry = entry_about(scope, "guidance.imported", batch.id);
    entry.counts = {{"rows_in_file", batch.rows_in_file},
                    {"rows_stored", static_cast<std::int64_t>(batch.recipients.size())},
                    {"rows_compared", batch.compared},
                    {"differences", static_cast<std::int64_t>(batch.differences.size()) - not_judged},
                    {"not_judged", not_judged}};
    entry.references = {{"file_sha256", batch.file_sha256}};
    if (batch.medium) entry.references["medium"] = batch.medium->text();
    if (batch.stated_rows) entry.counts["stated_rows"] = *batch.stated_rows;
    ledger::append(tx, entry);
    return {};
}

std::vector<Batch> batches(const storage::Snapshot& snapshot, const access::Scope& scope)
{
    const auto entrustment = entrustment_of(scope);
    auto found = snapshot.all(fmt::format("{}where entrustment = ? order by received_at desc", kBatchColumns),
                              {entrustment}, [&](const storage::Row& row) { return read_batch(row, entrustment); });
    for (auto& batch : found) read_what_happened(snapshot, batch);
    return found;
}

Result<Batch> find_batch(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id)
{
    const auto entrustment = entrustment_of(scope);
    auto found = snapshot.one(fmt::format("{}where entrustment = ? and id = ?", kBatchColumns), {entrustment, id},
                              [&](const storage::Row& row) { return read_batch(row, entrustment); });
    if (!found) return refuse(kNoSuchBatch);
    read_what_happened(snapshot, *found);
    return std::move(*found);
}

std::vector<CategoryCount> count_by_category(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id)
{
    return snapshot.all("select category, count(*) from guidance_recipient where entrustment = ? and batch = ? "
                        "group by category order by category",
                        {entrustment_of(scope), id}, [](const storage::Row& row) {
                            return CategoryCount{row.string(0), row.integer(1)};
                        });
}

std::optional<std::int64_t> compared_rows(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id)
{
    return snapshot.one("select compared from guidance_cross_check where entrustment = ? and batch = ?",
                        {entrustment_of(scope), id}, [](const storage::Row& row) { return row.integer(0); });
}

std::vector<StoredDifference> differences(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id)
{
    return snapshot.all("select row_number, subject, ward, rule, reason, not_judged from guidance_difference "
                        "where entrustment = ? and batch = ? order by row_number",
                        {entrustment_of(scope), id}, [](const storage::Row& row) {
                            return StoredDifference{row.integer(0), row.id<SubjectId>(1), row.string(2),
                                                    row.string(3),  row.string(4),        row.integer(5) != 0};
                        });
}

std::vector<SetAsideRow> set_aside_rows(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id)
{
    return snapshot.all("select row_number, column_name, expected from guidance_set_aside "
                        "where entrustment = ? and batch = ? order by row_number",
                        {entrustment_of(scope), id}, [](const storage::Row& row) {
                            return SetAsideRow{row.integer(0), row.string(1), row.string(2)};
                        });
}

std::vector<StoredRecipient> recipients_after(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id,
                                              std::string_view category, std::int64_t serial, std::int64_t most,
                                              Instant composed)
{
    AZK_CHECK(scope.action().kind == access::Kind::personal);
    return snapshot.all(fmt::format("select {} from guidance_recipient r where r.entrustment = ? and r.batch = ? "
                                    "and r.category = ? and r.serial > ? and {} order by r.serial limit ?",
                                    kRecipientColumns, kNotPulled),
                        {entrustment_of(scope), id, category, serial, composed, most}, read_recipient);
}

std::optional<StoredRecipient> find_recipient(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id,
                                              std::string_view category, std::int64_t serial)
{
    AZK_CHECK(scope.action().kind == access::Kind::personal);
    return snapshot.one(fmt::format("select {} from guidance_recipient r where r.entrustment = ? and r.batch = ? "
                                    "and r.category = ? and r.serial = ?",
                                    kRecipientColumns),
                        {entrustment_of(scope), id, category, serial}, read_recipient);
}

std::int64_t row_of_serial(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id,
                           std::string_view category, std::int64_t serial)
{
    return snapshot.integer("select row_number from guidance_recipient "
                            "where entrustment = ? and batch = ? and category = ? and serial = ?",
                            {entrustment_of(scope), id, category, serial});
}

std::vector<Bytes> sealed_rows_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject)
{
    return snapshot.all("select sealed from guidance_recipient where entrustment = ? and subject = ?",
                        {entrustment, subject}, [](const storage::Row& row) { return row.bytes(0); });
}

std::vector<SubjectId> composed_subjects(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id,
                                         std::string_view category, SerialRange serials)
{
    AZK_CHECK(scope.action().kind == access::Kind::personal);
    const auto entrustment = entrustment_of(scope);
    const auto composed =
        snapshot.one("select composed_at from guidance_composition where entrustment = ? and batch = ?",
                     {entrustment, id}, [](const storage::Row& row) { return row.instant(0); });
    if (!composed) return {};
    auto drawn = snapshot.all(
        fmt::format("select r.subject, r.serial from guidance_recipient r where r.entrustment = ? and r.batch = ? "
                    "and r.category = ? and {} and r.row_number not in (select row_number from guidance_held_back "
                    "where entrustment = ? and batch = ?) order by r.serial",
                    kNotPulled),
        {entrustment, id, category, *composed, entrustment, id},
        [](const storage::Row& row) { return std::pair(row.id<SubjectId>(0), row.integer(1)); });
    std::vector<SubjectId> subjects;
    for (const auto& [subject, serial] : drawn)
        if (serials.holds(serial)) subjects.push_back(subject);
    return subjects;
}

void note_reading(storage::Tx& tx, const access::Scope& scope, BatchId id, std::int64_t recipients)
{
    AZK_CHECK(scope.action().kind == access::Kind::personal);
    auto entry = entry_about(scope, "guidance.read", id);
    entry.counts = {{"recipients", recipients}};
    ledger::append(tx, entry);
}

Result<void> record_composition(storage::Tx& tx, const access::Scope& scope, BatchId id, const ComposedBatch& composed)
{
    const auto entrustment = entrustment_of(scope);
    AZK_REQUIRE(find_batch(tx, scope, id));
    tx.execute("delete from guidance_letters where entrustment = ? and batch = ?", {entrustment, id});
    tx.execute("delete from guidance_held_back where entrustment = ? and batch = ?", {entrustment, id});
    tx.execute("insert into guidance_composition values (?, ?, ?, ?) on conflict (entrustment, batch) do update "
               "set composed_at = excluded.composed_at, composed_by = excluded.composed_by",
               {entrustment, id, composed.at, composed.by});
    auto entry = entry_about(scope, "guidance.composed", id);
    entry.counts["held_back"] = static_cast<std::int64_t>(composed.held_back.size());
    for (const auto& each : composed.categories) {
        tx.execute("insert into guidance_letters values (?, ?, ?, ?, ?, ?, ?)",
                   {entrustment, id, each.category, each.letters, each.pages, each.size_bytes, each.sha256});
        entry.counts["letters"] += each.letters;
        entry.counts["pages"] += each.pages;
        entry.references[reference_for(each.category)] = each.sha256;
    }
    for (const auto& held : composed.held_back)
        tx.execute("insert into guidance_held_back values (?, ?, ?, ?, ?, ?)",
                   {entrustment, id, held.row_number, held.category, held.serial, held.reason});
    ledger::append(tx, entry);
    return {};
}

Result<void> approve(storage::Tx& tx, const access::Scope& scope, BatchId id, std::string_view seen)
{
    AZK_TRY(const auto batch, find_batch(tx, scope, id));
    AZK_REQUIRE(may_approve(batch, scope.staff()));
    const auto digest = digest_of(*batch.composition);
    if (digest != seen) return refuse(kApprovalVoid);
    tx.execute("insert into guidance_approval values (?, ?, ?, ?, ?) on conflict (entrustment, batch) do update set "
               "approved_at = excluded.approved_at, approved_by = excluded.approved_by, "
               "composition_digest = excluded.composition_digest",
               {batch.entrustment, id, scope.moment().at, scope.staff(), digest});
    auto entry = entry_about(scope, "guidance.approved", id);
    entry.references = {{"composition", digest}};
    ledger::append(tx, entry);
    return {};
}

Result<ComposedLetters> record_taking(storage::Tx& tx, const access::Scope& scope, BatchId id,
                                      std::string_view category, SerialRange serials)
{
    AZK_TRY(const auto batch, find_batch(tx, scope, id));
    AZK_TRY(const auto* letters, may_take(batch, category));
    tx.execute("insert into guidance_taking values (?, ?, ?, ?, ?, ?, ?)",
               {batch.entrustment, id, category, scope.moment().at, scope.staff(), serials.first, serials.last});
    auto entry = entry_about(scope, "guidance.taken", id);
    entry.counts = {{"letters", letters->letters}, {"pages", letters->pages}};
    if (serials.last != 0) entry.counts["first"] = serials.first, entry.counts["last"] = serials.last;
    entry.references = {{"category", letters->category}, {"sha256", letters->sha256}};
    ledger::append(tx, entry);
    return *letters;
}

} // namespace azukari::guidance
