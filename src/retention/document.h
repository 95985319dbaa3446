// 書類: something that is kept for a while, in this system (a batch of data) or outside it (a copy in a cabinet).
#pragma once

#include "base/id.h"
#include "infra/storage/db.h"
#include "retention/rule.h"

#include <functional>

namespace azukari::retention {

using DocumentId = Id<struct DocumentNoun>;

struct Document {
    std::string kind;   // of the rule
    std::string object; // id of what is kept: a document recorded here, or a room's own
    std::string label;  // for people; never a person's name
    Events events{};
    std::optional<Instant> disposed_at{};
    bool by_hand = false; // recorded in this room
    bool gone = false;    // nothing of it is left: its room says so
};

// What a room keeps of an entrustment, told by that room.
using Source = std::function<std::vector<Document>(const storage::Snapshot&, EntrustmentId)>;

} // namespace azukari::retention
