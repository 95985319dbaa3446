// Every order of up to eight events about one medium and the notice of its password, walked from the start; what must
// never be is looked for in the facts themselves, not by asking the rules again.
#include "custody/custody_rules.h"

#include <array>
#include <doctest/doctest.h>
#include <set>
#include <string>
#include <unordered_set>

using namespace azukari;
using namespace azukari::custody;

namespace {

const StaffId kOfficer(IdBytes{1}), kColleague(IdBytes{2}), kHandler(IdBytes{3});
const std::array kThings{ThingId(IdBytes{11}), ThingId(IdBytes{12})};
const std::array kPlaces{Place{PlaceId(IdBytes{21}), Side::ward}, Place{PlaceId(IdBytes{22}), Side::ward},
                         Place{PlaceId(IdBytes{23}), Side::contractor}};
constexpr int kMostEvents = 8;

struct World {
    Custody custody;
    Instant now = CivilDate::from(2026, 6, 1)->midnight() + Duration::hours(9);
    std::uint8_t number = 0; // of the last hand-over
};

World beginning()
{
    World world;
    world.custody.places.assign(kPlaces.begin(), kPlaces.end());
    for (std::size_t i = 0; i < kThings.size(); ++i)
        REQUIRE(take_in(world.custody, {.id = kThings[i],
                                        .kind = i == 0 ? ThingKind::medium : ThingKind::notice,
                                        .owner = Side::ward,
                                        .with = Side::ward,
                                        .package = PackageId(IdBytes{31})}));
    return world;
}

bool hand(World& world, Purpose purpose, std::vector<ThingId> things, StaffId carrier)
{
    const bool out = purpose == Purpose::provide;
    HandOver hand_over{.id = HandOverId(IdBytes{++world.number}),
                       .purpose = purpose,
                       .at = world.now,
                       .from = out ? Side::ward : Side::contractor,
                       .giver = out ? kOfficer : kHandler,
                       .receiver = out ? kHandler : kOfficer,
                       .carrier = carrier,
                       .lines = {}};
    for (const auto& thing : things) hand_over.lines.push_back({thing, "対象者", 1});
    return begin(world.custody, hand_over, world.now).has_value();
}

bool confirm(World& world, HandOverId id)
{
    for (const auto side : {Side::ward, Side::contractor}) {
        const auto person = world.custody.hand_over(id)->person(side);
        if (!sign(world.custody, id, {side, person, world.now, "t"}, "t")) return false;
    }
    return true;
}

// Every world one event away. Refused events lead nowhere.
std::vector<World> after(const World& world)
{
    std::vector<World> next;
    const auto attempt = [&](auto&& event) {
        auto copy = world;
        if (event(copy)) next.push_back(std::move(copy));
    };
    for (const auto& thing : kThings) {
        for (const auto& place : kPlaces)
            attempt([&](World& w) { return put_into(w.custody, thing, place.id, place.side).has_value(); });
        for (const auto purpose : {Purpose::provide, Purpose::give_back})
            for (const auto& carrier : {kOfficer, kColleague})
                attempt([&](World& w) { return hand(w, purpose, {thing}, carrier); });
        for (const auto side : {Side::ward, Side::contractor})
            attempt([&](World& w) { return lose(w.custody, thing, side).has_value(); });
        attempt([&](World& w) { return destroy(w.custody, thing, Side::ward).has_value(); });
    }
    for (const auto purpose : {Purpose::provide, Purpose::give_back})
        attempt([&](World& w) { return hand(w, purpose, {kThings[0], kThings[1]}, kColleague); });
    for (const auto& hand_over : world.custody.hand_overs) {
        attempt([&](World& w) { return confirm(w, hand_over.id); });
        attempt([&](World& w) { return withdraw(w.custody, hand_over.id, Side::ward).has_value(); });
    }
    for (const auto wait : {Duration::hours(3), Duration::hours(24)})
        attempt([&](World& w) {
            w.now = w.now + wait;
            return true;
        });
    return next;
}

// What the future depends on, as text: worlds that agree in it need not be walked twice.
std::string summary(const World& world)
{
    std::string text;
    for (const auto& thing : world.custody.things) {
        text += static_cast<char>('a' + static_cast<int>(thing.state) * 4 + static_cast<int>(thing.with));
        text += thing.place ? static_cast<char>(thing.place->bytes()[0]) : '-';
        text += world.custody.open_lend(thing.id) != nullptr ? 'l' : '.';
        text += thing.since == world.now ? '=' : '<'; // a later hand-over may not lie before it
    }
    std::multiset<std::string> trips;
    for (const auto& trip : world.custody.hand_overs) {
        if (trip.state == HandOverState::withdrawn) continue;
        std::string told;
        for (const auto& line : trip.lines) told += static_cast<char>(line.thing.bytes()[0]);
        told += static_cast<char>('0' + trip.carrier.bytes()[0]);
        told += static_cast<char>('0' + static_cast<int>(trip.state));
        const auto hours = (world.now - trip.at).micros / Duration::hours(1).micros;
        told += hours >= 24 ? "+" : std::to_string(hours);
        trips.insert(told);
    }
    for (const auto& told : trips) text += ' ' + told;
    text += '@' + std::to_string((world.now - CivilDate::of(world.now).midnight()).micros / Duration::hours(1).micros);
    return text;
}

bool holds(const HandOver& trip, ThingId thing)
{
    for (const auto& line : trip.lines)
        if (line.thing == thing) return true;
    return false;
}

// Nothing, or what should never be.
std::string forbidden(const World& world)
{
    const auto& custody = world.custody;
    const auto &medium = custody.things[0], &notice = custody.things[1];
    if (medium.place && medium.place == notice.place) return "medium and notice in one cabinet";
    for (const auto& one : custody.hand_overs) {
        if (holds(one, medium.id) && holds(one, notice.id)) return "medium and notice in one hand-over";
        for (const auto& two : custody.hand_overs) {
            if (!holds(one, medium.id) || !holds(two, notice.id)) continue;
            if (one.state == HandOverState::withdrawn || two.state == HandOverState::withdrawn) continue;
            if (one.carrier == two.carrier) return "one carrier for both";
            const auto between = std::abs(one.at.micros - two.at.micros);
            if (between < Duration::hours(4).micros) return "both on one occasion";
            if (CivilDate::of(one.at) == CivilDate::of(two.at)) return "the same two people on one day";
        }
    }
    for (const auto& thing : custody.things) {
        std::size_t open = 0;
        for (const auto& lend : custody.lends) open += lend.thing == thing.id && !lend.returned ? 1 : 0;
        if (open != (thing.with == thing.owner ? 0U : 1U)) return "a lend without exactly one open return";
        if (thing.place && thing.state != ThingState::kept) return "something in a cabinet that is not kept";
    }
    return {};
}

} // namespace

TEST_CASE("no order of events brings a medium and its notice together, and every lend has one open return [K34] [K41]")
{
    std::vector<World> edge{beginning()};
    std::unordered_set<std::string> known{summary(edge.front())};
    std::size_t lent = 0, back = 0, put = 0;
    for (int event = 0; event < kMostEvents; ++event) {
        std::vector<World> next;
        for (const auto& world : edge)
            for (auto& reached : after(world)) {
                const auto wrong = forbidden(reached);
                if (!wrong.empty()) FAIL(wrong << " after " << event + 1 << " events: " << summary(reached));
                if (!known.insert(summary(reached)).second) continue;
                for (const auto& lend : reached.custody.lends) ++(lend.returned ? back : lent);
                for (const auto& thing : reached.custody.things) put += thing.place ? 1 : 0;
                next.push_back(std::move(reached));
            }
        edge = std::move(next);
    }
    // The walk went somewhere: things were lent, came back, and rested in cabinets.
    CHECK(known.size() > 10'000);
    CHECK(lent > 1'000);
    CHECK(back > 100);
    CHECK(put > 1'000);
}
