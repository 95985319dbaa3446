// The virus scanner as attachments ask it: a verdict counts only when it was made by recent signatures. [K36]
#pragma once

#include "infra/wire/clamd.h"
#include "vault/attachments/attachments_refusals.h"

#include <optional>

namespace azukari::vault::attachments {

struct Scanner {
    std::optional<wire::Clamd> clamd{}; // nothing: none is set up
    int signature_days = 7;             // older signatures do not count; 0: not asked, for signatures of one's own
};

struct Checked {
    bool infected = false;
    std::string signature{};  // what was found
    std::string signatures{}; // by which: "ClamAV-1.4.6/27123"
};

// Refuses kOldSignatures, what the wire refuses and what the source refuses; kNoScanner when none is set up, with its
// argument left to the caller.
Result<Checked> check(const Scanner& scanner, Instant now, const wire::ScanSource& source);

} // namespace azukari::vault::attachments
