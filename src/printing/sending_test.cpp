#include "printing/sending.h"

#include "approval/approval_refusals.h"
#include "approval/approval_store.h"
#include "custody/copies/copy_refusals.h"
#include "infra/wire/wire_refusals.h"
#include "printing/printing_refusals.h"
#include "printing/testing.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::printing;
using namespace azukari::printing::testing;
using enum access::Role;
using Breaks = FakeSpooler::Breaks;

namespace {

// The house that died: another process, with nothing but the store, later.
void later(PrintOffice& office)
{
    office.clock.advance(kAttemptEnds);
}

} // namespace

TEST_CASE("nothing is printed before another person agreed, and it is printed once [K51] [K56]")
{
    in_office([](PrintOffice& office, FakeSpooler& spooler) {
        const auto job = office.asked();
        CHECK(office.sent(job.id).error().is(approval::kNotGranted));
        CHECK(office.agreed(job, handler).error().is(approval::kOwnRequest));
        CHECK(office.agreed(job, security_officer).error().is(approval::kOtherRole));
        REQUIRE(office.agreed(job, handling_supervisor));
        CHECK(office.state(job.id) == State::approved);
        CHECK(spooler.jobs.empty());
        REQUIRE(office.sent(job.id));
        CHECK(office.sent(job.id).error().is(kAlreadySent));
        CHECK(spooler.printed == std::vector{office.source->pdf});
        CHECK(office.state(job.id) == State::printing);
        CHECK(office.copies_out() == 2);
    });
}

TEST_CASE("a document that changes after it was asked for is not agreed to and not printed [K51]")
{
    in_office([](PrintOffice& office, FakeSpooler& spooler) {
        const auto job = office.approved();
        const auto before = office.source->pdf;
        office.source->pdf += "、別の紙";
        CHECK(office.sent(job.id).error().is(approval::kChanged));
        office.source->pdf = before;
        office.means.printers = {{"見本のプリンター", "ipp://127.0.0.1:1/printers/another"}};
        CHECK(office.sent(job.id).error().is(approval::kChanged));
        office.means.printers = {};
        CHECK(office.sent(job.id).error().is(kPrinterGone));
        CHECK(spooler.jobs.empty());
        CHECK(office.town.entries("printing.sent") == 0);
    });
}

TEST_CASE("without a printer in the settings nothing can be asked for, and the answer says what to do")
{
    in_office([](PrintOffice& office, FakeSpooler&) {
        office.means.printers = {};
        const auto refused = ask(office.means, office.scope(access::actions::kAskPrint, handler), office.wish());
        CHECK(refused.error().is(kNoPrinter));
        CHECK(refused.error().sentence().find("[printers]") != std::string::npos);
    });
}

TEST_CASE("the log has computer, time, file, printer and sheets before the first byte leaves [K56]")
{
    in_office([](PrintOffice& office, FakeSpooler& spooler) {
        const auto job = office.approved();
        spooler.while_opening = [&] {
            const auto noted = office.now(job.id);
            REQUIRE(noted.sent);
            CHECK(noted.sent->computer == "印字室-1（192.0.2.10）");
            CHECK(noted.sent->at == office.town.moment.at);
            CHECK(office.town.entries("printing.sent") == 1);
        };
        REQUIRE(office.sent(job.id));
        const auto log = office.db.read([&](const storage::Snapshot& snapshot) {
            return read_log(snapshot, office.scope(access::actions::kSeePrinting, ward_officer),
                            office.town.moment.today, office.town.moment.today, "見本の委託");
        });
        REQUIRE(log.lines.size() == 1);
        const auto& line = log.lines.front();
        CHECK(line.computer == "印字室-1（192.0.2.10）");
        CHECK(line.printed_at == office.town.moment.at);
        CHECK(line.file == "見本の紙_20260601.pdf");
        CHECK(line.printer == "見本のプリンター");
        CHECK(line.sheets == 8);
        CHECK(line.asked_by == "模擬 三郎");
        CHECK(line.agreed_by == "架空 次郎");
        CHECK(log.host == "mihon-server");
        const auto entry = office.db.read([&](const storage::Snapshot& snapshot) {
            return snapshot.integer("select count(*) from ledger_entry where act = 'printing.sent' and object = ?",
                                    {job.id.text()});
        });
        CHECK(entry == 1);
    });
}

