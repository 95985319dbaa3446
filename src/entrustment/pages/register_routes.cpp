#include "entrustment/pages/register_routes.h"

namespace azukari::entrustment {

namespace {

using Page = http::Response (*)(const Desk&, const office::Visit&, const access::Scope&);

} // namespace

std::vector<office::Route> register_routes(const Desk& desk)
{
    using namespace access::actions;
    const auto page = [&desk](Page handler) {
        return [&desk, handler](const office::Visit& visit, const access::Scope& scope) {
            return handler(desk, visit, scope);
        };
    };
    const std::string one = "/entrustments/{entrustment}";
    return {
        office::get("/entrustments", kSeeRegister, page(show_register)),
        office::get(one, kSeeRegister, page(show_outline)),
        office::get(one + "/items", kSeeRegister, page(show_items)),
        office::get(one + "/measures", kSeeRegister, page(show_measures)),
        office::get(one + "/provisions", kSeeRegister, page(show_provisions)),
        office::get(one + "/flow", kSeeRegister, page(show_flow)),
        office::get(one + "/versions", kSeeRegister, page(show_versions)),
        office::get(one + "/versions/{number}", kSeeRegister, page(show_version)),
        office::get(one + "/difference", kSeeRegister, page(show_difference)),
        office::get(one + "/paper.pdf", kSeeRegister, page(take_paper)),
        office::get(one + "/edit/{section}", kEditRegister, page(show_edit)),
        office::post(one + "/edit/{section}", kEditRegister, page(save_edit)),
        office::get(one + "/report", kReportRegister, page(ask_report)),
        office::post(one + "/report", kReportRegister, page(do_report)),
        office::get(one + "/withdraw", kEditRegister, page(ask_withdraw)),
        office::post(one + "/withdraw", kEditRegister, page(do_withdraw)),
        office::get(one + "/carry", kEditRegister, page(ask_carry)),
        office::post(one + "/carry", kEditRegister, page(do_carry)),
        office::get(one + "/contractor", kEditRegister, page(ask_contractor)),
        office::post(one + "/contractor", kEditRegister, page(do_contractor)),
        office::get(one + "/work-flow", kSeeRegister, page(show_work_flow)),
        office::get(one + "/work-flow/publish", kPublishFlow, page(edit_work_flow)),
        office::post(one + "/work-flow/publish", kPublishFlow, page(publish_work_flow)),
        office::post(one + "/work-flow/{number}/acknowledge", kAcknowledgeFlow, page(acknowledge_work_flow)),
    };
}

} // namespace azukari::entrustment
