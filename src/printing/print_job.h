// 印刷: one print job from the request to the end of its paper. Who asked, what exactly, who agreed, from which computer
// to which printer, how many sheets, and what became of every sheet (印刷ログ, 紙媒体を放置せず即次工程へ). The state
// follows from what has happened.
#pragma once

#include "approval/approval.h"
#include "custody/copies/copy.h"
#include "printing/printable.h"

namespace azukari::printing {

using PrintJobId = Id<struct PrintJobNoun>;

enum class NextStep : std::uint8_t { // 次の工程
    hand_over,                       // 区に納品する
    enclose,                         // 封入・封緘する
    inspect,                         // 突合・点検する
    keep,                            // 鍵付きキャビネットに保管する
};
inline constexpr NextStep kNextSteps[] = {NextStep::hand_over, NextStep::enclose, NextStep::inspect, NextStep::keep};
std::string_view japanese(NextStep step);
std::string_view code_of(NextStep step);
std::optional<NextStep> next_step_of(std::string_view code);

// What the ward designated (指定枚数), and how long paper may lie.
struct Limits {
    std::int64_t sheets_per_job = 200; // from here on a reason is asked for
    std::int64_t sheets_per_day = 500; // the same, of one person
    std::int64_t take_up_minutes = 30; // from the end of printing until somebody has fetched it
    std::int64_t settle_hours = 24;    // from then until it is told what became of it
};

struct Wish { // what a person asks for
    std::string source;
    std::string reference;
    std::string printer; // its name in the settings
    std::int64_t copies = 1;
    std::string purpose;
    NextStep next = NextStep::hand_over;
    std::string recipient;   // who gets the paper: an organisation, a department or a post, never a resident
    std::string over_reason; // when it is as many as the ward designated, or more
};

// What the spooler last told, or what was last done there.
enum class Delivery : std::uint8_t {
    none,     // nothing was sent
    claimed,  // the log is written; nothing has reached the printer
    opened,   // the spooler gave a number; the document may be on its way
    accepted, // the spooler has the document
    printed,  // completed
    failed,   // aborted or cancelled; some sheets may be out
    unknown,  // the spooler does not know it any more
};

struct Sent {
    Instant at;
    StaffId by;
    std::string computer; // 印刷元コンピュータ名: at which it was asked for
    std::string host;     // the house's own machine, which talked to the printer
};

struct Account { // what became of the paper, in sheets: sheets = handed_on + destroyed + missing
    std::int64_t handed_on = 0;
    std::int64_t destroyed = 0; // 損紙, 廃棄
    std::int64_t missing = 0;   // did not come out of the printer
    std::string method{};       // of destroying
    std::optional<StaffId> witness{};
    std::string note{}; // why sheets are missing or destroyed
};

struct Done {
    Instant at;
    StaffId by;
};

struct PrintJob {
    PrintJobId id;
    EntrustmentId entrustment;
    std::int64_t number; // 第1号, within the entrustment
    Done asked;
    Printable document; // as it was asked for
    Wish wish;
    std::int64_t take_up_minutes, settle_hours;
    approval::ApprovalId approval;
    Delivery delivery = Delivery::none;
    std::int64_t attempt = 0;            // counted up by each attempt to send it
    std::optional<Instant> attempt_at{}; // the last
    std::optional<std::int64_t> spool_job{};
    std::optional<Sent> sent{};
    std::optional<Instant> finished_at{};
    std::int64_t sheets_reported = 0; // by the printer; many count nothing
    std::string trouble{};            // what stands in the way now, for people
    std::optional<Done> collected{};
    std::optional<Done> accounted{};
    Account account{};

    std::int64_t sheets() const { return document.pages * wish.copies; } // one-sided
};

// 印刷ログの一行: the five things the ward wants to know, in one spelling; its SHA-256 stands in the ledger.
std::string log_line_digest(const PrintJob& job);

struct PrintedCopy { // 部
    std::int64_t number;
    std::optional<custody::CopyId> copy; // in the copy ledger; none where no resident is told of
    std::int64_t handed_on = 0, destroyed = 0;
};

enum class State : std::uint8_t {
    waiting,   // for approval
    approved,  // can be printed
    given_up,  // rejected, withdrawn or expired before it was printed
    unsent,    // could not be handed to the printer yet
    printing,  // with the spooler
    to_fetch,  // printed, lies in the tray
    broken,    // ended half-way; what came out lies in the tray
    uncertain, // nobody knows whether it was printed: somebody looks
    fetched,   // in somebody's hands
    settled,   // every sheet is accounted for
};
State state_of(const PrintJob& job, const approval::Request& request, Instant now);
std::string_view japanese(State state);

// Until when the paper's next step must have been told; nothing when nothing is due.
std::optional<Instant> due(const PrintJob& job);
inline bool overdue(const PrintJob& job, Instant now)
{
    const auto until = due(job);
    return until && *until <= now;
}

} // namespace azukari::printing
