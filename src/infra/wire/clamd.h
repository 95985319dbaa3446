// Asks the virus scanner (ClamAV's clamd) that the settings name, over its own protocol (clamd(8): INSTREAM, VERSION),
// by a socket in the file system or over TCP.
#pragma once

#include "base/bytes.h"
#include "base/instant.h"
#include "infra/wire/clamd_reply.h"
#include "infra/wire/wire_refusals.h"

#include <functional>
#include <string>

namespace azukari::wire {

struct Clamd {
    std::string place; // "/run/clamav/clamd.ctl" or "127.0.0.1:3310"; the host as a number
    Duration answer_within = Duration::seconds(60);
};

// True for what Clamd::place may be.
bool is_clamd_place(std::string_view place);

// Appends the next piece of what is scanned; false ends it. A refusal ends everything.
using ScanSource = std::function<Result<bool>(Bytes& piece)>;

// Refuses kCannotReach, kTooSlow, kScannerFailed and what the source refuses.
Result<Verdict> scan(const Clamd& clamd, const ScanSource& source);
// Which signatures it scans by. Refuses kCannotReach, kTooSlow, kScannerFailed.
Result<Signatures> signatures_of(const Clamd& clamd);

} // namespace azukari::wire
