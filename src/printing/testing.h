// For tests of printing: a source with one document that can change under one's hands, a spooler that breaks on demand,
// and an office in which people ask, agree, print and account.
#pragma once

#include "access/testing.h"
#include "printing/log/log_store.h"
#include "printing/sending.h"

namespace azukari::printing::testing {

class PaperSource final : public Source {
public:
    std::string pdf = "%PDF-1.7 見本";
    std::int64_t pages = 4;
    std::vector<SubjectId> persons{SubjectId(IdBytes{71}), SubjectId(IdBytes{72})};
    mutable int left = 0;

    std::string_view code() const override { return "papers"; }
    std::vector<Printable> offered(const storage::Snapshot& snapshot, const access::Scope& scope) const override;
    Result<Printable> find(const storage::Snapshot& snapshot, const access::Scope& scope,
                           std::string_view reference) const override;
    Result<std::string> draw(const access::Scope& scope, std::string_view reference) const override;
    std::vector<SubjectId> subjects(const storage::Snapshot&, const access::Scope&, std::string_view) const override
    {
        return persons;
    }
    Result<void> leaving(storage::Tx&, const access::Scope&, std::string_view) const override
    {
        ++left;
        return {};
    }
};

// The spooler as a list of jobs. What it loses, loses the answer or the request.
class FakeSpooler final : public wire::Spooler {
public:
    enum class Breaks { nowhere, before_opening, after_opening, before_document, after_document };
    Breaks breaks = Breaks::nowhere;
    bool reachable = true;
    wire::PrinterReport report{};
    std::map<std::int64_t, wire::SpooledJob> jobs{};
    std::vector<std::string> printed{};    // documents that arrived
    std::function<void()> while_opening{}; // once

    Result<wire::PrinterReport> ask_printer(const std::string& uri) override;
    Result<std::int64_t> open_job(const std::string& uri, const wire::SpoolOrder& order) override;
    Result<void> send_document(const std::string& uri, std::int64_t job, std::string_view name,
                               std::string_view pdf) override;
    Result<wire::SpooledJob> ask_job(const std::string& uri, std::int64_t job) override;
    Result<void> cancel_job(const std::string& uri, std::int64_t job) override;
};

std::vector<storage::Migration> migrations();

class PrintOffice {
public:
    PrintOffice(storage::Db& db, wire::Spooler& spooler, std::string uri);
    access::Scope scope(const access::Action& action, access::Role role) const { return town.scope(action, role); }
    Wish wish() const;
    PrintJob asked(const Wish& wish);
    PrintJob asked() { return asked(wish()); }
    Result<void> agreed(const PrintJob& job, access::Role role);
    // Asked by the handler, agreed to by the supervisor.
    PrintJob approved();
    Result<void> sent(PrintJobId id);
    Result<void> sent_again(PrintJobId id);
    PrintJob now(PrintJobId id) const;
    State state(PrintJobId id) const;
    Result<void> collected(PrintJobId id);
    Result<void> settled(PrintJobId id, std::vector<CopyEnd> ends, Account account = {});
    std::int64_t copies_out() const;

    storage::Db& db;
    access::testing::Town town;
    SetClock clock;
    SeededEntropy entropy{5};
    std::shared_ptr<PaperSource> source = std::make_shared<PaperSource>();
    Means means;
};

void in_office(const std::function<void(PrintOffice&, FakeSpooler&)>& test);

} // namespace azukari::printing::testing
