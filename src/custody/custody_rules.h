// The rules of hand-over and custody as pure functions over Custody: each says no with the reason, or makes the
// change. What must never be, whatever the order of events (a test walks all of them): a medium and the notice
// of its password in one hand-over, on one occasion, with one carrier, or in one cabinet; a thing away from its
// owner without exactly one open return. [K34] [K41] [K42] [K44] [K45]
#pragma once

#include "custody/custody.h"
#include "custody/custody_refusals.h"

namespace azukari::custody {

// True when one is a medium and the other the notice of the password of what it carries.
bool must_stay_apart(const Thing& one, const Thing& other);
bool same_occasion(const HandOver& one, const HandOver& other, const Apart& apart);

// Takes a new thing in, with its owner, in no cabinet yet.
Result<void> take_in(Custody& custody, const Thing& thing);
// Puts a thing that `side` holds into one of its cabinets. Refuses kSameCabinet and what is not at hand.
Result<void> put_into(Custody& custody, ThingId thing, PlaceId place, Side side);

// Records a hand-over; its things are on the way until it is confirmed or withdrawn.
Result<void> begin(Custody& custody, const HandOver& hand_over, Instant now);
// Changes what was recorded. Signatures that were there are void: they were under another text.
Result<void> change(Custody& custody, const HandOver& changed, Side by, Instant now);
// One side signs the text whose digest is `current`; `seen` is the digest of what the person was shown. With the second
// signature the things are with the other side. True when this was the second.
Result<bool> sign(Custody& custody, HandOverId id, const Signature& signature, std::string_view current);
// The side that has not signed says that it was not so.
Result<void> dispute(Custody& custody, HandOverId id, Side side, StaffId staff);
// Takes back a hand-over that is not confirmed: its things are with the giver again.
Result<void> withdraw(Custody& custody, HandOverId id, Side by);

Result<void> lose(Custody& custody, ThingId thing, Side side);
Result<void> find_again(Custody& custody, ThingId thing, Side side);
// Only what is with its owner is destroyed: what was lent comes back first.
Result<void> destroy(Custody& custody, ThingId thing, Side side);
// The number of sheets was found to be another (損紙): only with the holder, while nothing is on the way.
Result<void> recount(Custody& custody, ThingId thing, std::int64_t quantity, Side side);

} // namespace azukari::custody
