#include "printing/printing_rules.h"

#include "custody/copies/copy_refusals.h"
#include "printing/printing_refusals.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::printing;

namespace {

const Printable kDocument{"papers", "paper-1", "見本の紙", "見本の紙.pdf", std::string(64, 'a'), 10, 3};

Wish some_wish()
{
    return {"papers", "paper-1", "見本のプリンター", 2, "通知の発送", NextStep::enclose, "見本区 健康づくり課", {}};
}

PrintJob some_job()
{
    return {.id = PrintJobId(IdBytes{1}),
            .entrustment = EntrustmentId(IdBytes{2}),
            .number = 1,
            .asked = {{}, StaffId(IdBytes{3})},
            .document = kDocument,
            .wish = some_wish(),
            .take_up_minutes = 30,
            .settle_hours = 24,
            .approval = approval::ApprovalId(IdBytes{4})};
}

} // namespace

TEST_CASE(
    "as many sheets as the ward designated, or more, need a reason: in one job, and by one person on one day [K56]")
{
    const Limits limits{.sheets_per_job = 20, .sheets_per_day = 50};
    CHECK_FALSE(needs_reason(limits, 19, 0));
    CHECK(needs_reason(limits, 20, 0)); // 指定枚数以上
    CHECK_FALSE(needs_reason(limits, 10, 39));
    CHECK(needs_reason(limits, 10, 40));

    auto wish = some_wish(); // 20 sheets
    const auto refused = check_wish(wish, kDocument, limits, 7);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().is(kReasonExpected));
    CHECK(refused.error().field() == "over_reason");
    CHECK(refused.error().sentence().find("20枚") != std::string::npos);
    wish.over_reason = "対象者全員分のため";
    CHECK(check_wish(wish, kDocument, limits, 7));
    CHECK(check_wish(some_wish(), kDocument, {.sheets_per_job = 21, .sheets_per_day = 50}, 29));
}

TEST_CASE("a reason brings a second person who agrees [K51] [K56]")
{
    auto wish = some_wish();
    CHECK(stages_for(wish).size() == 1);
    wish.over_reason = "対象者全員分のため";
    CHECK(stages_for(wish).size() == 2);
}

TEST_CASE("what is asked for is refused at the field that is wrong, and a line's end cannot be smuggled in")
{
    const Limits limits;
    const auto field_of = [&](const std::function<void(Wish&)>& change) {
        auto wish = some_wish();
        change(wish);
        const auto refused = check_wish(wish, kDocument, limits, 0);
        return refused ? std::string("none") : refused.error().field();
    };
    CHECK(field_of([](Wish&) {}) == "none");
    CHECK(field_of([](Wish& wish) { wish.copies = 0; }) == "copies");
    CHECK(field_of([](Wish& wish) { wish.copies = kMostCopies + 1; }) == "copies");
    CHECK(field_of([](Wish& wish) { wish.purpose = "  "; }) == "purpose");
    CHECK(field_of([](Wish& wish) { wish.purpose = "発送\nsha256=0"; }) == "purpose");
    CHECK(field_of([](Wish& wish) { wish.recipient = ""; }) == "recipient");
    CHECK(field_of([](Wish& wish) { wish.over_reason = "a\rb"; }) == "over_reason");
    CHECK(field_of([](Wish& wish) { wish.purpose = std::string(101, 'a'); }) == "purpose");
}

TEST_CASE("everything that makes the job stands in what is agreed to [K51]")
{
    const auto job = some_job();
    const auto agreed = describe(job, kDocument, "ipp://a/printers/b").digest();
    CHECK(describe(job, kDocument, "ipp://a/printers/b").digest() == agreed);
    CHECK(describe(job, kDocument, "ipp://a/printers/c").digest() != agreed);
    auto document = kDocument;
    document.sha256[0] = 'b';
    CHECK(describe(job, document, "ipp://a/printers/b").digest() != agreed);
    const auto changed = [&](const std::function<void(Wish&)>& change) {
        auto other = job;
        change(other.wish);
        return describe(other, kDocument, "ipp://a/printers/b").digest() != agreed;
    };
    CHECK(changed([](Wish& wish) { wish.copies = 3; }));
    CHECK(changed([](Wish& wish) { wish.purpose = "保存"; }));
    CHECK(changed([](Wish& wish) { wish.next = NextStep::keep; }));
    CHECK(changed([](Wish& wish) { wish.recipient = "見本区 総務課"; }));
    CHECK(changed([](Wish& wish) { wish.over_reason = "多いため"; }));
}

TEST_CASE("paper is accounted for when every sheet was handed on, destroyed or never came out [K57]")
{
    const auto job = some_job(); // two copies of 10
    using Ends = std::vector<CopyEnd>;
    CHECK(check_account(job, Ends{{10, 0}, {10, 0}}, {}));
    CHECK(check_account(job, Ends{{9, 1}, {10, 0}}, {.method = "細断", .note = "紙づまり"}));
    CHECK(check_account(job, Ends{{0, 0}, {10, 0}}, {.missing = 10, .note = "途中で停止"}));

    CHECK(check_account(job, Ends{{10, 0}, {9, 0}}, {}).error().is(kDoesNotBalance));
    CHECK(check_account(job, Ends{{10, 0}, {10, 0}}, {.missing = 1, .note = "？"}).error().is(kDoesNotBalance));
    CHECK(check_account(job, Ends{{10, 0}, {10, 0}}, {.missing = -1}).error().is(kDoesNotBalance));
    CHECK(check_account(job, Ends{{11, 0}, {9, 0}}, {}).error().is(kCopyTooLarge));
    CHECK(check_account(job, Ends{{-1, 0}, {10, 0}}, {}).error().is(kCopyTooLarge));
    CHECK(check_account(job, Ends{{9, 2}, {9, 0}}, {}).error().is(kCopyTooLarge));
    CHECK(check_account(job, Ends{{9, 1}, {10, 0}}, {.method = "細断"}).error().is(kNoteExpected));
    CHECK(check_account(job, Ends{{9, 1}, {10, 0}}, {.note = "紙づまり"}).error().is(custody::kMethodExpected));
}

TEST_CASE("paper that lies is due: to be fetched within minutes, to be accounted for within hours [K57]")
{
    auto job = some_job();
    CHECK_FALSE(due(job).has_value());
    const Instant printed{1'000'000};
    job.finished_at = printed;
    CHECK(due(job) == printed + Duration::minutes(30));
    CHECK_FALSE(overdue(job, {(printed + Duration::minutes(30)).micros - 1}));
    CHECK(overdue(job, printed + Duration::minutes(30)));
    job.collected = Done{printed + Duration::minutes(10), StaffId(IdBytes{3})};
    CHECK(due(job) == printed + Duration::minutes(10) + Duration::hours(24));
    job.accounted = Done{printed + Duration::minutes(20), StaffId(IdBytes{3})};
    CHECK_FALSE(overdue(job, printed + Duration::hours(1000)));
}

TEST_CASE("limits that nobody could keep are refused [K56]")
{
    CHECK(check_limits({}));
    CHECK(check_limits({.sheets_per_job = 0}).error().field() == "sheets_per_job");
    CHECK(check_limits({.sheets_per_day = -5}).error().field() == "sheets_per_day");
    CHECK(check_limits({.take_up_minutes = 0}).error().field() == "take_up_minutes");
    CHECK(check_limits({.settle_hours = 10'000}).error().field() == "settle_hours");
}
