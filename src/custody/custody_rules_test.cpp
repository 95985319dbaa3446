#include "custody/custody_rules.h"

#include <doctest/doctest.h>
#include <set>
#include <unordered_set>

using namespace azukari;
using namespace azukari::custody;

namespace {

const StaffId kOfficer(IdBytes{1}), kColleague(IdBytes{2}), kHandler(IdBytes{3}), kSupervisor(IdBytes{4});
const ThingId kMedium(IdBytes{11}), kNotice(IdBytes{12}), kPaper(IdBytes{13});
const PlaceId kWardSafe(IdBytes{21}), kWardCabinet(IdBytes{22}), kTheirSafe(IdBytes{23}), kTheirCabinet(IdBytes{24});
const PackageId kPackage(IdBytes{31});
const Instant kMorning = CivilDate::from(2026, 6, 1)->midnight() + Duration::hours(10);

Custody fresh()
{
    Custody custody;
    custody.places = {{kWardSafe, Side::ward},
                      {kWardCabinet, Side::ward},
                      {kTheirSafe, Side::contractor},
                      {kTheirCabinet, Side::contractor}};
    for (const auto& [id, kind] : {std::pair{kMedium, ThingKind::medium}, {kNotice, ThingKind::notice}})
        REQUIRE(
            take_in(custody, {.id = id, .kind = kind, .owner = Side::ward, .with = Side::ward, .package = kPackage}));
    REQUIRE(take_in(
        custody, {.id = kPaper, .kind = ThingKind::paper, .owner = Side::ward, .with = Side::ward, .quantity = 613}));
    return custody;
}

HandOver going(std::uint8_t number, std::vector<ThingId> things, StaffId carrier, Instant at,
               Purpose purpose = Purpose::provide)
{
    const bool out = purpose != Purpose::give_back;
    HandOver hand_over{.id = HandOverId(IdBytes{number}),
                       .purpose = purpose,
                       .at = at,
                       .from = out ? Side::ward : Side::contractor,
                       .giver = out ? kOfficer : kHandler,
                       .receiver = out ? kHandler : kOfficer,
                       .carrier = carrier,
                       .lines = {}};
    for (const auto& thing : things) hand_over.lines.push_back({thing, "健診の対象者", thing == kPaper ? 613 : 1});
    return hand_over;
}

Result<bool> sign_as(Custody& custody, const HandOver& hand_over, Side side, std::string_view digest = "text",
                     std::string_view current = "text")
{
    return sign(custody, hand_over.id, {side, hand_over.person(side), hand_over.at, std::string(digest)}, current);
}

void pass(Custody& custody, const HandOver& hand_over)
{
    REQUIRE(begin(custody, hand_over, hand_over.at));
    REQUIRE_FALSE(sign_as(custody, hand_over, Side::ward).value());
    REQUIRE(sign_as(custody, hand_over, Side::contractor).value());
}

} // namespace

TEST_CASE("a medium and its password notice are refused in one hand-over [K41]")
{
    auto custody = fresh();
    CHECK(begin(custody, going(1, {kMedium, kNotice}, kOfficer, kMorning), kMorning).error().is(kTogether));
    CHECK(begin(custody, going(1, {kMedium, kMedium}, kOfficer, kMorning), kMorning).error().is(kTwiceInOne));
    CHECK(begin(custody, going(1, {}, kOfficer, kMorning), kMorning).error().is(kNothingToHand));
    CHECK(custody == fresh());
}

TEST_CASE("the notice goes on another occasion and with another carrier, before the medium or after it [K41] [K45]")
{
    const auto later = kMorning + Duration::hours(5), tomorrow = kMorning + Duration::hours(24);
    for (const bool notice_first : {true, false}) {
        auto custody = fresh();
        pass(custody, going(1, {notice_first ? kNotice : kMedium}, kOfficer, kMorning));
        const std::vector<ThingId> second{notice_first ? kMedium : kNotice};
        const auto refusal = [&](const HandOver& hand_over) {
            return std::string(begin(custody, hand_over, tomorrow).error().code());
        };
        CHECK(refusal(going(2, second, kColleague, kMorning + Duration::hours(3))) == kSameOccasion.code);
        CHECK(refusal(going(2, second, kColleague, later)) == kSameOccasion.code); // the same two people, the same day
        CHECK(refusal(going(2, second, kOfficer, tomorrow)) == kSameCarrier.code);
        CHECK(begin(custody, going(2, second, kColleague, tomorrow), tomorrow));
    }
}

TEST_CASE("what comes from the contractor obeys the same rules [K44]")
{
    auto custody = fresh();
    for (auto& thing : custody.things) thing.owner = thing.with = Side::contractor;
    auto report = going(1, {kMedium, kNotice}, kHandler, kMorning, Purpose::give_back);
    report.purpose = Purpose::deliver;
    CHECK(begin(custody, report, kMorning).error().is(kTogether));
    report.lines.pop_back();
    pass(custody, report);
    CHECK(custody.thing(kMedium)->owner == Side::ward); // delivered for good
    CHECK(custody.open_lend(kMedium) == nullptr);
}

TEST_CASE("a medium and its notice are refused in the same cabinet [K34]")
{
    auto custody = fresh();
    REQUIRE(put_into(custody, kMedium, kWardSafe, Side::ward));
    CHECK(put_into(custody, kNotice, kWardSafe, Side::ward).error().is(kSameCabinet));
    CHECK(put_into(custody, kPaper, kWardSafe, Side::ward));
    REQUIRE(put_into(custody, kNotice, kWardCabinet, Side::ward));
    CHECK(put_into(custody, kMedium, kWardCabinet, Side::ward).error().is(kSameCabinet));
    CHECK(put_into(custody, kMedium, kTheirSafe, Side::ward).error().is(kOtherSidesPlace));
    CHECK(put_into(custody, kMedium, kTheirSafe, Side::contractor).error().is(kNotWithYou));
}

