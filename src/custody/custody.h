// 受渡しと保管: media, papers, password notices, the cabinets they rest in, and their passing between ward and contractor.
// What is where, with whom, is one value (Custody); the rules about it are pure functions (custody_rules.h).
#pragma once

#include "base/id.h"
#include "base/instant.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::custody {

using ThingId = Id<struct ThingNoun>;
using PlaceId = Id<struct PlaceNoun>;
using PackageId = Id<struct PackageNoun>;
using HandOverId = Id<struct HandOverNoun>;
using RoomId = Id<struct RoomNoun>;

enum class Side : std::uint8_t { ward, contractor }; // 甲, 乙
inline Side other(Side side)
{
    return side == Side::ward ? Side::contractor : Side::ward;
}

enum class ThingKind : std::uint8_t {
    medium, // 電磁的媒体
    notice, // パスワード通知書: the password of one package, a paper of its own
    paper,  // 紙媒体: letters in boxes, lists, applications
};
enum class ThingState : std::uint8_t {
    kept,      // with its holder
    moving,    // on a hand-over that the other side has not confirmed
    lost,      // 所在不明
    destroyed, // 廃棄
};

struct Thing {
    ThingId id;
    ThingKind kind;
    Side owner;
    Side with; // who has it; the giver until a hand-over is confirmed
    std::optional<PlaceId> place{};
    std::optional<PackageId> package{}; // what a medium carries, or which password a notice tells
    std::int64_t quantity = 1;
    ThingState state = ThingState::kept;
    Instant since{}; // of the hand-over by which it came to who has it
    bool operator==(const Thing&) const = default;
};

struct Place { // 金庫・キャビネット
    PlaceId id;
    Side side;
    bool operator==(const Place&) const = default;
};

enum class Purpose : std::uint8_t {
    provide,   // 提供: lent, to come back
    deliver,   // 納品: for good
    give_back, // 返却
    lend,      // その他: lent, to come back
};

struct HandOverLine {
    ThingId thing;
    std::string content; // 情報の内容
    std::int64_t quantity = 1;
    bool operator==(const HandOverLine&) const = default;
};

struct Signature {
    Side side;
    StaffId staff;
    Instant at;
    std::string digest; // of the text that was signed
    bool operator==(const Signature&) const = default;
};

enum class HandOverState : std::uint8_t {
    open,      // 未確認: fewer than two signatures
    confirmed, // both sides have signed the same text
    disputed,  // 相違あり: the other side says that it was not so
    withdrawn, // 取消し
};

struct HandOver {
    HandOverId id;
    Purpose purpose;
    Instant at; // 日時
    Side from;  // who gives
    StaffId giver;
    StaffId receiver;
    StaffId carrier; // who carries it
    std::vector<HandOverLine> lines;
    std::optional<CivilDate> due{}; // when what is lent comes back
    Side recorded_by = Side::ward;
    HandOverState state = HandOverState::open;
    std::vector<Signature> signatures{};
    bool operator==(const HandOver&) const = default;

    StaffId person(Side side) const { return side == from ? giver : receiver; }
    bool signed_by(Side side) const
    {
        for (const auto& signature : signatures)
            if (signature.side == side) return true;
        return false;
    }
};

// 返却の約束: opened when a thing leaves its owner to come back, closed when it is back.
struct Lend {
    ThingId thing;
    HandOverId lent;
    std::optional<HandOverId> returned{};
    bool operator==(const Lend&) const = default;
};

// 別の機会, as an entrustment has agreed it: two hand-overs are on the same occasion when less than this lies between
// them, or when they are between the same two people on the same day.
struct Apart {
    Duration least = Duration::hours(4);
    bool operator==(const Apart&) const = default;
};

struct Custody {
    std::vector<Thing> things;
    std::vector<Place> places;
    std::vector<HandOver> hand_overs;
    std::vector<Lend> lends;
    Apart apart{};

    const Thing* thing(ThingId id) const;
    Thing* thing(ThingId id);
    const Place* place(PlaceId id) const;
    const HandOver* hand_over(HandOverId id) const;
    HandOver* hand_over(HandOverId id);
    const Lend* open_lend(ThingId id) const;
    bool operator==(const Custody&) const = default;
};

std::string_view japanese(Side side); // 区, 受託者
std::string_view japanese(ThingKind kind);
std::string_view japanese(ThingState state);
std::string_view japanese(Purpose purpose);
std::string_view japanese(HandOverState state);

} // namespace azukari::custody
