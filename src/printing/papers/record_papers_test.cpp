#include "printing/papers/record_papers.h"

#include "approval/approval_refusals.h"
#include "custody/handing/hand_over_store.h"
#include "ledger/publisher.h"
#include "printing/printing_refusals.h"
#include "printing/testing.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::printing;
using namespace azukari::printing::testing;
using enum access::Role;

namespace {

// An office whose only source is its 確認記録票, with one hand-over that nobody has signed yet.
struct Recorded {
    explicit Recorded(PrintOffice& printing) : office(printing)
    {
        office.means.sources = {record_papers(office.db, fonts, [](const storage::Snapshot&, const access::Scope&) {
            return std::string("見本の委託");
        })};
        const auto ward = custody(ward_officer);
        id = office.db.write([&](storage::Tx& tx) {
            const auto thing = custody::record_thing(tx, ids, office.entropy, ward, medium()).value();
            custody::NewHandOver wanted{.purpose = custody::Purpose::provide,
                                        .from = custody::Side::ward,
                                        .at = office.town.moment.at,
                                        .giver = ward.staff(),
                                        .receiver = custody(handler).staff(),
                                        .carrier = ward.staff(),
                                        .lines = {{thing, "見本の対象者", 1}}};
            return std::optional(custody::record_hand_over(tx, ids, ward, wanted).value());
        });
    }
    static custody::NewThing medium()
    {
        return {.kind = custody::ThingKind::medium, .form = "USBメモリ", .title = "見本の対象者", .unit = "個"};
    }
    access::Scope custody(access::Role role) const { return office.scope(access::actions::kSeeCustody, role); }
    void sign(access::Role role)
    {
        office.db
            .write([&](storage::Tx& tx) {
                const auto seen = custody::digest_of(custody::find_record(tx, office.town.entrustment, *id).value());
                return custody::sign_hand_over(tx, custody(role), *id, seen);
            })
            .value();
    }
    void publish()
    {
        office.db.write([&](storage::Tx& tx) { publisher.publish(tx, office.town.moment.at); });
    }
    Wish wish() const
    {
        auto made = office.wish();
        made.source = "hand-over-records";
        made.reference = id->text();
        return made;
    }
    Result<PrintJob> ask_for() const
    {
        return ask(office.means, office.scope(access::actions::kAskPrint, handler), wish());
    }

    PrintOffice& office;
    pdf::FontBook fonts;
    SeededEntropy entropy{8};
    IdSource ids{office.town.moment.at, entropy};
    ledger::Publisher publisher{{"azukari.example/ledger", seal::SigningKey::create(entropy), {}}};
    std::optional<custody::HandOverId> id;
};

} // namespace

TEST_CASE("a hand-over record is printed when both sides have signed and the ledger holds it, and no copy of a "
          "resident's information arises [K56] [K62]")
{
    in_office([](PrintOffice& office, FakeSpooler& spooler) {
        Recorded it(office);
        CHECK(it.ask_for().error().is(kNotSignedByBoth));
        it.sign(ward_officer);
        it.sign(handler);
        CHECK(it.ask_for().error().is(kNotWitnessedYet));
        it.publish();
        const auto job = it.ask_for();
        REQUIRE(job);
        CHECK(job->document.pages == 1);
        CHECK(job->document.persons == 0);
        REQUIRE(office.agreed(*job, handling_supervisor));
        REQUIRE(office.sent(job->id));
        REQUIRE(spooler.printed.size() == 1);
        CHECK(spooler.printed[0].starts_with("%PDF"));
        CHECK(office.copies_out() == 0);
        spooler.jobs.at(1).state = wire::SpooledState::completed;
        follow_all(office.means);
        REQUIRE(office.settled(job->id, {{1, 0}, {1, 0}}));
    });
}

TEST_CASE("a record that was changed after it was agreed to is not printed [K51]")
{
    in_office([](PrintOffice& office, FakeSpooler& spooler) {
        Recorded it(office);
        it.sign(ward_officer);
        it.sign(handler);
        it.publish();
        const auto job = it.ask_for().value();
        REQUIRE(office.agreed(job, handling_supervisor));
        office.db.write(
            [&](storage::Tx& tx) { tx.execute("update custody_hand_over_line set content = '別の内容'", {}); });
        CHECK_FALSE(office.sent(job.id));
        CHECK(spooler.jobs.empty());
    });
}
