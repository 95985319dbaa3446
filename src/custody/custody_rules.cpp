#include "custody/custody_rules.h"

#include <algorithm>
#include <set>

namespace azukari::custody {
namespace {

constexpr std::string_view kGiver = "渡した方", kReceiver = "受け取った方";

// A thing that `side` has and that may be dealt with now.
Result<Thing*> at_hand(Custody& custody, ThingId id, Side side)
{
    auto* thing = custody.thing(id);
    if (thing == nullptr) return refuse(kNoSuchThing);
    if (thing->state != ThingState::kept) return refuse(kNotAtHand, japanese(thing->state));
    if (thing->with != side) return refuse(kNotWithYou, japanese(thing->with));
    return thing;
}

// Whether a thing may leave by a hand-over of that purpose: lending and delivering take what one owns, giving back what
// one was lent.
Result<void> check_purpose(const Custody& custody, const HandOver& hand_over, const Thing& thing)
{
    if (hand_over.purpose == Purpose::give_back) {
        if (thing.owner == hand_over.from || custody.open_lend(thing.id) == nullptr) return refuse(kNothingLent);
        return {};
    }
    if (thing.owner != hand_over.from) return refuse(kNotOwners, japanese(hand_over.purpose));
    return {};
}

Result<void> check_apart_from(const Custody& custody, const HandOver& hand_over, const Thing& thing)
{
    for (const auto& earlier : custody.hand_overs) {
        if (earlier.id == hand_over.id || earlier.state == HandOverState::withdrawn) continue;
        for (const auto& line : earlier.lines) {
            const auto* other = custody.thing(line.thing);
            if (other == nullptr || !must_stay_apart(thing, *other)) continue;
            if (same_occasion(hand_over, earlier, custody.apart))
                return refuse_field("at", kSameOccasion, japanese(other->kind), to_japanese(earlier.at),
                                    std::to_string(custody.apart.least.micros / Duration::hours(1).micros));
            if (hand_over.carrier == earlier.carrier)
                return refuse_field("carrier", kSameCarrier, japanese(other->kind));
        }
    }
    return {};
}

Result<void> check_lines(Custody& custody, const HandOver& hand_over)
{
    if (hand_over.lines.empty()) return refuse_field("things", kNothingToHand);
    std::set<ThingId> seen;
    for (const auto& line : hand_over.lines) {
        if (!seen.insert(line.thing).second) return refuse_field("things", kTwiceInOne);
        AZK_TRY(const auto* thing, at_hand(custody, line.thing, hand_over.from));
        if (line.quantity < 1) return refuse_field("things", kQuantityExpected);
        if (line.quantity != thing->quantity)
            return refuse_field("things", kQuantityDiffers, std::to_string(thing->quantity));
        AZK_REQUIRE(check_purpose(custody, hand_over, *thing));
        if (hand_over.at < thing->since) return refuse_field("at", kBeforeLast, to_japanese(thing->since));
        for (const auto& id : seen)
            if (must_stay_apart(*thing, *custody.thing(id))) return refuse_field("things", kTogether);
    }
    for (const auto& line : hand_over.lines)
        AZK_REQUIRE(check_apart_from(custody, hand_over, *custody.thing(line.thing)));
    return {};
}

Result<void> check_record(Custody& custody, const HandOver& hand_over, Instant now)
{
    if (now < hand_over.at) return refuse_field("at", kInFuture);
    if (hand_over.giver == hand_over.receiver) return refuse_field("receiver", kSamePerson);
    if (hand_over.due && *hand_over.due <= CivilDate::of(hand_over.at)) return refuse_field("due", kDueExpected);
    return check_lines(custody, hand_over);
}

void set_on_the_way(Custody& custody, const HandOver& hand_over)
{
    for (const auto& line : hand_over.lines) {
        auto* thing = custody.thing(line.thing);
        thing->state = ThingState::moving;
        thing->place.reset();
    }
}

// Puts the things of a hand-over back to the giver. What was lost on the way stays lost.
void set_back(Custody& custody, const HandOver& hand_over)
{
    for (const auto& line : hand_over.lines) {
        auto* thing = custody.thing(line.thing);
        if (thing->state == ThingState::moving) thing->state = ThingState::kept;
    }
}

Result<HandOver*> unsettled(Custody& custody, HandOverId id)
{
    auto* hand_over = custody.hand_over(id);
    if (hand_over == nullptr) return refuse(kNoSuchHandOver);
    if (hand_over->state == HandOverState::confirmed || hand_over->state == HandOverState::withdrawn)
        return refuse(kSettledHandOver, japanese(hand_over->state));
    return hand_over;
}

void settle(Custody& custody, const HandOver& hand_over)
{
    const auto to = other(hand_over.from);
    for (const auto& line : hand_over.lines) {
        auto* thing = custody.thing(line.thing);
        thing->with = to;
        thing->state = ThingState::kept;
        thing->since = hand_over.at;
        if (hand_over.purpose == Purpose::deliver) {
            thing->owner = to;
        } else if (hand_over.purpose == Purpose::give_back) {
            for (auto& lend : custody.lends)
                if (lend.thing == thing->id && !lend.returned) lend.returned = hand_over.id;
        } else {
            custody.lends.push_back({thing->id, hand_over.id, std::nullopt});
        }
    }
}

} // namespace

bool must_stay_apart(const Thing& one, const Thing& other)
{
    if (!one.package || one.package != other.package) return false;
    return (one.kind == ThingKind::notice) != (other.kind == ThingKind::notice);
}

bool same_occasion(const HandOver& one, const HandOver& other, const Apart& apart)
{
    const auto between = one.at < other.at ? other.at - one.at : one.at - other.at;
    if (between < apart.least) return true;
    const auto pair = [](const HandOver& of) { return std::set<StaffId>{of.giver, of.receiver}; };
    return CivilDate::of(one.at) == CivilDate::of(other.at) && pair(one) == pair(other);
}

Result<void> take_in(Custody& custody, const Thing& thing)
{
    if (thing.quantity < 1) return refuse_field("quantity", kQuantityExpected);
    custody.things.push_back(thing);
    return {};
}

Result<void> put_into(Custody& custody, ThingId id, PlaceId place, Side side)
{
    const auto* found = custody.place(place);
    if (found == nullptr) return refuse_field("place", kNoSuchPlace);
    if (found->side != side) return refuse_field("place", kOtherSidesPlace);
    AZK_TRY(auto* thing, at_hand(custody, id, side));
    for (const auto& other : custody.things)
        if (other.place == place && must_stay_apart(*thing, other))
            return refuse_field("place", kSameCabinet, japanese(other.kind));
    thing->place = place;
    return {};
}

Result<void> begin(Custody& custody, const HandOver& hand_over, Instant now)
{
    AZK_REQUIRE(check_record(custody, hand_over, now));
    set_on_the_way(custody, hand_over);
    custody.hand_overs.push_back(hand_over);
    return {};
}

Result<void> change(Custody& custody, const HandOver& changed, Side by, Instant now)
{
    AZK_TRY(auto* hand_over, unsettled(custody, changed.id));
    if (hand_over->recorded_by != by) return refuse(kNotRecorder, japanese(hand_over->recorded_by));
    auto trial = custody; // a refusal changes nothing
    set_back(trial, *hand_over);
    auto next = changed;
    next.recorded_by = by;
    next.state = HandOverState::open;
    next.signatures.clear();
    AZK_REQUIRE(check_record(trial, next, now));
    set_on_the_way(trial, next);
    *trial.hand_over(changed.id) = std::move(next);
    custody = std::move(trial);
    return {};
}

Result<bool> sign(Custody& custody, HandOverId id, const Signature& signature, std::string_view current)
{
    AZK_TRY(auto* hand_over, unsettled(custody, id));
    const auto side = signature.side;
    // Signatures under another text count for nothing: what was signed is not what stands here.
    std::erase_if(hand_over->signatures, [&](const Signature& each) { return each.digest != current; });
    if (signature.digest != current) return refuse(kTextChanged);
    if (hand_over->signed_by(side)) return refuse(kSignedAlready, japanese(side));
    if (hand_over->state == HandOverState::disputed) return refuse(kDisputeOpen);
    if (hand_over->person(side) != signature.staff)
        return refuse(kNotNamed, japanese(side), side == hand_over->from ? kGiver : kReceiver);
    if (side != hand_over->recorded_by && !hand_over->signed_by(other(side))) return refuse(kNotYourTurn);
    for (const auto& line : hand_over->lines)
        if (custody.thing(line.thing)->state != ThingState::moving) return refuse(kLostOnTheWay);
    hand_over->signatures.push_back(signature);
    if (hand_over->signatures.size() < 2) return false;
    hand_over->state = HandOverState::confirmed;
    settle(custody, *hand_over);
    return true;
}

Result<void> dispute(Custody& custody, HandOverId id, Side side, StaffId staff)
{
    AZK_TRY(auto* hand_over, unsettled(custody, id));
    if (hand_over->state == HandOverState::disputed) return refuse(kDisputeOpen);
    if (hand_over->signed_by(side) || !hand_over->signed_by(other(side))) return refuse(kNotYourTurn);
    if (hand_over->person(side) != staff)
        return refuse(kNotNamed, japanese(side), side == hand_over->from ? kGiver : kReceiver);
    hand_over->state = HandOverState::disputed;
    return {};
}

Result<void> withdraw(Custody& custody, HandOverId id, Side by)
{
    AZK_TRY(auto* hand_over, unsettled(custody, id));
    if (hand_over->recorded_by != by) return refuse(kNotRecorder, japanese(hand_over->recorded_by));
    hand_over->state = HandOverState::withdrawn;
    set_back(custody, *hand_over);
    return {};
}

Result<void> lose(Custody& custody, ThingId id, Side side)
{
    auto* thing = custody.thing(id);
    if (thing == nullptr) return refuse(kNoSuchThing);
    if (thing->state == ThingState::lost || thing->state == ThingState::destroyed)
        return refuse(kNotAtHand, japanese(thing->state));
    // On the way it may be either side that misses it.
    if (thing->state == ThingState::kept && thing->with != side) return refuse(kNotWithYou, japanese(thing->with));
    thing->state = ThingState::lost;
    thing->place.reset();
    return {};
}

Result<void> find_again(Custody& custody, ThingId id, Side side)
{
    auto* thing = custody.thing(id);
    if (thing == nullptr) return refuse(kNoSuchThing);
    if (thing->state != ThingState::lost) return refuse(kNotLost);
    if (thing->with != side) return refuse(kNotWithYou, japanese(thing->with));
    thing->state = ThingState::kept;
    for (const auto& hand_over : custody.hand_overs) {
        if (hand_over.state != HandOverState::open && hand_over.state != HandOverState::disputed) continue;
        for (const auto& line : hand_over.lines)
            if (line.thing == id) thing->state = ThingState::moving;
    }
    return {};
}

Result<void> destroy(Custody& custody, ThingId id, Side side)
{
    AZK_TRY(auto* thing, at_hand(custody, id, side));
    if (thing->owner != side) return refuse(kNotYours);
    thing->state = ThingState::destroyed;
    thing->place.reset();
    return {};
}

Result<void> recount(Custody& custody, ThingId id, std::int64_t quantity, Side side)
{
    if (quantity < 1) return refuse_field("quantity", kQuantityExpected);
    AZK_TRY(auto* thing, at_hand(custody, id, side));
    thing->quantity = quantity;
    return {};
}

} // namespace azukari::custody
