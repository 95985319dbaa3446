// What the pages of custody share: their handlers, their addresses, the frame they stand in.
#pragma once

#include "custody/handing/hand_over_store.h"
#include "custody/packing/package_request_store.h"
#include "custody/pages/custody_pages.h"
#include "office/shell/shell.h"

namespace azukari::custody::pages {

#define AZK_CUSTODY_PAGE(name)                                                                                         \
    http::Response name(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
AZK_CUSTODY_PAGE(show_overview);
AZK_CUSTODY_PAGE(find_by_label);
AZK_CUSTODY_PAGE(show_settings);
AZK_CUSTODY_PAGE(save_settings);
AZK_CUSTODY_PAGE(show_things);
AZK_CUSTODY_PAGE(ask_thing);
AZK_CUSTODY_PAGE(save_thing);
AZK_CUSTODY_PAGE(show_thing);
AZK_CUSTODY_PAGE(put_thing);
AZK_CUSTODY_PAGE(ask_fate);
AZK_CUSTODY_PAGE(save_fate);
AZK_CUSTODY_PAGE(take_labels);
AZK_CUSTODY_PAGE(show_places);
AZK_CUSTODY_PAGE(save_place);
AZK_CUSTODY_PAGE(ask_hand_over);
AZK_CUSTODY_PAGE(save_hand_over);
AZK_CUSTODY_PAGE(show_hand_over);
AZK_CUSTODY_PAGE(ask_change);
AZK_CUSTODY_PAGE(save_change);
AZK_CUSTODY_PAGE(ask_signature);
AZK_CUSTODY_PAGE(save_signature);
AZK_CUSTODY_PAGE(ask_dispute);
AZK_CUSTODY_PAGE(save_dispute);
AZK_CUSTODY_PAGE(ask_closing);
AZK_CUSTODY_PAGE(save_closing);
AZK_CUSTODY_PAGE(ask_withdrawal);
AZK_CUSTODY_PAGE(save_withdrawal);
AZK_CUSTODY_PAGE(take_record_paper);
AZK_CUSTODY_PAGE(show_packages);
AZK_CUSTODY_PAGE(ask_package);
AZK_CUSTODY_PAGE(make_package);
AZK_CUSTODY_PAGE(refuse_large_package);
AZK_CUSTODY_PAGE(show_package);
AZK_CUSTODY_PAGE(show_request);
AZK_CUSTODY_PAGE(ask_request_agreement);
AZK_CUSTODY_PAGE(save_request_agreement);
AZK_CUSTODY_PAGE(open_request_file);
AZK_CUSTODY_PAGE(ask_request_withdrawal);
AZK_CUSTODY_PAGE(withdraw_request);
AZK_CUSTODY_PAGE(ask_request_taking);
AZK_CUSTODY_PAGE(take_request);
AZK_CUSTODY_PAGE(ask_notice);
AZK_CUSTODY_PAGE(print_notice);
AZK_CUSTODY_PAGE(show_rooms);
AZK_CUSTODY_PAGE(save_room);
AZK_CUSTODY_PAGE(show_room);
AZK_CUSTODY_PAGE(save_permission);
AZK_CUSTODY_PAGE(save_entry);
AZK_CUSTODY_PAGE(import_list);
AZK_CUSTODY_PAGE(refuse_large_list);
AZK_CUSTODY_PAGE(show_copies);
AZK_CUSTODY_PAGE(ask_settlement);
AZK_CUSTODY_PAGE(save_settlement);
#undef AZK_CUSTODY_PAGE

enum class Part { overview, things, packages, places, rooms, copies };

// `below`: "", "things/new", "hand-overs/0190…".
std::string path_of(const access::Scope& scope, std::string_view below);
inline html::Url address_of(const access::Scope& scope, std::string_view below)
{
    return html::Url(path_of(scope, below));
}
// A page with crumbs that lead back to the entrustment, and the ways to the other parts. `deeper`: below a part's list,
// which then stands among the crumbs instead.
office::Page framed(const Rooms& rooms, const access::Scope& scope, std::string title, Part part, html::Html body,
                    bool deeper = false);
// The same for a form or a question: narrow, and 422 when something was refused.
http::Response show_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, std::string title,
                         Part part, const office::FormState& state, std::string_view lead, html::Html body);

bool may(const access::Scope& scope, const access::Action& action);
html::Html state_chip(HandOverState state);
html::Html state_chip(ThingState state);
// What the contractor asked to send out.
html::Html request_table(const office::Visit& visit, const access::Scope& scope,
                         std::span<const PackageRequest> requests);
html::Html label_link(const access::Scope& scope, const KnownThing& thing);

// Names of ward and contractor.
struct Sides {
    std::string ward, contractor;
    const std::string& of(Side side) const { return side == Side::ward ? ward : contractor; }
};
Sides sides_of(const storage::Snapshot& snapshot, EntrustmentId entrustment);

// People to choose from, with an empty choice first.
std::vector<office::Choice> choices_of(const std::vector<party::Staff>& people);
// The person's own choice, where they are among them.
std::optional<std::int64_t> number_of(std::string_view text);

template <class IdType>
std::optional<IdType> id_in_path(const office::Visit& visit, std::string_view name)
{
    return IdType::parse(visit.request.path_params.get(name));
}

} // namespace azukari::custody::pages
