// 保留: something must not be destroyed for now, whatever its period says (an inspection, a complaint, a dispute).
#pragma once

#include "base/id.h"
#include "base/instant.h"

#include <optional>
#include <string>

namespace azukari::retention {

using HoldId = Id<struct HoldNoun>;

struct Hold {
    HoldId id;
    std::string object; // id of what is held; empty: everything of the entrustment
    std::string reason;
    Instant held_at;
    StaffId held_by;
    std::optional<Instant> released_at{};
    std::optional<StaffId> released_by{};
    std::string release_reason{};
};

} // namespace azukari::retention
