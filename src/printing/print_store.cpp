#include "printing/print_store.h"

#include "approval/approval_store.h"
#include "base/check.h"
#include "ledger/ledger.h"
#include "printing/printing_refusals.h"

#include <fmt/format.h>

namespace azukari::printing {
namespace {

constexpr std::string_view kJobs =
    "select id, entrustment, number, asked_at, asked_by, source, reference, file_name, sha256, pages, persons,"
    " printer, copies, purpose, next_step, recipient, over_reason, take_up_minutes, settle_hours, approval, delivery,"
    " attempt, attempt_at, spool_job, sent_at, sent_by, computer, host, finished_at, sheets_reported, trouble,"
    " collected_at, collected_by, accounted_at, accounted_by, handed_on, destroyed, missing, method, witness, note"
    " from printing_job ";

EntrustmentId about(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

std::optional<Done> done_at(const storage::Row& row, int column)
{
    return row.maybe(column, [&] { return Done{row.instant(column), row.id<StaffId>(column + 1)}; });
}

void read_delivery(const storage::Row& row, PrintJob& job)
{
    job.delivery = static_cast<Delivery>(row.integer(20));
    job.attempt = row.integer(21);
    job.attempt_at = row.maybe(22, [&] { return row.instant(22); });
    job.spool_job = row.maybe(23, [&] { return row.integer(23); });
    job.sent = row.maybe(24, [&] {
        return Sent{row.instant(24), row.id<StaffId>(25), row.string(26), row.string(27)};
    });
    job.finished_at = row.maybe(28, [&] { return row.instant(28); });
    job.sheets_reported = row.is_null(29) ? 0 : row.integer(29);
    job.trouble = row.is_null(30) ? std::string() : row.string(30);
}

PrintJob read_job(const storage::Row& row)
{
    PrintJob job{
        .id = row.id<PrintJobId>(0),
        .entrustment = row.id<EntrustmentId>(1),
        .number = row.integer(2),
        .asked = {row.instant(3), row.id<StaffId>(4)},
        .document = {row.string(5), row.string(6), {}, row.string(7), row.string(8), row.integer(9), row.integer(10)},
        .wish = {row.string(5), row.string(6), row.string(11), row.integer(12), row.string(13),
                 static_cast<NextStep>(row.integer(14)), row.string(15), row.string(16)},
        .take_up_minutes = row.integer(17),
        .settle_hours = row.integer(18),
        .approval = row.id<approval::ApprovalId>(19)};
    job.document.label = job.document.file_name;
    read_delivery(row, job);
    job.collected = done_at(row, 31);
    job.accounted = done_at(row, 33);
    if (job.accounted)
        job.account = {row.integer(35),
                       row.integer(36),
                       row.integer(37),
                       row.string(38),
                       row.maybe(39, [&] { return row.id<StaffId>(39); }),
                       row.string(40)};
    return job;
}

ledger::Entry entry_of(const access::Scope& scope, std::string_view act, const PrintJob& job)
{
    auto entry = scope.entry(act);
    entry.object = job.id.text();
    entry.references = {{"sha256", job.document.sha256}};
    entry.counts = {{"pages", job.document.pages}, {"copies", job.wish.copies}, {"sheets", job.sheets()}};
    return entry;
}

} // namespace

Limits find_limits(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot
        .one("select sheets_per_job, sheets_per_day, take_up_minutes, settle_hours from printing_limits"
             " where entrustment = ?",
             {entrustment},
             [](const storage::Row& row) {
                 return Limits{row.integer(0), row.integer(1), row.integer(2), row.integer(3)};
             })
        .value_or(Limits{});
}

void write_limits(storage::Tx& tx, const access::Scope& scope, const Limits& limits)
{
    tx.execute("insert into printing_limits values (?, ?, ?, ?, ?, ?, ?) on conflict (entrustment) do update set"
               " sheets_per_job = excluded.sheets_per_job, sheets_per_day = excluded.sheets_per_day,"
               " take_up_minutes = excluded.take_up_minutes, settle_hours = excluded.settle_hours,"
               " set_at = excluded.set_at, set_by = excluded.set_by",
               {about(scope), limits.sheets_per_job, limits.sheets_per_day, limits.take_up_minutes, limits.settle_hours,
                scope.moment().at, scope.staff()});
    auto entry = scope.entry("printing.limits_set");
    entry.counts = {{"sheets_per_job", limits.sheets_per_job},
                    {"sheets_per_day", limits.sheets_per_day},
                    {"take_up_minutes", limits.take_up_minutes},
                    {"settle_hours", limits.settle_hours}};
    ledger::append(tx, entry);
}

void insert_job(storage::Tx& tx, const access::Scope& scope, PrintJob& job)
{
    job.number =
        1 + tx.integer("select coalesce(max(number), 0) from printing_job where entrustment = ?", {job.entrustment});
    tx.execute("insert into printing_job (entrustment, id, number, asked_at, asked_by, source, reference, file_name,"
               " sha256, pages, persons, printer, copies, purpose, next_step, recipient, over_reason, take_up_minutes,"
               " settle_hours, approval, delivery, attempt)"
               " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
               {job.entrustment,
                job.id,
                job.number,
                job.asked.at,
                job.asked.by,
                job.wish.source,
                job.wish.reference,
                job.document.file_name,
                job.document.sha256,
                job.document.pages,
                job.document.persons,
                job.wish.printer,
                job.wish.copies,
                job.wish.purpose,
                static_cast<int>(job.wish.next),
                job.wish.recipient,
                job.wish.over_reason,
                job.take_up_minutes,
                job.settle_hours,
                job.approval});
    auto entry = entry_of(scope, "printing.asked", job);
    entry.references["approval"] = job.approval.text();
    ledger::append(tx, entry);
}

Result<PrintJob> find_job(const storage::Snapshot& snapshot, EntrustmentId entrustment, PrintJobId id)
{
    auto found = snapshot.one(fmt::format("{}where entrustment = ? and id = ?", kJobs), {entrustment, id}, read_job);
    if (!found) return refuse(kNoSuchJob);
    return *std::move(found);
}

std::vector<PrintJob> jobs_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all(fmt::format("{}where entrustment = ? order by number desc", kJobs), {entrustment}, read_job);
}

std::vector<PrintJob> open_jobs(const storage::Snapshot& snapshot, EntrustmentId entrustment, Instant since)
{
    return snapshot.all(fmt::format("{}where entrustment = ? and accounted_at is null"
                                    " and (sent_at is not null or asked_at >= ?) order by number",
                                    kJobs),
                        {entrustment, since}, read_job);
}

std::vector<PrintJob> jobs_sent(const storage::Snapshot& snapshot, EntrustmentId entrustment, CivilDate from,
                                CivilDate to)
{
    return snapshot.all(
        fmt::format("{}where entrustment = ? and sent_at >= ? and sent_at < ? order by sent_at, number", kJobs),
        {entrustment, from.midnight(), to.plus_days(1).midnight()}, read_job);
}

std::vector<PrintJob> jobs_under_way(const storage::Snapshot& snapshot)
{
    return snapshot.all(fmt::format("{}where delivery in (1, 2, 3) order by sent_at", kJobs), {}, read_job);
}

std::int64_t sheets_asked_on(const storage::Snapshot& snapshot, EntrustmentId entrustment, StaffId by, CivilDate day)
{
    const auto from = day.midnight(), until = day.plus_days(1).midnight();
    std::int64_t sheets = 0;
    for (const auto& job :
         snapshot.all(fmt::format("{}where entrustment = ? and asked_by = ? and asked_at >= ? and asked_at < ?", kJobs),
                      {entrustment, by, from, until}, read_job)) {
        if (job.sent) {
            sheets += job.sheets();
            continue;
        }
        const auto request = approval::find_request(snapshot, entrustment, job.approval);
        if (request && !request->ending) sheets += job.sheets();
    }
    return sheets;
}

Result<void> note_sent(storage::Tx& tx, const access::Scope& scope, const PrintJob& job, const Sent& sent)
{
    const auto changed = tx.execute(
        "update printing_job set delivery = 1, attempt = 1, attempt_at = ?, sent_at = ?, sent_by = ?, computer = ?,"
        " host = ? where entrustment = ? and id = ? and delivery = 0",
        {sent.at, sent.at, sent.by, sent.computer, sent.host, job.entrustment, job.id});
    if (changed != 1) return refuse(kAlreadySent);
    auto told = job;
    told.sent = sent;
    auto entry = entry_of(scope, "printing.sent", job);
    entry.references["log_line"] = log_line_digest(told);
    ledger::append(tx, entry);
    return {};
}

bool note_attempt(storage::Tx& tx, const access::Scope& scope, const PrintJob& job)
{
    const auto changed = tx.execute(
        "update printing_job set delivery = 1, attempt = attempt + 1, attempt_at = ?, spool_job = null, trouble = null"
        " where entrustment = ? and id = ? and attempt = ? and delivery in (1, 2)",
        {scope.moment().at, job.entrustment, job.id, job.attempt});
    if (changed == 1) ledger::append(tx, entry_of(scope, "printing.tried_again", job));
    return changed == 1;
}

bool note_opened(storage::Tx& tx, const PrintJob& job, std::int64_t spool_job)
{
    return tx.execute("update printing_job set delivery = 2, spool_job = ?, trouble = null"
                      " where entrustment = ? and id = ? and attempt = ? and delivery = 1",
                      {spool_job, job.entrustment, job.id, job.attempt}) == 1;
}

void note_trouble(storage::Tx& tx, const PrintJob& job, std::string_view trouble)
{
    tx.execute("update printing_job set trouble = ? where entrustment = ? and id = ? and attempt = ?",
               {trouble, job.entrustment, job.id, job.attempt});
}

void note_delivery(storage::Tx& tx, const PrintJob& job, Delivery delivery, std::int64_t sheets_reported, Instant at)
{
    const bool ended = delivery == Delivery::printed || delivery == Delivery::failed || delivery == Delivery::unknown;
    const auto changed =
        tx.execute("update printing_job set delivery = ?, sheets_reported = ?, finished_at = ?, trouble = null"
                   " where entrustment = ? and id = ? and attempt = ? and delivery in (2, 3)",
                   {static_cast<int>(delivery), sheets_reported, ended ? std::optional(at) : std::nullopt,
                    job.entrustment, job.id, job.attempt});
    if (changed != 1 || !ended) return;
    ledger::Entry entry;
    entry.at = at;
    entry.act = delivery == Delivery::printed  ? "printing.printed"
                : delivery == Delivery::failed ? "printing.failed"
                                               : "printing.lost_sight";
    entry.actor = "system";
    entry.entrustment = job.entrustment;
    entry.object = job.id.text();
    entry.outcome = "done";
    entry.counts = {{"sheets", job.sheets()}, {"sheets_reported", sheets_reported}};
    ledger::append(tx, entry);
}

void insert_copy(storage::Tx& tx, const PrintJob& job, std::int64_t number, std::optional<custody::CopyId> copy)
{
    tx.execute("insert into printing_copy (entrustment, job, number, copy) values (?, ?, ?, ?)",
               {job.entrustment, job.id, number, copy});
}

std::vector<PrintedCopy> copies_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, PrintJobId job)
{
    return snapshot.all("select number, copy, coalesce(handed_on, 0), coalesce(destroyed, 0) from printing_copy"
                        " where entrustment = ? and job = ? order by number",
                        {entrustment, job}, [](const storage::Row& row) {
                            return PrintedCopy{row.integer(0), row.maybe(1, [&] { return row.id<custody::CopyId>(1); }),
                                               row.integer(2), row.integer(3)};
                        });
}

