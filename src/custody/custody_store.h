// Custody as it is kept: read whole, changed by the rules, written back with its history and its ledger entries in one
// transaction. Every change takes a Scope; the side is that of the person who acts.
#pragma once

#include "access/scope.h"
#include "custody/custody_rules.h"
#include "custody/label.h"
#include "infra/storage/db.h"
#include "party/staff.h"

namespace azukari::custody {

Side side_of(const access::Scope& scope);
Custody load(const storage::Snapshot& snapshot, EntrustmentId entrustment);
// Who may give or receive for a side: the ward's staff; of the contractor, who stands on a submitted roster.
std::vector<party::Staff> people_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, Side side);

// Of these, who may sign for the side: whose account's role lets them. The others may still hold a key or enter a room.
std::vector<party::Staff> signers_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, Side side);
// Who may carry for the side: signers, and whoever has no account. Not an auditor, who only looks.
std::vector<party::Staff> carriers_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, Side side);

struct KnownThing { // a thing with what is written on it
    Thing thing;
    std::string label;
    std::string form;   // "USBメモリ"
    std::string serial; // of a medium; may be empty
    std::string title;  // 情報の内容
    std::string unit;   // "個", "枚", "通", "箱"
    std::string place;  // name of where it rests; empty when nowhere yet
    // "電磁的媒体（USBメモリ 製造番号 1234）"
    std::string words() const;
};
std::vector<KnownThing> things_of(const storage::Snapshot& snapshot, EntrustmentId entrustment); // by label
std::optional<KnownThing> find_thing(const storage::Snapshot& snapshot, EntrustmentId entrustment, ThingId id);

struct KnownPlace {
    Place place;
    std::string name, room, label;
    StaffId key_holder;
    std::string key_holder_name;
};
std::vector<KnownPlace> places_of(const storage::Snapshot& snapshot, EntrustmentId entrustment); // by side and name

// What a label is on: refuses kLabelWrong, kLabelUnknown.
struct Labelled {
    std::optional<ThingId> thing;
    std::optional<PlaceId> place;
};
Result<Labelled> find_label(const storage::Snapshot& snapshot, EntrustmentId entrustment, std::string_view typed);

struct Event { // one line of a thing's history
    Instant at;
    std::string who;
    std::string what;
};
std::vector<Event> history_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, ThingId id); // oldest first

struct NewThing {
    ThingKind kind;
    std::string form;
    std::string serial{};
    std::string title;
    std::string unit;
    std::int64_t quantity = 1;
    std::optional<PackageId> package{};
    std::string label{}; // as typed from a label already stuck on; empty: one is made
};
// Refuses kLabelWrong, kLabelTaken, kSerialTaken, kWordsExpected, kQuantityExpected, kNoSuchPackage.
Result<ThingId> record_thing(storage::Tx& tx, IdSource& ids, Entropy& entropy, const access::Scope& scope,
                             const NewThing& thing);

struct NewPlace {
    std::string name, room;
    std::optional<StaffId> key_holder;
    std::string label{};
};
Result<PlaceId> record_place(storage::Tx& tx, IdSource& ids, Entropy& entropy, const access::Scope& scope,
                             const NewPlace& place);

Result<void> place_thing(storage::Tx& tx, const access::Scope& scope, ThingId thing, PlaceId place);
Result<void> report_lost(storage::Tx& tx, const access::Scope& scope, ThingId thing, std::string_view circumstances);
Result<void> report_found(storage::Tx& tx, const access::Scope& scope, ThingId thing, std::string_view circumstances);
Result<void> record_destruction(storage::Tx& tx, const access::Scope& scope, ThingId thing, std::string_view method,
                                std::optional<StaffId> witness);
Result<void> record_recount(storage::Tx& tx, const access::Scope& scope, ThingId thing, std::int64_t quantity,
                            std::string_view reason);
Result<void> set_apart(storage::Tx& tx, const access::Scope& scope, int hours); // 1 to 72

namespace detail { // for the stores of this room
void save(storage::Tx& tx, EntrustmentId entrustment, const Custody& before, const Custody& after);
void note_event(storage::Tx& tx, const access::Scope& scope, ThingId thing, Instant at, std::string_view what);
EntrustmentId about(const access::Scope& scope);
Result<void> check_words(std::string_view text, std::string_view field, std::string_view name); // 1 to 200 characters
} // namespace detail

} // namespace azukari::custody
