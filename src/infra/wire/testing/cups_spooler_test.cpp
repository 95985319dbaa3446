#include "infra/wire/cups_spooler.h"

#include "infra/wire/cups_testing.h"
#include "infra/wire/wire_refusals.h"

#include <chrono>
#include <doctest/doctest.h>
#include <thread>

using namespace azukari;
using namespace azukari::wire;

namespace {

// Bytes as a PDF has them: every value, and longer than one write of a socket.
std::string some_pdf()
{
    std::string pdf = "%PDF-1.7\n";
    for (int at = 0; at < 300'000; ++at) pdf += static_cast<char>((at * 7 + at / 256) & 0xFF);
    return pdf;
}

SpooledJob wait_for(CupsSpooler& spooler, const std::string& printer, std::int64_t job,
                    const std::function<bool(const SpooledJob&)>& what)
{
    for (int patience = 0; patience < 100; ++patience) {
        const auto told = spooler.ask_job(printer, job);
        REQUIRE(told);
        if (what(*told)) return *told;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    FAIL("the job did not come to what was waited for");
    return {};
}

std::int64_t must_open(CupsSpooler& spooler, const std::string& printer)
{
    const auto job = spooler.open_job(printer, {"見本.pdf", "azukari", 3});
    REQUIRE(job);
    return *job;
}

} // namespace

TEST_CASE("what is sent to a real CUPS comes out of its printer byte for byte, and the job ends as completed [K56]")
{
    const testing::Cups cups;
    CupsSpooler spooler;
    const auto pdf = some_pdf();
    const auto job = must_open(spooler, cups.printer());
    const auto before = spooler.ask_job(cups.printer(), job);
    REQUIRE(before);
    CHECK_FALSE(before->has_arrived()); // opened, and nothing more
    CHECK_FALSE(before->is_over());
    REQUIRE(spooler.send_document(cups.printer(), job, "見本.pdf", pdf));
    const auto printed = cups.printed(job);
    REQUIRE(printed);
    CHECK(*printed == pdf);
    const auto after = wait_for(spooler, cups.printer(), job, [](const auto& told) { return told.is_over(); });
    CHECK(after.state == SpooledState::completed);
    CHECK(after.has_arrived());
}

TEST_CASE("a job that was opened and cancelled before its document came has never arrived [K56]")
{
    const testing::Cups cups;
    CupsSpooler spooler;
    const auto job = must_open(spooler, cups.printer());
    REQUIRE(spooler.cancel_job(cups.printer(), job));
    const auto told = spooler.ask_job(cups.printer(), job);
    REQUIRE(told);
    CHECK(told->is_over());
    CHECK_FALSE(told->has_arrived());
    // Nor does it come back when the document is late, whatever CUPS answers to that.
    const auto late = spooler.send_document(cups.printer(), job, "見本.pdf", some_pdf());
    const auto next = must_open(spooler, cups.printer());
    REQUIRE(spooler.send_document(cups.printer(), next, "見本.pdf", some_pdf()));
    CHECK(cups.printed(next).has_value());
    CHECK(cups.count_printed() == 1);
    CHECK(spooler.ask_job(cups.printer(), job)->state == SpooledState::cancelled);
    CAPTURE(late.has_value());
}

TEST_CASE("a printer without paper says so, and goes on when it has some [K57]")
{
    testing::Cups cups;
    cups.out_of_paper(true);
    CupsSpooler spooler;
    const auto job = must_open(spooler, cups.printer());
    REQUIRE(spooler.send_document(cups.printer(), job, "見本.pdf", some_pdf()));
    bool empty = false;
    for (int patience = 0; patience < 100 && !empty; ++patience) {
        const auto report = spooler.ask_printer(cups.printer());
        REQUIRE(report);
        for (const auto& reason : report->reasons) empty = empty || reason == "media-empty-error";
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    CHECK(empty);
    CHECK(cups.count_printed() == 0);
    cups.out_of_paper(false);
    CHECK(cups.printed(job).has_value());
}

TEST_CASE("a job that the printer gives up is aborted, and has begun [K56]")
{
    testing::Cups cups;
    cups.broken(true);
    CupsSpooler spooler;
    const auto job = must_open(spooler, cups.printer());
    REQUIRE(spooler.send_document(cups.printer(), job, "見本.pdf", some_pdf()));
    const auto told = wait_for(spooler, cups.printer(), job, [](const auto& each) { return each.is_over(); });
    CHECK(told.state == SpooledState::aborted);
    CHECK(told.begun);
    CHECK(told.has_arrived());
}

TEST_CASE("a spooler that does not answer, a printer and a job that do not exist are refused by name [K56]")
{
    testing::Cups cups;
    CupsSpooler spooler({Duration::seconds(2), Duration::seconds(2)});
    const auto unknown = spooler.ask_job(cups.printer(), 4711);
    CHECK(unknown.error().is(kNoSuchSpooledJob));
    CHECK(unknown.error().sentence().find("4711") != std::string::npos);
    CHECK(spooler.open_job(cups.printer() + "-other", {"x", "azukari", 1}).error().is(kSpoolerRefuses));
    cups.halt();
    CHECK(spooler.open_job(cups.printer(), {"x", "azukari", 1}).error().is(kCannotReach));
    CHECK(spooler.ask_printer(cups.printer()).error().is(kCannotReach));
}

TEST_CASE("a printer's address names a scheme of IPP, a host and a printer")
{
    CHECK(is_printer_address("ipp://localhost:631/printers/mihon"));
    CHECK(is_printer_address("ipps://printer.example.lg.jp/ipp/print"));
    CHECK_FALSE(is_printer_address("http://localhost:631/printers/mihon"));
    CHECK_FALSE(is_printer_address("ipp://somebody:secret@localhost/printers/mihon"));
    CHECK_FALSE(is_printer_address("ipp://localhost"));
    CHECK_FALSE(is_printer_address("mihon"));
    CHECK_FALSE(is_printer_address(""));
}