TEST_CASE("wherever sending breaks, trying again prints the document exactly once [K56]")
{
    for (const auto breaks : {Breaks::before_opening, Breaks::after_opening, Breaks::before_document}) {
        in_office([&](PrintOffice& office, FakeSpooler& spooler) {
            CAPTURE(static_cast<int>(breaks));
            const auto job = office.approved();
            spooler.breaks = breaks;
            CHECK_FALSE(office.sent(job.id));
            CHECK(office.state(job.id) == State::unsent);
            CHECK_FALSE(office.now(job.id).trouble.empty());
            CHECK(spooler.printed.empty());
            spooler.breaks = Breaks::nowhere;
            later(office);
            REQUIRE(office.sent_again(job.id));
            CHECK(spooler.printed.size() == 1);
            CHECK(office.copies_out() == 2); // of the first attempt: there are no others
            CHECK(office.source->left == 1);
            CHECK(office.town.entries("approval.used") == 1);
        });
    }
}

TEST_CASE("when only the answer was lost, the job is followed and not printed again [K56]")
{
    in_office([](PrintOffice& office, FakeSpooler& spooler) {
        const auto job = office.approved();
        spooler.breaks = Breaks::after_document; // and then nobody answers
        CHECK_FALSE(office.sent(job.id));
        CHECK(office.sent_again(job.id).error().is(kMayBePrinting));
        spooler.reachable = true;
        CHECK(office.sent_again(job.id).error().is(kNothingToSendAgain));
        CHECK(spooler.printed.size() == 1);
        CHECK(office.state(job.id) == State::printing);
    });
}

TEST_CASE("a job that another attempt took over does not send its document [K56]")
{
    in_office([](PrintOffice& office, FakeSpooler& spooler) {
        const auto job = office.approved();
        spooler.while_opening = [&] {
            REQUIRE(office.sent_again(job.id)); // somebody else, at this very moment
        };
        CHECK(office.sent(job.id).error().is(kBusy));
        CHECK(spooler.printed.size() == 1);
        CHECK(spooler.jobs.at(1).state == wire::SpooledState::cancelled);
    });
}

TEST_CASE("an opened job that may have been printed and thrown away is not sent again [K56]")
{
    in_office([](PrintOffice& office, FakeSpooler& spooler) {
        const auto job = office.approved();
        spooler.breaks = Breaks::before_document;
        CHECK_FALSE(office.sent(job.id));
        later(office);
        spooler.breaks = Breaks::nowhere;
        spooler.jobs.at(1) = {wire::SpooledState::aborted, 0, true, 0, {}}; // begun; the spooler keeps no document
        CHECK(office.sent_again(job.id).error().is(kNothingToSendAgain));
        CHECK(office.state(job.id) == State::broken);
        CHECK(spooler.printed.empty());
    });
}

TEST_CASE("a job that the spooler forgot is for a person to look at [K56] [K57]")
{
    in_office([](PrintOffice& office, FakeSpooler& spooler) {
        const auto job = office.approved();
        REQUIRE(office.sent(job.id));
        spooler.jobs.clear();
        CHECK(follow_all(office.means) == 1);
        CHECK(office.state(job.id) == State::uncertain);
        CHECK(office.town.entries("printing.lost_sight") == 1);
        CHECK(office.sent_again(job.id).error().is(kNothingToSendAgain));
        REQUIRE(office.collected(job.id));
    });
}

TEST_CASE("a spooler out of reach is told and changes nothing; the job goes on when it answers [K56]")
{
    in_office([](PrintOffice& office, FakeSpooler& spooler) {
        const auto job = office.approved();
        REQUIRE(office.sent(job.id));
        spooler.reachable = false;
        CHECK(follow_all(office.means) == 0);
        CHECK(office.now(job.id).trouble.find("つながりません") != std::string::npos);
        CHECK(office.state(job.id) == State::printing);
        spooler.reachable = true;
        spooler.jobs.at(1) = {wire::SpooledState::completed, 1, true, 7, {}};
        CHECK(follow_all(office.means) == 1);
        CHECK(office.state(job.id) == State::to_fetch);
        CHECK(office.now(job.id).sheets_reported == 7);
        CHECK(follow_all(office.means) == 0);
        CHECK(office.town.entries("printing.printed") == 1);
    });
}

