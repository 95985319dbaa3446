// Rooms, permissions and entries as they are kept.
#pragma once

#include "custody/custody_store.h"
#include "custody/rooms/room.h"

namespace azukari::custody {

Result<RoomId> record_room(storage::Tx& tx, IdSource& ids, const access::Scope& scope, std::string_view name, int opens,
                           int closes);
// Refuses kAlreadyPermitted and who is not of the room's side.
Result<void> permit(storage::Tx& tx, const access::Scope& scope, RoomId room, std::optional<StaffId> staff);
Result<void> end_permission(storage::Tx& tx, const access::Scope& scope, RoomId room, StaffId staff);
Result<void> record_entry(storage::Tx& tx, IdSource& ids, const access::Scope& scope, RoomId room,
                          std::optional<StaffId> staff, Instant entered, std::optional<Instant> left);
Result<void> record_exit(storage::Tx& tx, const access::Scope& scope, RoomId room, RoomEntryId entry, Instant left);
// The names of a list are looked for among the people of the room's side, white space aside. Entries that are there
// already are left out; returns how many were new.
Result<std::size_t> import_entries(storage::Tx& tx, IdSource& ids, const access::Scope& scope, RoomId room,
                                   const std::vector<ListedEntry>& entries);

std::vector<Room> rooms_of(const storage::Snapshot& snapshot, EntrustmentId entrustment); // by side and name
Result<Room> find_room(const storage::Snapshot& snapshot, EntrustmentId entrustment, RoomId id);
// Those who may enter and those who once might, by name.
std::vector<Permitted> permitted_to(const storage::Snapshot& snapshot, EntrustmentId entrustment, RoomId room);
std::vector<RoomEntry> entries_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, RoomId room,
                                  std::int64_t most); // newest first

} // namespace azukari::custody
