#include "printing/pages/printing_pages.h"

#include "printing/pages/printing_frame.h"

namespace azukari::printing::pages {
namespace {

using Page = http::Response (*)(const Rooms&, const office::Visit&, const access::Scope&);

} // namespace

std::vector<office::Route> routes(const Rooms& rooms)
{
    using namespace access::actions;
    using office::get;
    using office::post;
    const std::string top = "/entrustments/{entrustment}/printing";
    const std::string job = top + "/jobs/{job}";
    const auto on = [&](Page page) -> office::Handler {
        return
            [rooms, page](const office::Visit& visit, const access::Scope& scope) { return page(rooms, visit, scope); };
    };
    return {
        get(top, kSeePrinting, on(show_jobs)),
        get(top + "/printers", kSeePrinting, on(show_printers)),
        get(top + "/new", kAskPrint, on(ask_wish)),
        post(top + "/new", kAskPrint, on(save_wish)),
        get(job, kSeePrinting, on(show_job)),
        get(job + "/progress", kSeePrinting, on(show_progress)),
        get(job + "/agreement", kAgreePrint, on(ask_agreement)),
        post(job + "/agreement", kAgreePrint, on(take_agreement)),
        post(job + "/withdrawal", kAskPrint, on(withdraw_wish)),
        get(job + "/sending", kPrint, on(ask_sending)),
        post(job + "/sending", kPrint, on(start_sending)),
        post(job + "/again", kPrint, on(start_again)),
        post(job + "/paper", kAccountPrint, on(take_paper)),
        get(job + "/account", kAccountPrint, on(ask_account)),
        post(job + "/account", kAccountPrint, on(save_account)),
        get(top + "/limits", kSeePrinting, on(ask_limits)),
        post(top + "/limits", kSetPrintLimits, on(save_limits)),
        get(top + "/log", kSeePrinting, on(show_log)),
        post(top + "/log/paper", kTakePrintLog, on(take_log_paper)),
        post(top + "/log/csv", kTakePrintLog, on(take_log_csv)),
        get(top + "/log/submission", kSubmitPrintLog, on(ask_submission)),
        post(top + "/log/submission", kSubmitPrintLog, on(save_submission)),
    };
}

} // namespace azukari::printing::pages