TEST_CASE("paper is fetched and accounted for once, and destroying needs a witness [K57]")
{
    in_office([](PrintOffice& office, FakeSpooler& spooler) {
        const auto job = office.approved();
        CHECK(office.collected(job.id).error().is(kNotPrintedYet));
        REQUIRE(office.sent(job.id));
        CHECK(office.settled(job.id, {{4, 0}, {4, 0}}).error().is(kNotPrintedYet));
        spooler.jobs.at(1).state = wire::SpooledState::completed;
        follow_all(office.means);
        REQUIRE(office.collected(job.id));
        CHECK(office.collected(job.id).error().is(kAlreadyCollected));

        Account account{.method = "細断", .note = "紙づまり"};
        CHECK(office.settled(job.id, {{4, 0}, {0, 4}}, account).error().is(custody::kWitnessExpected));
        account.witness = office.scope(access::actions::kAccountPrint, handler).staff();
        CHECK(office.settled(job.id, {{4, 0}, {0, 4}}, account).error().is(custody::kWitnessIsSelf));
        account.witness = office.scope(access::actions::kAccountPrint, handling_supervisor).staff();
        CHECK(office.copies_out() == 2); // refusals changed nothing
        REQUIRE(office.settled(job.id, {{4, 0}, {0, 4}}, account));
        CHECK(office.copies_out() == 0);
        CHECK(office.settled(job.id, {{4, 0}, {4, 0}}).error().is(kAlreadySettled));
        const auto end = office.now(job.id).account;
        CHECK(end.handed_on == 4);
        CHECK(end.destroyed == 4);
        CHECK(office.town.entries("custody.copy_settled") == 2);
    });
}

TEST_CASE("paper that goes into envelopes stays in the copy ledger until it is delivered [K57] [K51]")
{
    in_office([](PrintOffice& office, FakeSpooler& spooler) {
        auto wish = office.wish();
        wish.next = NextStep::enclose;
        const auto job = office.asked(wish);
        REQUIRE(office.agreed(job, handling_supervisor));
        REQUIRE(office.sent(job.id));
        spooler.jobs.at(1).state = wire::SpooledState::completed;
        follow_all(office.means);
        REQUIRE(office.settled(job.id, {{4, 0}, {4, 0}}));
        CHECK(office.copies_out() == 2);
    });
}

TEST_CASE("what one person asks for on one day adds up, and what was not agreed to does not count [K56]")
{
    in_office([](PrintOffice& office, FakeSpooler&) {
        const auto asked_today = [&] {
            return office.db.read([&](const storage::Snapshot& snapshot) {
                const auto who = office.scope(access::actions::kAskPrint, handler);
                return sheets_asked_on(snapshot, office.town.entrustment, who.staff(), office.town.moment.today);
            });
        };
        const auto first = office.approved();
        const auto second = office.asked();
        CHECK(asked_today() == 16);
        const auto maker = office.scope(access::actions::kAskPrint, handler);
        REQUIRE(office.db.write([&](storage::Tx& tx) { return approval::withdraw(tx, maker, second.approval); }));
        CHECK(asked_today() == 8);
        REQUIRE(office.sent(first.id));
        CHECK(asked_today() == 8);

        office.db.write([&](storage::Tx& tx) {
            write_limits(tx, office.scope(access::actions::kSetPrintLimits, ward_officer),
                         {.sheets_per_job = 100, .sheets_per_day = 16});
        });
        const auto refused = ask(office.means, maker, office.wish());
        CHECK(refused.error().is(kReasonExpected));
        auto wish = office.wish();
        wish.over_reason = "追加の対象者のため";
        const auto third = office.asked(wish);
        CHECK(third.number == 3);
        REQUIRE(office.agreed(third, security_officer));
        CHECK(office.sent(third.id).error().is(approval::kNotGranted)); // two persons now
        REQUIRE(office.agreed(third, handling_supervisor));
        CHECK(office.state(third.id) == State::approved);
    });
}