void write_collected(storage::Tx& tx, const access::Scope& scope, const PrintJob& job)
{
    tx.execute("update printing_job set collected_at = ?, collected_by = ? where entrustment = ? and id = ?",
               {scope.moment().at, scope.staff(), job.entrustment, job.id});
    ledger::append(tx, entry_of(scope, "printing.collected", job));
}

void write_account(storage::Tx& tx, const access::Scope& scope, const PrintJob& job,
                   std::span<const PrintedCopy> copies, const Account& account)
{
    for (const auto& copy : copies)
        tx.execute("update printing_copy set handed_on = ?, destroyed = ? where entrustment = ? and job = ?"
                   " and number = ?",
                   {copy.handed_on, copy.destroyed, job.entrustment, job.id, copy.number});
    tx.execute("update printing_job set accounted_at = ?, accounted_by = ?, handed_on = ?, destroyed = ?, missing = ?,"
               " method = ?, witness = ?, note = ? where entrustment = ? and id = ?",
               {scope.moment().at, scope.staff(), account.handed_on, account.destroyed, account.missing, account.method,
                account.witness, account.note, job.entrustment, job.id});
    auto entry = entry_of(scope, "printing.accounted", job);
    entry.counts["handed_on"] = account.handed_on;
    entry.counts["destroyed"] = account.destroyed;
    entry.counts["missing"] = account.missing;
    entry.references["next_step"] = std::string(code_of(job.wish.next));
    if (account.witness) entry.references["witness"] = account.witness->text();
    ledger::append(tx, entry);
}

} // namespace azukari::printing
