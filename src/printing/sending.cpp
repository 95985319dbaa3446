#include "printing/sending.h"

#include "approval/approval_rules.h"
#include "approval/approval_store.h"
#include "custody/copies/copy_store.h"
#include "infra/seal/digest.h"
#include "infra/wire/wire_refusals.h"
#include "printing/printing_refusals.h"

#include <fmt/format.h>

namespace azukari::printing {
namespace {

Result<PrintJob> read_job(const Means& means, EntrustmentId entrustment, PrintJobId id)
{
    return means.db.read([&](const storage::Snapshot& snapshot) { return find_job(snapshot, entrustment, id); });
}

Result<std::string> uri_of(const Means& means, const PrintJob& job)
{
    const auto* printer = find_printer(means.printers, job.wish.printer);
    if (printer == nullptr) return refuse(kPrinterGone, job.wish.printer);
    return printer->uri;
}

// The very bytes that were agreed to, or none.
Result<std::string> draw(const Means& means, const access::Scope& scope, const PrintJob& job)
{
    const auto* source = find_source(means.sources, job.wish.source);
    if (source == nullptr) return refuse(kNoSuchDocument);
    AZK_TRY(auto pdf, source->draw(scope, job.wish.reference));
    if (hex(seal::sha256(as_bytes(pdf))) != job.document.sha256) return refuse(kNotAsApproved);
    return pdf;
}

// Each copy, with whose information it holds.
Result<void> record_copies(storage::Tx& tx, const Means& means, const access::Scope& scope, const PrintJob& job)
{
    const auto* source = find_source(means.sources, job.wish.source);
    IdSource ids(scope.moment().at, means.entropy);
    if (job.document.persons == 0) {
        for (std::int64_t number = 1; number <= job.wish.copies; ++number) insert_copy(tx, job, number, std::nullopt);
        return {};
    }
    const custody::NewCopy copy{custody::Door::print, "print:" + job.id.text(),
                                job.document.persons, job.document.sha256,
                                job.wish.recipient,   source->subjects(tx, scope, job.wish.reference)};
    for (std::int64_t number = 1; number <= job.wish.copies; ++number) {
        AZK_TRY(const auto id, custody::record_copy(tx, ids, scope, copy));
        insert_copy(tx, job, number, id);
    }
    return {};
}

// The approval's one use, the log, the copies and the leaving: all of it, or nothing.
Result<void> claim(const Means& means, const access::Scope& scope, const PrintJob& job,
                   const approval::Description& now, std::string_view computer)
{
    const Sent sent{scope.moment().at, scope.staff(), std::string(computer), means.host};
    return means.db.write([&](storage::Tx& tx) -> Result<void> {
        AZK_REQUIRE(note_sent(tx, scope, job, sent));
        AZK_REQUIRE(approval::use(tx, scope, job.approval, now));
        AZK_REQUIRE(record_copies(tx, means, scope, job));
        return find_source(means.sources, job.wish.source)->leaving(tx, scope, job.wish.reference);
    });
}

void note_trouble(const Means& means, const PrintJob& job, std::string_view trouble)
{
    means.db.write([&](storage::Tx& tx) { note_trouble(tx, job, trouble); });
}

void note_delivery(const Means& means, const PrintJob& job, Delivery delivery, std::int64_t sheets = 0)
{
    means.db.write([&](storage::Tx& tx) { note_delivery(tx, job, delivery, sheets, means.clock.now()); });
}

// Opens a job at the spooler and sends the document after its number is kept.
Result<void> deliver(const Means& means, const PrintJob& job, const std::string& pdf)
{
    AZK_TRY(const auto uri, uri_of(means, job));
    const auto opened = means.spooler.open_job(uri, {job.document.file_name, "azukari", job.wish.copies});
    if (!opened) return note_trouble(means, job, opened.error().sentence()), tl::unexpected(opened.error());
    const bool ours = means.db.write([&](storage::Tx& tx) { return note_opened(tx, job, *opened); });
    if (!ours) { // somebody else tries meanwhile; this empty job must not stay
        AZK_REQUIRE(means.spooler.cancel_job(uri, *opened));
        return refuse(kBusy);
    }
    const auto sent = means.spooler.send_document(uri, *opened, job.document.file_name, pdf);
    if (sent) return note_delivery(means, job, Delivery::accepted), Result<void>();
    // The answer may have been lost, not the document.
    const auto told = means.spooler.ask_job(uri, *opened);
    if (told && told->has_arrived()) return note_delivery(means, job, Delivery::accepted), Result<void>();
    note_trouble(means, job, sent.error().sentence());
    return tl::unexpected(sent.error());
}

// Proof that an opened job has nothing to print: no document arrived, and none can arrive any more.
Result<bool> never_arrived(const Means& means, const std::string& uri, const PrintJob& job)
{
    const auto number = *job.spool_job;
    AZK_TRY(const auto told, means.spooler.ask_job(uri, number));
    if (told.has_arrived()) return false;
    if (told.is_over()) return true;
    AZK_REQUIRE(means.spooler.cancel_job(uri, number));
    AZK_TRY(const auto after, means.spooler.ask_job(uri, number));
    return !after.has_arrived() && after.is_over();
}

Delivery delivery_of(const wire::SpooledJob& told)
{
    switch (told.state) {
    case wire::SpooledState::completed:
        return Delivery::printed;
    case wire::SpooledState::aborted:
    case wire::SpooledState::cancelled:
        return Delivery::failed;
    default:
        return Delivery::accepted;
    }
}

// Why a job that the spooler has does not go on.
std::string what_holds_it(const Means& means, const std::string& uri, const wire::SpooledJob& told)
{
    const auto report = means.spooler.ask_printer(uri);
    if (!report) return report.error().sentence();
    auto words = trouble_of(*report);
    if (words.empty() && told.state == wire::SpooledState::stopped) words = "プリンターで止まっています";
    return words;
}

} // namespace

Result<void> send(const Means& means, const access::Scope& scope, PrintJobId id, std::string_view computer)
{
    AZK_TRY(auto job, read_job(means, *scope.entrustment(), id));
    if (job.sent) return refuse(kAlreadySent);
    AZK_TRY(const auto now, describe_now(means, scope, job));
    AZK_REQUIRE(means.db.read([&](const storage::Snapshot& snapshot) -> Result<void> {
        AZK_TRY(const auto request, approval::find_request(snapshot, job.entrustment, job.approval));
        return approval::may_use(request, now.digest(), scope.moment().at);
    }));
    AZK_TRY(const auto pdf, draw(means, scope, job));
    AZK_REQUIRE(claim(means, scope, job, now, computer));
    AZK_TRY(job, read_job(means, *scope.entrustment(), id));
    return deliver(means, job, pdf);
}

Result<void> send_again(const Means& means, const access::Scope& scope, PrintJobId id)
{
    AZK_TRY(auto job, read_job(means, *scope.entrustment(), id));
    AZK_TRY(const auto uri, uri_of(means, job));
    if (job.delivery == Delivery::opened) {
        if (means.clock.now() < *job.attempt_at + kAttemptEnds && job.trouble.empty()) return refuse(kBusy);
        const auto nothing = never_arrived(means, uri, job);
        if (!nothing) return refuse(kMayBePrinting, nothing.error().sentence());
        if (!*nothing) {
            follow(means, job.entrustment, job.id);
            AZK_TRY(job, read_job(means, *scope.entrustment(), id));
        }
    }
    if (!may_send_again(job.delivery)) {
        const auto request = means.db.read([&](const storage::Snapshot& snapshot) {
            return approval::find_request(snapshot, job.entrustment, job.approval);
        });
        return refuse(kNothingToSendAgain, japanese(state_of(job, *request, scope.moment().at)));
    }
    AZK_TRY(const auto pdf, draw(means, scope, job));
    const bool ours = means.db.write([&](storage::Tx& tx) { return note_attempt(tx, scope, job); });
    if (!ours) return refuse(kBusy);
    AZK_TRY(job, read_job(means, *scope.entrustment(), id));
    return deliver(means, job, pdf);
}

bool follow(const Means& means, EntrustmentId entrustment, PrintJobId id)
{
    const auto job = read_job(means, entrustment, id);
    if (!job || !job->spool_job || (job->delivery != Delivery::opened && job->delivery != Delivery::accepted))
        return false;
    const auto uri = uri_of(means, *job);
    if (!uri) return note_trouble(means, *job, uri.error().sentence()), true;
    const auto told = means.spooler.ask_job(*uri, *job->spool_job);
    if (!told) {
        if (!told.error().is(wire::kNoSuchSpooledJob)) return note_trouble(means, *job, told.error().sentence()), true;
        return note_delivery(means, *job, Delivery::unknown), false;
    }
    // An opened job without its document is not printing; whether it is tried again, a person decides.
    if (!told->has_arrived() && job->delivery == Delivery::opened) return true;
    const auto delivery = delivery_of(*told);
    note_delivery(means, *job, delivery, told->sheets);
    if (delivery != Delivery::accepted) return false;
    note_trouble(means, *job, what_holds_it(means, *uri, *told));
    return true;
}

std::int64_t follow_all(const Means& means)
{
    const auto jobs = means.db.read([](const storage::Snapshot& snapshot) { return jobs_under_way(snapshot); });
    std::int64_t ended = 0;
    for (const auto& job : jobs)
        if (job.delivery != Delivery::claimed && !follow(means, job.entrustment, job.id)) ++ended;
    return ended;
}

} // namespace azukari::printing