TEST_CASE("what was lent comes back once, in the number that went [K42] [G8]")
{
    auto custody = fresh();
    pass(custody, going(1, {kPaper}, kOfficer, kMorning));
    REQUIRE(custody.open_lend(kPaper) != nullptr);
    const auto later = kMorning + Duration::hours(24);
    auto back = going(2, {kPaper}, kHandler, later, Purpose::give_back);
    back.lines[0].quantity = 612;
    CHECK(begin(custody, back, later).error().is(kQuantityDiffers));
    REQUIRE(recount(custody, kPaper, 612, Side::contractor));
    pass(custody, back);
    CHECK(custody.open_lend(kPaper) == nullptr);
    CHECK(custody.lends.size() == 1);
    back.id = HandOverId(IdBytes{3});
    CHECK(begin(custody, back, later).error().is(kNotWithYou));
    back.from = Side::ward;
    CHECK(begin(custody, back, later).error().is(kNothingLent));
}

TEST_CASE("one side's signature is not enough, and nobody signs twice or for the other side [K42] [K43]")
{
    auto custody = fresh();
    const auto hand_over = going(1, {kMedium}, kOfficer, kMorning);
    REQUIRE(begin(custody, hand_over, kMorning));
    CHECK(sign_as(custody, hand_over, Side::contractor).error().is(kNotYourTurn)); // the recorder's side signs first
    REQUIRE_FALSE(sign_as(custody, hand_over, Side::ward).value());
    CHECK(custody.hand_over(hand_over.id)->state == HandOverState::open);
    CHECK(custody.thing(kMedium)->with == Side::ward);
    CHECK(sign_as(custody, hand_over, Side::ward).error().is(kSignedAlready));
    CHECK(sign(custody, hand_over.id, {Side::contractor, kOfficer, kMorning, "text"}, "text").error().is(kNotNamed));
    CHECK(sign(custody, hand_over.id, {Side::contractor, kSupervisor, kMorning, "text"}, "text").error().is(kNotNamed));
    REQUIRE(sign_as(custody, hand_over, Side::contractor).value());
    CHECK(sign_as(custody, hand_over, Side::contractor).error().is(kSettledHandOver));
    CHECK(custody.thing(kMedium)->with == Side::contractor);
}

TEST_CASE("a quantity tampered with after the first signature voids both signatures [K42] [K43]")
{
    auto custody = fresh();
    const auto hand_over = going(1, {kPaper}, kOfficer, kMorning);
    REQUIRE(begin(custody, hand_over, kMorning));
    REQUIRE_FALSE(sign_as(custody, hand_over, Side::ward, "613", "613").value());
    // Behind everybody's back the text becomes another.
    custody.hand_over(hand_over.id)->lines[0].quantity = 612;
    CHECK(sign_as(custody, hand_over, Side::contractor, "613", "612").error().is(kTextChanged));
    CHECK(sign_as(custody, hand_over, Side::contractor, "612", "612").error().is(kNotYourTurn));
    CHECK(custody.hand_over(hand_over.id)->signatures.empty());
    CHECK(custody.hand_over(hand_over.id)->state == HandOverState::open);
    CHECK(custody.thing(kPaper)->with == Side::ward);
}

TEST_CASE("the other side disputes what was not so; the recorder corrects or withdraws, and it begins anew [K43]")
{
    auto custody = fresh();
    auto hand_over = going(1, {kMedium}, kOfficer, kMorning);
    REQUIRE(begin(custody, hand_over, kMorning));
    CHECK(dispute(custody, hand_over.id, Side::contractor, kHandler).error().is(kNotYourTurn));
    REQUIRE_FALSE(sign_as(custody, hand_over, Side::ward).value());
    CHECK(dispute(custody, hand_over.id, Side::ward, kOfficer).error().is(kNotYourTurn));
    REQUIRE(dispute(custody, hand_over.id, Side::contractor, kHandler));
    CHECK(sign_as(custody, hand_over, Side::contractor).error().is(kDisputeOpen));
    CHECK(withdraw(custody, hand_over.id, Side::contractor).error().is(kNotRecorder));
    hand_over.lines[0].content = "健診の対象者（一部）";
    REQUIRE(change(custody, hand_over, Side::ward, kMorning));
    CHECK(custody.hand_over(hand_over.id)->signatures.empty());
    CHECK(custody.hand_over(hand_over.id)->state == HandOverState::open);
    REQUIRE(withdraw(custody, hand_over.id, Side::ward));
    CHECK(custody.thing(kMedium)->state == ThingState::kept);
    CHECK(custody.lends.empty());
}

TEST_CASE("what was lost on the way is not confirmed, and stays owed [K42]")
{
    auto custody = fresh();
    const auto hand_over = going(1, {kMedium}, kOfficer, kMorning);
    REQUIRE(begin(custody, hand_over, kMorning));
    REQUIRE_FALSE(sign_as(custody, hand_over, Side::ward).value());
    REQUIRE(lose(custody, kMedium, Side::contractor));
    CHECK(sign_as(custody, hand_over, Side::contractor).error().is(kLostOnTheWay));
    REQUIRE(find_again(custody, kMedium, Side::ward));
    REQUIRE(sign_as(custody, hand_over, Side::contractor).value());
    CHECK(destroy(custody, kMedium, Side::contractor).error().is(kNotYours));
    REQUIRE(lose(custody, kMedium, Side::contractor));
    CHECK(custody.open_lend(kMedium) != nullptr);
}
