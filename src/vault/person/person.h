// 本人: a resident whose information is held for an entrustment, and the records that are kept about them.
#pragma once

#include "base/id.h"
#include "vault/person/record_content.h"

#include <optional>
#include <vector>

namespace azukari::vault {

using RecordId = Id<struct RecordNoun>;

struct Person {
    SubjectId subject;
    std::string part; // code of the 件名
    Instant created_at{};
    std::optional<SubjectId> merged_into{};
};

// One version of a record, opened.
struct RecordVersion {
    SubjectId subject; // whose: somebody who was merged keeps their own records
    RecordId record;
    std::string kind;
    std::int64_t number = 1;
    std::int64_t latest = 1;
    Instant at{};
    std::string by;      // name of who wrote it
    std::string purpose; // code
    RecordContent content;
};

struct Reveal { // somebody looked
    Instant at{};
    std::string by;
    std::string purpose;
    std::string reason; // opened
};

// For which declared purpose personal information is used, and why now.
struct Use {
    std::string purpose;
    std::string reason;
};

} // namespace azukari::vault
