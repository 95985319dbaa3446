#include "vault/attachments/pages/attachments_pages.h"

#include "vault/attachments/pages/attachments_frame.h"

namespace azukari::vault::attachments::pages {
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
    const std::string all = "/entrustments/{entrustment}/persons/{person}/attachments";
    const std::string one = all + "/{attachment}";
    const auto most = static_cast<std::uint64_t>(rooms.attachments.most_megabytes()) << 20;
    return {
        office::get(all, kAddAttachment, with(rooms, ask_attachment)),
        office::upload(all, kAddAttachment, with(rooms, add_attachment), with(rooms, refuse_large_attachment), most),
        office::get(one, kShowAttachment, with(rooms, ask_showing)),
        office::post(one, kShowAttachment, with(rooms, show_attachment)),
        office::get(one + "/withdrawal", kWithdrawAttachment, with(rooms, ask_withdrawal)),
        office::post(one + "/withdrawal", kWithdrawAttachment, with(rooms, withdraw_attachment)),
        office::get(one + "/showings/{showing}/pages/{page}", kShowAttachment, with(rooms, send_page))};
}

} // namespace azukari::vault::attachments::pages
