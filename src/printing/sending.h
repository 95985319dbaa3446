// A job on its way to the printer. Exactly once: the approval is used and the log is written in one transaction; then
// the spooler opens a job and tells its number, which is kept; only then the document follows. Whatever breaks in
// between, the number tells what became of it, and nothing is sent twice.
#pragma once

#include "printing/printing.h"

namespace azukari::printing {

// An attempt is over for certain when this has passed since it began: no connection waits longer.
inline constexpr Duration kAttemptEnds = Duration::minutes(5);

// Draws the document anew, holds it against what was agreed to, and hands it to the printer; `computer` is the one at
// which the person sits. What the spooler refuses stands in the job as its trouble, and is the answer.
Result<void> send(const Means& means, const access::Scope& scope, PrintJobId id, std::string_view computer);

// Tries a job again that did not reach the printer. Asks the spooler first, where it gave a number: a document that has
// arrived is followed, not sent. Refuses kNothingToSendAgain, kMayBePrinting, kBusy and what send() refuses.
Result<void> send_again(const Means& means, const access::Scope& scope, PrintJobId id);

// Asks the spooler what became of the job and notes it. Returns whether there may be more news.
bool follow(const Means& means, EntrustmentId entrustment, PrintJobId id);
// The same for every job under way; returns how many came to an end.
std::int64_t follow_all(const Means& means);

} // namespace azukari::printing
