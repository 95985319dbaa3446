// 印刷 from the request to the end of its paper: what people do. Sending and following stand in sending.h.
#pragma once

#include "base/random.h"
#include "printing/print_store.h"
#include "printing/printers.h"

namespace azukari::printing {

// What printing is done with. The references outlive it.
struct Means {
    storage::Db& db;
    wire::Spooler& spooler;
    const Clock& clock;
    Entropy& entropy; // usable from several threads
    Sources sources;
    std::vector<Printer> printers; // as the settings name them; none: nothing is printed
    std::string host;              // this machine's name
};

// An approved request holds this long.
inline constexpr Duration kApprovalHolds = Duration::hours(24);

// nullptr when no source has that code.
const Source* find_source(const Sources& sources, std::string_view code);
// Everything that can be printed for the entrustment now.
std::vector<Printable> offered(const Means& means, const storage::Snapshot& snapshot, const access::Scope& scope);
// Refuses kNoSuchDocument and what the source refuses.
Result<Printable> find_document(const Means& means, const storage::Snapshot& snapshot, const access::Scope& scope,
                                std::string_view source, std::string_view reference);

// Asks for a print job. Refuses kNoPrinter, kPrinterExpected, and what find_document and check_wish refuse.
Result<PrintJob> ask(const Means& means, const access::Scope& scope, const Wish& wish);
// What would be printed at this moment, to hold against what was asked for. It may be drawn for this: not to be
// called within a transaction. Refuses kPrinterGone and what the source refuses.
Result<approval::Description> describe_now(const Means& means, const access::Scope& scope, const PrintJob& job);

// Somebody has the paper in their hands. Refuses kNotPrintedYet, kAlreadyCollected.
Result<void> collect(storage::Tx& tx, const access::Scope& scope, PrintJobId id);
// What became of every sheet, copy by copy; the copy ledger learns of each copy's end: destroyed, delivered to the
// ward, or never made. A copy that goes to another step stays outstanding there until it is delivered.
// Refuses kNotPrintedYet, kAlreadySettled, and what check_account and the copy ledger refuse.
Result<void> settle(storage::Tx& tx, const access::Scope& scope, PrintJobId id, std::span<const CopyEnd> ends,
                    Account account);

} // namespace azukari::printing
