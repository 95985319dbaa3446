// The spooler (CUPS, or a printer that speaks IPP itself) as the house asks it. A job goes in two steps: it is opened
// and has a number; only then its document follows. Between the two the house keeps the number, so that after a crash
// the spooler can be asked what became of that very job, and nothing is printed twice.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::wire {

enum class PrinterState : std::uint8_t { idle, busy, stopped };

struct PrinterReport {
    PrinterState state = PrinterState::idle;
    bool accepting = true;              // takes new jobs
    std::vector<std::string> reasons{}; // printer-state-reasons of RFC 8011 5.4.12: "media-empty-error"; never "none"
    std::int64_t waiting = 0;           // jobs
};

enum class SpooledState : std::uint8_t { waiting, printing, stopped, cancelled, aborted, completed };

struct SpooledJob {
    SpooledState state = SpooledState::waiting;
    std::int64_t documents = 0; // that arrived whole and are kept; a spooler may throw them away when the job is over
    bool begun = false;         // it began to be printed at some time
    std::int64_t sheets = 0;    // as the printer counted them; many printers count nothing
    std::vector<std::string> reasons{};

    // Something of it may be on paper, or still come.
    bool has_arrived() const
    {
        return documents > 0 || begun || state == SpooledState::printing || state == SpooledState::stopped ||
               state == SpooledState::completed;
    }
    bool is_over() const
    {
        return state == SpooledState::cancelled || state == SpooledState::aborted || state == SpooledState::completed;
    }
};

struct SpoolOrder {
    std::string_view name; // what stands in the spooler's own list
    std::string_view user;
    std::int64_t copies = 1;
};

// Every call refuses kCannotReach, kTooSlow, kSpoolerRefuses; calls about a job refuse kNoSuchSpooledJob, too.
class Spooler {
public:
    virtual ~Spooler() = default;
    virtual Result<PrinterReport> ask_printer(const std::string& uri) = 0;
    virtual Result<std::int64_t> open_job(const std::string& uri, const SpoolOrder& order) = 0;
    // A refusal does not tell whether the document arrived: ask_job() does.
    virtual Result<void> send_document(const std::string& uri, std::int64_t job, std::string_view name,
                                       std::string_view pdf) = 0;
    virtual Result<SpooledJob> ask_job(const std::string& uri, std::int64_t job) = 0;
    virtual Result<void> cancel_job(const std::string& uri, std::int64_t job) = 0;
};

} // namespace azukari::wire
