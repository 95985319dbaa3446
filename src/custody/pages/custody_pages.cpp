#include "custody/pages/custody_pages.h"

#include "custody/pages/custody_frame.h"

namespace azukari::custody::pages {
namespace {

using Page = http::Response (*)(const Rooms&, const office::Visit&, const access::Scope&);

office::Handler with(const Rooms& rooms, Page page)
{
    return [rooms, page](const office::Visit& visit, const access::Scope& scope) { return page(rooms, visit, scope); };
}

} // namespace

std::vector<office::Route> routes(const Rooms& rooms)
{
    using namespace access::actions;
    using office::get;
    using office::post;
    const std::string top = "/entrustments/{entrustment}/custody";
    const auto thing = top + "/things/{thing}", hand_over = top + "/hand-overs/{hand_over}";
    const auto package = top + "/packages/{package}", room = top + "/rooms/{room}", copy = top + "/copies/{copy}";
    const auto request = top + "/requests/{request}";
    const auto on = [&](Page page) { return with(rooms, page); };
    return {
        get(top, kSeeCustody, on(show_overview)),
        get(top + "/find", kSeeCustody, on(find_by_label)),
        get(top + "/settings", kSetCustody, on(show_settings)),
        post(top + "/settings", kSetCustody, on(save_settings)),
        get(top + "/things", kSeeCustody, on(show_things)),
        get(top + "/things/new", kKeepCustody, on(ask_thing)),
        post(top + "/things/new", kKeepCustody, on(save_thing)),
        get(thing, kSeeCustody, on(show_thing)),
        post(thing + "/place", kKeepCustody, on(put_thing)),
        get(thing + "/fate/{fate}", kKeepCustody, on(ask_fate)),
        post(thing + "/fate/{fate}", kKeepCustody, on(save_fate)),
        get(top + "/labels", kKeepCustody, on(take_labels)),
        get(top + "/places", kSeeCustody, on(show_places)),
        post(top + "/places", kKeepCustody, on(save_place)),
        get(top + "/hand-overs/new", kRecordHandOver, on(ask_hand_over)),
        post(top + "/hand-overs/new", kRecordHandOver, on(save_hand_over)),
        get(hand_over, kSeeCustody, on(show_hand_over)),
        get(hand_over + "/change", kRecordHandOver, on(ask_change)),
        post(hand_over + "/change", kRecordHandOver, on(save_change)),
        get(hand_over + "/signature", kSignHandOver, on(ask_signature)),
        post(hand_over + "/signature", kSignHandOver, on(save_signature)),
        get(hand_over + "/dispute", kSignHandOver, on(ask_dispute)),
        post(hand_over + "/dispute", kSignHandOver, on(save_dispute)),
        get(hand_over + "/disputes/{dispute}", kCloseDispute, on(ask_closing)),
        post(hand_over + "/disputes/{dispute}", kCloseDispute, on(save_closing)),
        get(hand_over + "/withdrawal", kRecordHandOver, on(ask_withdrawal)),
        post(hand_over + "/withdrawal", kRecordHandOver, on(save_withdrawal)),
        post(hand_over + "/paper", kSeeCustody, on(take_record_paper)),
        get(top + "/packages", kSeeCustody, on(show_packages)),
        get(top + "/packages/new", kMakePackage, on(ask_package)),
        office::upload(top + "/packages/new", kMakePackage, on(make_package), on(refuse_large_package)),
        get(package, kSeeCustody, on(show_package)),
        get(package + "/notice", kPrintNotice, on(ask_notice)),
        post(package + "/notice", kPrintNotice, on(print_notice)),
        get(request, kSeeCustody, on(show_request)),
        get(request + "/agreement", kAgreePackage, on(ask_request_agreement)),
        post(request + "/agreement", kAgreePackage, on(save_request_agreement)),
        post(request + "/files/{line}", kAgreePackage, on(open_request_file)),
        get(request + "/withdrawal", kMakePackage, on(ask_request_withdrawal)),
        post(request + "/withdrawal", kMakePackage, on(withdraw_request)),
        get(request + "/taking", kMakePackage, on(ask_request_taking)),
        post(request + "/taking", kMakePackage, on(take_request)),
        get(top + "/rooms", kSeeCustody, on(show_rooms)),
        post(top + "/rooms", kManageRooms, on(save_room)),
        get(room, kSeeCustody, on(show_room)),
        post(room + "/people", kManageRooms, on(save_permission)),
        post(room + "/entries", kKeepCustody, on(save_entry)),
        office::upload(room + "/list", kKeepCustody, on(import_list), on(refuse_large_list)),
        get(top + "/copies", kSeeCustody, on(show_copies)),
        get(copy, kSettleCopies, on(ask_settlement)),
        post(copy, kSettleCopies, on(save_settlement)),
    };
}

} // namespace azukari::custody::pages
