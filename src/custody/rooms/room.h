// 部屋と入退室: who may enter a machine room or a store of media, who did, and what was not as it should be. [K16]
#pragma once

#include "custody/custody.h"

namespace azukari::custody {

using RoomEntryId = Id<struct RoomEntryNoun>;

struct Room {
    RoomId id;
    Side side;
    std::string name;
    int opens = 8 * 60 + 30; // minutes after midnight, Japan
    int closes = 18 * 60;
};

struct Permitted { // somebody who may enter, by name on the list
    StaffId staff;
    std::string name;
    Instant since;
    std::optional<Instant> until{};
    bool holds(Instant at) const { return since <= at && (!until || at < *until); }
};

struct RoomEntry {
    RoomEntryId id;
    std::optional<StaffId> staff{}; // nothing: a name that stands on no list
    std::string name;
    Instant entered{};
    std::optional<Instant> left{};
    bool imported = false;
};

enum class Irregularity : std::uint8_t {
    not_permitted, // 許可のない方の入室
    no_exit,       // 退室の記録がない
    outside_hours, // 利用時間の外
};
std::string_view japanese(Irregularity irregularity);

// An entry without exit is irregular once the room has closed on that day. `permitted` holds those who may and those
// who might once.
std::vector<Irregularity> irregularities(const Room& room, const std::vector<Permitted>& permitted,
                                         const RoomEntry& entry, Instant now);

// "14:30" as minutes after midnight.
std::optional<int> minutes_of(std::string_view clock);
std::string clock_of(int minutes);
// A day and a time of day in Japan.
std::optional<Instant> moment_of(std::string_view iso_day, std::string_view clock);

struct ListedEntry {
    std::string name;
    Instant entered{};
    std::optional<Instant> left{};
};
// A room's list as CSV (UTF-8 or CP932): columns 氏名, 入室, 退室 in any order, times as 2026-06-01 10:00 (or with
// /), 退室 may be empty. All or nothing: refuses the first line that is wrong, with its number.
Result<std::vector<ListedEntry>> read_entry_list(std::string_view file);

} // namespace azukari::custody
