// The whole way over a real CUPS.
#include "custody/copies/copy_store.h"
#include "infra/storage/testing.h"
#include "infra/wire/cups_spooler.h"
#include "infra/wire/cups_testing.h"
#include "infra/wire/wire_refusals.h"
#include "ledger/ledger.h"
#include "printing/print_run.h"
#include "printing/printing_refusals.h"
#include "printing/testing.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::printing;
using namespace azukari::printing::testing;
using enum access::Role;

namespace {

void over_cups(const std::function<void(PrintOffice&, wire::testing::Cups&)>& test)
{
    wire::testing::Cups cups;
    storage::testing::on_every_store(migrations(), [&](storage::Db& db) {
        CAPTURE(db.engine());
        ledger::grow_with(db);
        wire::CupsSpooler spooler({Duration::seconds(2), Duration::seconds(5)});
        PrintOffice office(db, spooler, cups.printer());
        test(office, cups);
    });
}

State wait_for(PrintOffice& office, PrintJobId id, State wanted)
{
    for (int patience = 0; patience < 100 && office.state(id) != wanted; ++patience) {
        follow(office.means, office.town.entrustment, id);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return office.state(id);
}

} // namespace

TEST_CASE("asked, agreed to, printed by CUPS byte for byte, fetched, accounted for sheet by sheet, told to the ward "
          "[K51] [K56] [K57]")
{
    over_cups([](PrintOffice& office, wire::testing::Cups& cups) {
        for (int at = 0; at < 100'000; ++at) office.source->pdf += static_cast<char>(at & 0xFF);
        const auto job = office.approved();
        REQUIRE(office.sent(job.id));
        CHECK(wait_for(office, job.id, State::to_fetch) == State::to_fetch);
        const auto printed = cups.printed(*office.now(job.id).spool_job);
        REQUIRE(printed);
        CHECK(*printed == office.source->pdf);
        CHECK(office.copies_out() == 2);
        CHECK(office.source->left == 1);

        CHECK(office.sent(job.id).error().is(kAlreadySent));
        CHECK(office.sent_again(job.id).error().is(kNothingToSendAgain));

        REQUIRE(office.collected(job.id));
        REQUIRE(office.settled(job.id, {{4, 0}, {4, 0}}));
        CHECK(office.state(job.id) == State::settled);
        CHECK(office.copies_out() == 0);
        for (const auto act :
             {"printing.asked", "printing.sent", "printing.printed", "printing.collected", "printing.accounted"})
            CHECK(office.town.entries(act) == 1);
    });
}

TEST_CASE("a CUPS that is down loses nothing: the job waits, and is printed once when CUPS is back [K56]")
{
    over_cups([](PrintOffice& office, wire::testing::Cups& cups) {
        const auto before = cups.count_printed();
        const auto job = office.approved();
        cups.halt();
        CHECK(office.sent(job.id).error().is(wire::kCannotReach));
        CHECK(office.state(job.id) == State::unsent);
        CHECK(office.now(job.id).trouble.find("つながりません") != std::string::npos);
        CHECK(office.town.entries("printing.sent") == 1); // the log was written before anything left
        cups.start();
        REQUIRE(office.sent_again(job.id));
        CHECK(wait_for(office, job.id, State::to_fetch) == State::to_fetch);
        CHECK(cups.count_printed() == before + 1);
        CHECK(office.town.entries("printing.tried_again") == 1);
    });
}

TEST_CASE("a printer without paper is told in words, and the job goes on with paper [K57]")
{
    over_cups([](PrintOffice& office, wire::testing::Cups& cups) {
        cups.out_of_paper(true);
        const auto job = office.approved();
        REQUIRE(office.sent(job.id));
        for (int patience = 0; patience < 100 && office.now(job.id).trouble.empty(); ++patience) {
            follow(office.means, office.town.entrustment, job.id);
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        CHECK(office.now(job.id).trouble.find("用紙がありません") != std::string::npos);
        cups.out_of_paper(false);
        CHECK(wait_for(office, job.id, State::to_fetch) == State::to_fetch);
        CHECK(office.now(job.id).trouble.empty());
    });
}

TEST_CASE(
    "a job that the printer gave up is over: what came out is accounted for, and nothing is sent again [K56] [K57]")
{
    over_cups([](PrintOffice& office, wire::testing::Cups& cups) {
        cups.broken(true);
        const auto job = office.approved();
        REQUIRE(office.sent(job.id));
        CHECK(wait_for(office, job.id, State::broken) == State::broken);
        cups.broken(false);
        CHECK(office.sent_again(job.id).error().is(kNothingToSendAgain));
        CHECK(
            office.settled(job.id, {{0, 0}, {0, 0}}, {.missing = 7, .note = "途中で停止"}).error().is(kDoesNotBalance));
        REQUIRE(office.settled(job.id, {{0, 0}, {0, 0}}, {.missing = 8, .note = "途中で停止"}));
        CHECK(office.copies_out() == 0);
    });
}

TEST_CASE("a house that dies after the document left finds the job printed, and does not print it again [K56]")
{
    over_cups([](PrintOffice& office, wire::testing::Cups& cups) {
        const auto before = cups.count_printed();
        const auto job = office.approved();
        REQUIRE(office.sent(job.id));
        // As if the house had died between the document and the note of its arrival.
        office.db.write([&](storage::Tx& tx) {
            tx.execute("update printing_job set delivery = 2, attempt_at = 0, finished_at = null where id = ?",
                       {job.id});
        });
        CHECK(office.sent_again(job.id).error().is(kNothingToSendAgain));
        CHECK(wait_for(office, job.id, State::to_fetch) == State::to_fetch);
        CHECK(cups.count_printed() == before + 1);
    });
}

TEST_CASE("the run in the background sends, looks after the job, and tells why it failed [K56]")
{
    over_cups([](PrintOffice& office, wire::testing::Cups& cups) {
        const auto job = office.approved();
        const auto scope = office.scope(access::actions::kPrint, handler);
        cups.halt();
        PrintRun run(office.means, std::chrono::milliseconds(20), 200);
        const auto wait = [&](State wanted) {
            for (int patience = 0; patience < 200; ++patience) {
                if (!run.under_way(job.id) && office.state(job.id) == wanted) return true;
                std::this_thread::sleep_for(std::chrono::milliseconds(25));
            }
            return false;
        };
        REQUIRE(run.start(scope, job.id, "印字室-1"));
        CHECK(wait(State::unsent));
        CHECK(run.failure(job.id).find("つながりません") != std::string::npos);
        cups.start();
        REQUIRE(run.start_again(scope, job.id));
        CHECK(wait(State::to_fetch));
        CHECK(run.failure(job.id).empty());
    });
}
