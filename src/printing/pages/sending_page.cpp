// Printing what was agreed to, trying again what did not reach the printer, and fetching the paper.
#include "approval/approval_rules.h"
#include "printing/pages/printing_frame.h"
#include "printing/printing_refusals.h"

#include <fmt/format.h>

namespace azukari::printing::pages {
namespace {

using namespace html;

// 印刷元コンピュータ名: as the settings name the address, or the address.
std::string computer_of(const Rooms& rooms, const office::Visit& visit)
{
    const auto& address = visit.request.remote_address;
    const auto found = rooms.computers.find(address);
    return found == rooms.computers.end() ? address : fmt::format("{}（{}）", found->second, address);
}

// Whether it can be printed now, as it was agreed to.
Result<void> ready(const Rooms& rooms, const access::Scope& scope, const Seen& it, Instant now)
{
    if (it.job.sent) return refuse(kAlreadySent);
    AZK_TRY(const auto description, describe_now(rooms.means, scope, it.job));
    return approval::may_use(it.request, description.digest(), now);
}

} // namespace

http::Response ask_sending(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = job_in_path(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    if (const auto may_send = ready(rooms, scope, *it, visit.moment.at); !may_send)
        return office::show_refusal(visit, may_send.error(), 409);
    auto terms = terms_of(it->job);
    terms.insert(terms.begin(), {"印刷元コンピューター", Html(computer_of(rooms, visit))});
    office::Confirmation confirmation{
        .title = named(it->job) + "を始めます",
        .consequences = {"印刷ログと複製台帳に記録してから、プリンターに送ります。取り消せません。",
                         fmt::format("印刷が終わったら、{}分以内に紙を受け取り、次の工程に進めてください。",
                                     it->job.take_up_minutes)},
        .summary = office::description_list(terms),
        .confirm_label = "記録して印刷する",
        .action = Url(path_of(scope, it->job.id, "/sending")),
        .cancel = Url(path_of(scope, it->job.id))};
    auto page = office::confirmation_page(visit, confirmation);
    stand_below(page, rooms, scope);
    return office::show(visit, page);
}

http::Response start_sending(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = job_in_path(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    if (const auto may_send = ready(rooms, scope, *it, visit.moment.at); !may_send)
        return office::show_refusal(visit, may_send.error(), 409);
    if (const auto started = rooms.run.start(scope, it->job.id, computer_of(rooms, visit)); !started)
        return office::show_refusal(visit, started.error(), 409);
    return http::Response::see_other(path_of(scope, it->job.id), "印刷を始めました。");
}

http::Response start_again(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = job_in_path(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    const auto state = it->state(visit.moment.at);
    if (state != State::unsent)
        return office::show_refusal(visit, Refusal(kNothingToSendAgain, {std::string(japanese(state))}), 409);
    if (const auto started = rooms.run.start_again(scope, it->job.id); !started)
        return office::show_refusal(visit, started.error(), 409);
    return http::Response::see_other(path_of(scope, it->job.id), "もう一度、プリンターに送ります。");
}

http::Response take_paper(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = job_in_path(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    const auto done = rooms.means.db.write([&](storage::Tx& tx) { return collect(tx, scope, it->job.id); });
    if (!done) return office::show_refusal(visit, done.error(), 409);
    return http::Response::see_other(
        path_of(scope, it->job.id),
        fmt::format("紙を受け取ったことを記録しました。次は「{}」です。", japanese(it->job.wish.next)));
}

} // namespace azukari::printing::pages
