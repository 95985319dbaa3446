// 記録台帳の一件: what happened, by whom, on what. Holds no personal information: opaque ids, counts, and salted
// commitments whose salt dies with the person's key.
#pragma once

#include "base/bytes.h"
#include "base/id.h"
#include "base/instant.h"

#include <map>
#include <optional>
#include <string>

namespace azukari::ledger {

struct Entry {
    Instant at{};
    std::string act;   // "roster.submitted": <room>.<past participle>, a Japanese sentence for each in ledger/acts.h
    std::string actor; // account id, or "system"
    std::optional<EntrustmentId> entrustment;
    std::string object;                            // opaque id of what it was done to; may be empty
    std::string purpose;                           // code of the declared purpose, when personal information was used
    std::string outcome;                           // "done", "refused:<refusal code>"
    std::map<std::string, std::int64_t> counts;    // rows, pages, persons …
    std::map<std::string, std::string> references; // digests, versions, file hashes, codes: never words about a person
};

} // namespace azukari::ledger
