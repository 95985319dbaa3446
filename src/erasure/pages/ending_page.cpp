// The overview: what is kept until when, which erasures there are, what is held.
#include "erasure/pages/ending_frame.h"

#include <fmt/format.h>

namespace azukari::erasure::pages {
namespace {

using namespace html;
using retention::Standing;

struct Seen {
    std::vector<retention::WorkItem> work;
    std::vector<retention::Document> documents;
    std::vector<Erasure> erasures;
    std::vector<retention::Hold> holds;
    std::map<StaffId, std::string> names;
};

Seen see(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Told& told)
{
    return rooms.means.db.read([&](const storage::Snapshot& snapshot) {
        const auto id = *scope.entrustment();
        Seen seen;
        seen.documents = documents_of(rooms, snapshot, id);
        seen.erasures = erasures_of(snapshot, id);
        seen.holds = retention::holds_of(snapshot, id);
        seen.work = retention::worklist(rooms.rules, told.code, seen.documents, seen.holds, visit.moment.today);
        for (const auto& hold : seen.holds) seen.names.emplace(hold.held_by, name_of(snapshot, hold.held_by));
        for (const auto& each : seen.erasures) seen.names.emplace(each.planned_by, name_of(snapshot, each.planned_by));
        return seen;
    });
}

office::Tone tone_of(Standing standing)
{
    switch (standing) {
    case Standing::overdue:
        return office::Tone::bad;
    case Standing::due:
        return office::Tone::caution;
    case Standing::held:
        return office::Tone::info;
    case Standing::kept:
    case Standing::open:
        return office::Tone::neutral;
    case Standing::disposed:
        return office::Tone::good;
    }
    return office::Tone::neutral;
}

// What can be done about it now.
Html action_of(const access::Scope& scope, const retention::WorkItem& item)
{
    const bool over = item.standing == Standing::due || item.standing == Standing::overdue;
    const auto hidden = span({cls("visually-hidden")}, fmt::format("（{}）", item.document.label));
    if (item.document.by_hand && may(scope, access::actions::kKeepDocuments) && item.standing != Standing::disposed)
        return a({href(address_of(scope, "/documents/" + item.document.object))},
                 over ? "廃棄・返還を記録" : "日付を記録", hidden);
    if (!item.document.by_hand && over && may(scope, access::actions::kPlanErasure)) {
        const bool all = item.document.object == scope.entrustment()->text();
        return a(
            {href(
                address_of(scope, "/erasures/new").with("target", all ? "everyone" : "batch:" + item.document.object))},
            "消去を計画", hidden);
    }
    return {};
}

Html work_table(const office::Visit& visit, const access::Scope& scope, const Seen& seen)
{
    office::Table table{.caption = "保存しているもの",
                        .columns = {{"もの"}, {"保存期間"}, {"保存する最後の日"}, {"いまの状態"}, {"すること"}},
                        .rows = {},
                        .empty = "保存しているものは登録されていません。",
                        .caption_hidden = true};
    for (const auto& item : seen.work) {
        const auto* awaited = retention::awaited(*item.rule, item.document.events);
        const auto last = item.last_day ? office::on_day(*item.last_day)
                                        : Html(fmt::format("「{}」の日が決まると定まります", awaited->name));
        Html state = office::chip(tone_of(item.standing), japanese(item.standing));
        if (item.standing == Standing::held) state = join(state, br(), small("理由: " + item.hold_reason));
        if (item.standing == Standing::due)
            state = join(state, br(), small(join(office::on_day(*item.deadline), "まで")));
        table.rows.push_back({join(strong(item.rule->name), br(), small(item.document.label)),
                              join(retention::spoken(*item.rule), br(),
                                   small(fmt::format("その後: {}", japanese(item.rule->disposition)))),
                              last, state, action_of(scope, item)});
    }
    return office::data_table(visit, table);
}

Html erasure_table(const office::Visit& visit, const access::Scope& scope, const Seen& seen)
{
    office::Table table{.caption = "消去",
                        .columns = {{"対象"}, {"人数", {}, true}, {"理由"}, {"計画した人・日時"}, {"状態"}},
                        .rows = {},
                        .empty = "消去はまだありません。",
                        .caption_hidden = true};
    for (const auto& each : seen.erasures) {
        const auto state = state_of(each);
        table.rows.push_back({a({href(Url(path_of(scope, each.id)))}, spoken(each.target, seen.documents)),
                              Html(office::grouped(each.scale.subjects)), Html(japanese(each.cause)),
                              join(seen.names.at(each.planned_by), br(), small(office::when_at(each.planned_at))),
                              office::chip(pages::tone_of(state), japanese(state))});
    }
    return office::data_table(visit, table);
}

Html hold_table(const office::Visit& visit, const access::Scope& scope, const Seen& seen)
{
    office::Table table{.caption = "保留",
                        .columns = {{"止めているもの"}, {"理由"}, {"保留した人・日時"}, {"いま"}},
                        .rows = {},
                        .empty = "保留はありません。",
                        .caption_hidden = true};
    for (const auto& hold : seen.holds) {
        std::string what = "この委託のすべて";
        if (!hold.object.empty()) what = fmt::format("番号 {}", hold.object);
        for (const auto& document : seen.documents)
            if (document.object == hold.object) what = document.label;
        const auto lift = may(scope, access::actions::kHoldEnding)
                              ? a({href(address_of(scope, "/holds/" + hold.id.text() + "/release"))}, "保留を解く",
                                  span({cls("visually-hidden")}, fmt::format("（{}）", what)))
                              : Html();
        table.rows.push_back({Html(what), Html(hold.reason),
                              join(seen.names.at(hold.held_by), br(), small(office::when_at(hold.held_at))),
                              hold.released_at ? join(office::when_at(*hold.released_at), "に解除")
                                               : join(office::chip(office::Tone::info, "保留中"), " ", lift)});
    }
    return office::data_table(visit, table);
}

} // namespace

http::Response show_ending(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    using namespace access::actions;
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto seen = see(rooms, visit, scope, *told);
    const bool by_hand = [&] {
        for (const auto* rule : rooms.rules.of(told->code))
            if (rule->by_hand) return true;
        return false;
    }();
    auto page = framed(
        scope, *told, "保存期間と消去", Part::overview,
        join(section(
                 h2("保存しているもの"), work_table(visit, scope, seen),
                 when(may(scope, kKeepDocuments) && by_hand,
                      office::button_row(office::link_button("書類を登録する", address_of(scope, "/documents/new"))))),
             section(h2("消去"), erasure_table(visit, scope, seen)),
             section(h2("保留"), p("立入調査や苦情への対応などのため、消去・廃棄を止めておくものです。"),
                     hold_table(visit, scope, seen),
                     when(may(scope, kHoldEnding),
                          office::button_row(office::link_button("保留する", address_of(scope, "/holds/new")))))));
    page.lead = p("お預かりしたものを、いつまで保存し、どう終わらせるかを見るページです。");
    page.actions =
        when(may(scope, kPlanErasure),
             office::link_button("消去を計画する", address_of(scope, "/erasures/new"), office::Weight::primary));
    return office::show(visit, page);
}

} // namespace azukari::erasure::pages
