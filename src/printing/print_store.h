// Print jobs as they are kept. Functions that a person causes take a Scope and leave their ledger entry; what the
// spooler told is noted by the house itself.
#pragma once

#include "access/scope.h"
#include "infra/storage/db.h"
#include "printing/printing_rules.h"

namespace azukari::printing {

// What the ward designated; the usual where it did not.
Limits find_limits(const storage::Snapshot& snapshot, EntrustmentId entrustment);
void write_limits(storage::Tx& tx, const access::Scope& scope, const Limits& limits);

// Stores what was asked for, as the next number, with its entry.
void insert_job(storage::Tx& tx, const access::Scope& scope, PrintJob& job);
Result<PrintJob> find_job(const storage::Snapshot& snapshot, EntrustmentId entrustment, PrintJobId id);
std::vector<PrintJob> jobs_of(const storage::Snapshot& snapshot, EntrustmentId entrustment); // newest first
// Jobs about which something is still to do: not accounted for, and sent, or asked for since `since`.
std::vector<PrintJob> open_jobs(const storage::Snapshot& snapshot, EntrustmentId entrustment, Instant since);
// Jobs that were sent on these days, in the order of sending: the log.
std::vector<PrintJob> jobs_sent(const storage::Snapshot& snapshot, EntrustmentId entrustment, CivilDate from,
                                CivilDate to);
// Jobs of which the spooler may have news, over all entrustments.
std::vector<PrintJob> jobs_under_way(const storage::Snapshot& snapshot);
// Sheets that this person asked for on the day and that may still be printed, or were.
std::int64_t sheets_asked_on(const storage::Snapshot& snapshot, EntrustmentId entrustment, StaffId by, CivilDate day);

// The job is taken to the printer now: the log's line is written, durable before the first byte leaves. Its one
// approval was used in the same transaction. Refuses kAlreadySent.
Result<void> note_sent(storage::Tx& tx, const access::Scope& scope, const PrintJob& job, const Sent& sent);
// Another attempt at a job that did not reach the printer. False when somebody else made one since `job` was read.
bool note_attempt(storage::Tx& tx, const access::Scope& scope, const PrintJob& job);
// The spooler's number. False when another attempt was made meanwhile: then this one must not go on.
bool note_opened(storage::Tx& tx, const PrintJob& job, std::int64_t spool_job);
// What stands in the way, or nothing any more.
void note_trouble(storage::Tx& tx, const PrintJob& job, std::string_view trouble);
// How the delivery goes on; printed, failed and unknown end it and leave an entry.
void note_delivery(storage::Tx& tx, const PrintJob& job, Delivery delivery, std::int64_t sheets_reported, Instant at);

void insert_copy(storage::Tx& tx, const PrintJob& job, std::int64_t number, std::optional<custody::CopyId> copy);
std::vector<PrintedCopy> copies_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, PrintJobId job);
void write_collected(storage::Tx& tx, const access::Scope& scope, const PrintJob& job);
void write_account(storage::Tx& tx, const access::Scope& scope, const PrintJob& job,
                   std::span<const PrintedCopy> copies, const Account& account);

} // namespace azukari::printing
