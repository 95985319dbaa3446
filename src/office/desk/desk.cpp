#include "office/desk/desk.h"

#include "access/session.h"
#include "office/desk/jobs_page.h"
#include "office/desk/waiting.h"
#include "office/shell/shell.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::desk {
namespace {

using namespace html;

std::string_view pressing(office::Tone tone)
{
    switch (tone) {
    case office::Tone::bad:
        return "至急";
    case office::Tone::caution:
        return "お願い";
    case office::Tone::info:
    case office::Tone::neutral:
    case office::Tone::good:
        return "次の仕事";
    }
    return {};
}

// One entrustment, or the house: its name once, what waits below it, the most pressing first.
struct Pile {
    std::string where;
    std::vector<const office::Waiting*> items;
};

// `waiting` is in order of urgency, so the pile with the most pressing thing comes first.
std::vector<Pile> piles_of(const std::vector<office::Waiting>& waiting)
{
    std::vector<Pile> piles;
    for (const auto& item : waiting) {
        auto pile =
            std::find_if(piles.begin(), piles.end(), [&](const Pile& each) { return each.where == item.where; });
        if (pile == piles.end()) pile = piles.insert(piles.end(), {item.where, {}});
        pile->items.push_back(&item);
    }
    return piles;
}

Html waiting_list(const std::vector<office::Waiting>& waiting)
{
    if (waiting.empty())
        return p({cls("calm")}, office::chip(office::Tone::good, "ありません"),
                 span("新しい仕事が届くと、ここに表示されます。"));
    return each(piles_of(waiting), [](const Pile& pile) {
        const auto rows = each(pile.items, [](const office::Waiting* item) {
            return li({cls("waiting-item")}, office::chip(item->tone, pressing(item->tone)),
                      a({href(item->address)}, item->what));
        });
        return section({cls("card waiting")},
                       h3({cls("card-heading")}, pile.where.empty() ? "このシステム全体" : pile.where,
                          span({cls("waiting-count")}, fmt::format("{}件", pile.items.size()))),
                       ul({cls("waiting-items")}, rows));
    });
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
