#include "printing/testing.h"

#include "approval/approval_store.h"
#include "approval_migrations.h"
#include "base/check.h"
#include "custody/copies/copy_store.h"
#include "custody_migrations.h"
#include "infra/seal/digest.h"
#include "infra/storage/testing.h"
#include "infra/wire/wire_refusals.h"
#include "ledger/ledger.h"
#include "printing/printing_refusals.h"
#include "printing_migrations.h"

#include <utility>

namespace azukari::printing::testing {

using enum access::Role;

namespace {

constexpr std::string_view kUri = "ipp://127.0.0.1:1/printers/mihon";

} // namespace

std::vector<Printable> PaperSource::offered(const storage::Snapshot& snapshot, const access::Scope& scope) const
{
    return {*find(snapshot, scope, "paper-1")};
}

Result<Printable> PaperSource::find(const storage::Snapshot&, const access::Scope&, std::string_view reference) const
{
    if (reference != "paper-1") return refuse(kNoSuchDocument);
    return Printable{"papers",
                     "paper-1",
                     "見本の紙",
                     "見本の紙_20260601.pdf",
                     hex(seal::sha256(as_bytes(pdf))),
                     pages,
                     static_cast<std::int64_t>(persons.size())};
}

Result<std::string> PaperSource::draw(const access::Scope&, std::string_view) const
{
    return pdf;
}

Result<wire::PrinterReport> FakeSpooler::ask_printer(const std::string& uri)
{
    if (!reachable) return refuse(wire::kCannotReach, uri, "試験");
    return report;
}

Result<std::int64_t> FakeSpooler::open_job(const std::string& uri, const wire::SpoolOrder&)
{
    if (!reachable || breaks == Breaks::before_opening) return refuse(wire::kCannotReach, uri, "試験");
    const auto number = static_cast<std::int64_t>(jobs.size()) + 1;
    jobs[number] = {};
    if (const auto meanwhile = std::exchange(while_opening, {})) meanwhile();
    if (breaks == Breaks::after_opening) return refuse(wire::kTooSlow, uri);
    return number;
}

Result<void> FakeSpooler::send_document(const std::string& uri, std::int64_t job, std::string_view,
                                        std::string_view pdf)
{
    if (!reachable || breaks == Breaks::before_document) return refuse(wire::kCannotReach, uri, "試験");
    if (jobs.at(job).is_over()) return refuse(wire::kSpoolerRefuses, uri, "試験");
    jobs.at(job).documents = 1;
    jobs.at(job).state = wire::SpooledState::printing;
    printed.emplace_back(pdf);
    if (breaks == Breaks::after_document) return reachable = false, refuse(wire::kTooSlow, uri);
    return {};
}

Result<wire::SpooledJob> FakeSpooler::ask_job(const std::string& uri, std::int64_t job)
{
    if (!reachable) return refuse(wire::kCannotReach, uri, "試験");
    if (!jobs.contains(job)) return refuse(wire::kNoSuchSpooledJob, uri, std::to_string(job));
    return jobs.at(job);
}

Result<void> FakeSpooler::cancel_job(const std::string& uri, std::int64_t job)
{
    if (!reachable) return refuse(wire::kCannotReach, uri, "試験");
    jobs.at(job).state = wire::SpooledState::cancelled;
    return {};
}

std::vector<storage::Migration> migrations()
{
    auto all = access::testing::migrations();
    for (const auto& room : {migrations_of_approval(), migrations_of_custody(), migrations_of_printing()})
        all.insert(all.end(), room.begin(), room.end());
    return all;
}

PrintOffice::PrintOffice(storage::Db& store, wire::Spooler& spooler, std::string uri)
    : db(store), town(store), clock(town.moment.at), means{store,         spooler,
                                                           clock,         entropy,
                                                           {source},      {{"見本のプリンター", std::move(uri)}},
                                                           "mihon-server"}
{
}

Wish PrintOffice::wish() const
{
    return {"papers", "paper-1", "見本のプリンター", 2, "通知の発送", NextStep::hand_over, "見本区 健康づくり課", {}};
}

PrintJob PrintOffice::asked(const Wish& wish)
{
    auto job = ask(means, scope(access::actions::kAskPrint, handler), wish);
    AZK_CHECK(job.has_value());
    return *std::move(job);
}

Result<void> PrintOffice::agreed(const PrintJob& job, access::Role role)
{
    const auto who = scope(access::actions::kAgreePrint, role);
    AZK_TRY(const auto what, describe_now(means, who, job));
    return db.write([&](storage::Tx& tx) { return approval::agree(tx, who, job.approval, what); });
}

PrintJob PrintOffice::approved()
{
    auto job = asked();
    AZK_CHECK(agreed(job, handling_supervisor).has_value());
    return job;
}

Result<void> PrintOffice::sent(PrintJobId id)
{
    return send(means, scope(access::actions::kPrint, handler), id, "印字室-1（192.0.2.10）");
}

Result<void> PrintOffice::sent_again(PrintJobId id)
{
    return send_again(means, scope(access::actions::kPrint, handler), id);
}

PrintJob PrintOffice::now(PrintJobId id) const
{
    return db.read([&](const storage::Snapshot& snapshot) { return find_job(snapshot, town.entrustment, id).value(); });
}

State PrintOffice::state(PrintJobId id) const
{
    return db.read([&](const storage::Snapshot& snapshot) {
        const auto job = find_job(snapshot, town.entrustment, id).value();
        return state_of(job, approval::find_request(snapshot, town.entrustment, job.approval).value(), clock.now());
    });
}

Result<void> PrintOffice::collected(PrintJobId id)
{
    return db.write([&](storage::Tx& tx) { return collect(tx, scope(access::actions::kAccountPrint, handler), id); });
}

Result<void> PrintOffice::settled(PrintJobId id, std::vector<CopyEnd> ends, Account account)
{
    return db.write(
        [&](storage::Tx& tx) { return settle(tx, scope(access::actions::kAccountPrint, handler), id, ends, account); });
}

std::int64_t PrintOffice::copies_out() const
{
    return db.read([&](const storage::Snapshot& snapshot) {
        return static_cast<std::int64_t>(custody::outstanding(snapshot, town.entrustment).size());
    });
}

void in_office(const std::function<void(PrintOffice&, FakeSpooler&)>& test)
{
    storage::testing::on_every_store(migrations(), [&](storage::Db& db) {
        ledger::grow_with(db);
        FakeSpooler spooler;
        PrintOffice office(db, spooler, std::string(kUri));
        test(office, spooler);
    });
}

} // namespace azukari::printing::testing
