#include "office/desk/desk.h"

#include "access/session.h"
#include "office/desk/jobs_page.h"
#include "office/desk/waiting.h"
#include "office/shell/shell.h"

#include <fmt/format.h>

namespace azukari::desk {
namespace {

using namespace html;

Html waiting_list(const std::vector<office::Waiting>& waiting)
{
    if (waiting.empty())
        return office::notice(office::Tone::good, "いま、あなたを待っている仕事はありません",
                              p("新しい仕事が届くと、ここに表示されます。"));
    return office::card_grid(each(waiting, [](const office::Waiting& item) {
        return office::link_card(item.what, item.address, p(item.where.empty() ? "全体" : item.where));
    }));
}

Html entrustment_cards(const std::vector<entrustment::Register::Listed>& listed)
{
    return office::card_grid(each(listed, [](const entrustment::Register::Listed& item) {
        const auto& content = item.version->content;
        return office::link_card(content.outline.name, url("/entrustments/", item.id),
                                 join(p(content.outline.section), p(office::on_day(content.start()), "から",
                                                                    office::on_day(content.end()), "まで")));
    }));
}

http::Response show_home(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto listed = rooms.entrustments.list(scope);
    const auto waiting = waiting_for(rooms, *visit.session, scope, listed);
    office::Page page{
        "ホーム",
        join(h2(waiting.empty() ? "今日すること" : fmt::format("今日すること（{}件）", waiting.size())),
             waiting_list(waiting), h2("委託"),
             listed.empty() ? p("あなたの組織が携わる委託は、まだ登録されていません。") : entrustment_cards(listed))};
    page.actions = when(access::grants(access::actions::kSeeLedger, visit.session->role),
                        office::link_button("定時の処理", url("/jobs")));
    page.lead = p(fmt::format("{}さん、{}です。", visit.session->name, to_era(visit.moment.today)));
    return office::show(visit, page);
}

} // namespace

std::vector<office::Route> routes(const Rooms& rooms)
{
    return {office::get("/", access::actions::kHome,
                        [rooms](const office::Visit& visit, const access::Scope& scope) {
                            return show_home(rooms, visit, scope);
                        }),
            office::get("/jobs", access::actions::kSeeLedger,
                        [rooms](const office::Visit& visit, const access::Scope&) { return show_jobs(rooms, visit); })};
}

} // namespace azukari::desk
