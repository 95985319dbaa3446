#include "printing/printing.h"

#include "approval/approval_store.h"
#include "base/check.h"
#include "custody/copies/copy_refusals.h"
#include "custody/copies/copy_store.h"
#include "party/party_store.h"
#include "printing/printing_refusals.h"

namespace azukari::printing {
namespace {

State state_in(const storage::Snapshot& snapshot, const access::Scope& scope, const PrintJob& job)
{
    const auto request = approval::find_request(snapshot, job.entrustment, job.approval);
    AZK_CHECK(request.has_value());
    return state_of(job, *request, scope.moment().at);
}

bool paper_is_out(State state)
{
    return state == State::to_fetch || state == State::broken || state == State::uncertain || state == State::fetched;
}

Result<void> check_witness(const storage::Snapshot& snapshot, const access::Scope& scope, const Account& account)
{
    if (!account.witness || !party::find_staff(snapshot, *account.witness))
        return refuse_field("witness", custody::kWitnessExpected);
    if (*account.witness == scope.staff()) return refuse_field("witness", custody::kWitnessIsSelf);
    return {};
}

// The copy's end for the copy ledger; nothing while it is still out, in the next step.
std::optional<custody::Settlement> end_of(const PrintJob& job, const CopyEnd& end, const Account& account)
{
    if (end.handed_on > 0)
        return job.wish.next == NextStep::hand_over
                   ? std::optional(custody::Settlement{custody::Settling::kept, {}, {}, account.note})
                   : std::nullopt;
    if (end.destroyed > 0)
        return custody::Settlement{custody::Settling::destroyed, account.method, account.witness, account.note};
    return custody::Settlement{custody::Settling::unmade, {}, {}, account.note};
}

} // namespace

const Source* find_source(const Sources& sources, std::string_view code)
{
    for (const auto& source : sources)
        if (source->code() == code) return source.get();
    return nullptr;
}

std::vector<Printable> offered(const Means& means, const storage::Snapshot& snapshot, const access::Scope& scope)
{
    std::vector<Printable> all;
    for (const auto& source : means.sources)
        for (auto& document : source->offered(snapshot, scope)) all.push_back(std::move(document));
    return all;
}

Result<Printable> find_document(const Means& means, const storage::Snapshot& snapshot, const access::Scope& scope,
                                std::string_view source, std::string_view reference)
{
    const auto* found = find_source(means.sources, source);
    if (found == nullptr) return refuse(kNoSuchDocument);
    return found->find(snapshot, scope, reference);
}

Result<PrintJob> ask(const Means& means, const access::Scope& scope, const Wish& wish)
{
    AZK_CHECK(access::touches_residents(scope.action().kind));
    if (means.printers.empty()) return refuse(kNoPrinter);
    const auto* printer = find_printer(means.printers, wish.printer);
    if (printer == nullptr) return refuse_field("printer", kPrinterExpected);
    const auto now = scope.moment();
    AZK_TRY(auto document, means.db.read([&](const storage::Snapshot& snapshot) {
        return find_document(means, snapshot, scope, wish.source, wish.reference);
    }));
    return means.db.write([&](storage::Tx& tx) -> Result<PrintJob> {
        const auto limits = find_limits(tx, *scope.entrustment());
        const auto before = sheets_asked_on(tx, *scope.entrustment(), scope.staff(), now.today);
        AZK_REQUIRE(check_wish(wish, document, limits, before));
        IdSource ids(now.at, means.entropy);
        PrintJob job{.id = ids.next<PrintJobNoun>(),
                     .entrustment = *scope.entrustment(),
                     .number = 0,
                     .asked = {now.at, scope.staff()},
                     .document = std::move(document),
                     .wish = wish,
                     .take_up_minutes = limits.take_up_minutes,
                     .settle_hours = limits.settle_hours,
                     .approval = approval::ApprovalId(IdBytes{})};
        job.approval =
            approval::ask(tx, ids, scope, describe(job, job.document, printer->uri), stages_for(wish), kApprovalHolds);
        insert_job(tx, scope, job);
        return job;
    });
}

Result<approval::Description> describe_now(const Means& means, const access::Scope& scope, const PrintJob& job)
{
    const auto* printer = find_printer(means.printers, job.wish.printer);
    if (printer == nullptr) return refuse(kPrinterGone, job.wish.printer);
    AZK_TRY(const auto document, means.db.read([&](const storage::Snapshot& snapshot) {
        return find_document(means, snapshot, scope, job.wish.source, job.wish.reference);
    }));
    return describe(job, document, printer->uri);
}

Result<void> collect(storage::Tx& tx, const access::Scope& scope, PrintJobId id)
{
    AZK_TRY(const auto job, find_job(tx, *scope.entrustment(), id));
    if (job.collected || job.accounted) return refuse(kAlreadyCollected);
    const auto state = state_in(tx, scope, job);
    if (!paper_is_out(state)) return refuse(kNotPrintedYet, japanese(state));
    write_collected(tx, scope, job);
    return {};
}

Result<void> settle(storage::Tx& tx, const access::Scope& scope, PrintJobId id, std::span<const CopyEnd> ends,
                    Account account)
{
    AZK_TRY(const auto job, find_job(tx, *scope.entrustment(), id));
    const auto state = state_in(tx, scope, job);
    if (state == State::settled) return refuse(kAlreadySettled);
    if (!paper_is_out(state)) return refuse(kNotPrintedYet, japanese(state));
    auto copies = copies_of(tx, job.entrustment, job.id);
    AZK_CHECK(copies.size() == ends.size());
    AZK_REQUIRE(check_account(job, ends, account));
    for (std::size_t at = 0; at < copies.size(); ++at) {
        copies[at].handed_on = ends[at].handed_on;
        copies[at].destroyed = ends[at].destroyed;
        account.handed_on += ends[at].handed_on;
        account.destroyed += ends[at].destroyed;
    }
    if (account.destroyed > 0)
        AZK_REQUIRE(check_witness(tx, scope, account));
    else
        account.witness.reset(), account.method.clear();
    for (std::size_t at = 0; at < copies.size(); ++at)
        if (const auto end = end_of(job, ends[at], account); end && copies[at].copy)
            AZK_REQUIRE(custody::settle_copy(tx, scope, *copies[at].copy, *end));
    if (!job.collected) write_collected(tx, scope, job);
    write_account(tx, scope, job, copies, account);
    return {};
}

} // namespace azukari::printing
