// What clamd says, read strictly: what is not said in its way is no verdict.
#pragma once

#include "base/instant.h"

#include <optional>
#include <string>
#include <string_view>

namespace azukari::wire {

struct Verdict {
    bool found = false;
    std::string signature{}; // what was found: "Eicar-Signature"; letters, digits and -_. only
};

// "stream: OK", "stream: Eicar-Signature FOUND", each ended by a zero byte. Nothing for an error or anything else.
std::optional<Verdict> verdict_in(std::string_view reply);

struct Signatures {
    std::string engine;               // "ClamAV 1.4.6"
    std::string database{};           // "27123": the daily database; empty when there is none
    std::optional<Instant> made_at{}; // its day and time, taken as UTC
};

// "ClamAV 1.4.6/27123/Tue Nov 24 09:25:14 2026", ended by a zero byte.
std::optional<Signatures> signatures_in(std::string_view reply);

} // namespace azukari::wire
