// What the pages of printing share: their handlers, their addresses, the frame they stand in.
#pragma once

#include "approval/approval_store.h"
#include "office/shell/shell.h"
#include "printing/pages/printing_pages.h"

namespace azukari::printing::pages {

#define AZK_PRINTING_PAGE(name)                                                                                        \
    http::Response name(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
AZK_PRINTING_PAGE(show_jobs);
AZK_PRINTING_PAGE(show_printers);
AZK_PRINTING_PAGE(ask_wish);
AZK_PRINTING_PAGE(save_wish);
AZK_PRINTING_PAGE(show_job);
AZK_PRINTING_PAGE(show_progress);
AZK_PRINTING_PAGE(ask_agreement);
AZK_PRINTING_PAGE(take_agreement);
AZK_PRINTING_PAGE(withdraw_wish);
AZK_PRINTING_PAGE(ask_sending);
AZK_PRINTING_PAGE(start_sending);
AZK_PRINTING_PAGE(start_again);
AZK_PRINTING_PAGE(take_paper);
AZK_PRINTING_PAGE(ask_account);
AZK_PRINTING_PAGE(save_account);
AZK_PRINTING_PAGE(ask_limits);
AZK_PRINTING_PAGE(save_limits);
AZK_PRINTING_PAGE(show_log);
AZK_PRINTING_PAGE(take_log_paper);
AZK_PRINTING_PAGE(take_log_csv);
AZK_PRINTING_PAGE(ask_submission);
AZK_PRINTING_PAGE(save_submission);
#undef AZK_PRINTING_PAGE

// `below`: "", "/new", "/log"; literals and ids only.
std::string path_of(const access::Scope& scope, std::string_view below);
html::Url address_of(const access::Scope& scope, std::string_view below);
std::string path_of(const access::Scope& scope, PrintJobId id, std::string_view below = {});

enum class Part { jobs, log, printers, limits };
office::Page framed(const Rooms& rooms, const access::Scope& scope, std::string title, Part part, html::Html body);
// A page below the list of jobs.
void stand_below(office::Page& page, const Rooms& rooms, const access::Scope& scope);

inline bool may(const access::Scope& scope, const access::Action& action)
{
    return access::grants(action, scope.role());
}

struct Seen { // a job with its request
    PrintJob job;
    approval::Request request;

    State state(Instant now) const { return state_of(job, request, now); }
};
// The job the address names.
Result<Seen> job_in_path(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);
Result<Seen> seen(const storage::Snapshot& snapshot, EntrustmentId entrustment, PrintJobId id);

html::Html no_printer();                // what to do when the settings name none
std::string named(const PrintJob& job); // 第3号の印刷
html::Html state_chip(State state);
std::string name_of(const storage::Snapshot& snapshot, StaffId staff); // 「―」 when nobody is known by it
html::Html sheets_in_words(const PrintJob& job);                       // 8枚（4ページ × 2部）
// What was asked for.
std::vector<office::Term> terms_of(const PrintJob& job);
std::optional<std::int64_t> number_of(std::string_view text);

} // namespace azukari::printing::pages
