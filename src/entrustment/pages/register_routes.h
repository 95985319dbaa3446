// Every page of the register and the routes that lead there.
#pragma once

#include "entrustment/pages/desk.h"

namespace azukari::entrustment {

// `desk` must outlive the routes.
std::vector<office::Route> register_routes(const Desk& desk);

// The handlers, one page each.
#define AZK_PAGE(name) http::Response name(const Desk& desk, const office::Visit& visit, const access::Scope& scope)
AZK_PAGE(show_register); // the list
AZK_PAGE(show_outline);  // one entrustment, a tab each
AZK_PAGE(show_items);
AZK_PAGE(show_measures);
AZK_PAGE(show_provisions);
AZK_PAGE(show_flow);
AZK_PAGE(show_edit); // editing a section
AZK_PAGE(save_edit);
AZK_PAGE(show_versions); // the history, one version, what changed
AZK_PAGE(show_version);
AZK_PAGE(show_difference);
AZK_PAGE(take_paper); // the council paper as PDF
AZK_PAGE(ask_report); // what freezes a version
AZK_PAGE(do_report);
AZK_PAGE(ask_withdraw);
AZK_PAGE(do_withdraw);
AZK_PAGE(ask_carry);
AZK_PAGE(do_carry);
AZK_PAGE(ask_contractor);
AZK_PAGE(do_contractor);
AZK_PAGE(show_work_flow); // 業務フロー
AZK_PAGE(edit_work_flow);
AZK_PAGE(publish_work_flow);
AZK_PAGE(acknowledge_work_flow);
#undef AZK_PAGE

// The fields that differ between two versions, in the paper's order.
std::vector<office::ChangedItem> changed_items(const Entrustment& before, const Entrustment& after,
                                               const Catalogues& catalogues);

} // namespace azukari::entrustment
