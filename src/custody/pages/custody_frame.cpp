#include "custody/pages/custody_frame.h"

#include "access/fence.h"
#include "party/party_store.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::custody::pages {

using namespace html;

namespace {

struct PartWords {
    Part part;
    std::string_view label, below;
};
constexpr PartWords kParts[] = {{Part::overview, "受渡し", ""},
                                {Part::things, "媒体・書類", "things"},
                                {Part::packages, "暗号化データ", "packages"},
                                {Part::places, "保管場所", "places"},
                                {Part::rooms, "入退室", "rooms"},
                                {Part::copies, "複製台帳", "copies"}};

} // namespace

std::string path_of(const access::Scope& scope, std::string_view below)
{
    auto path = fmt::format("/entrustments/{}/custody", scope.entrustment()->text());
    return below.empty() ? path : fmt::format("{}/{}", path, below);
}

office::Page framed(const Rooms& rooms, const access::Scope& scope, std::string title, Part part, Html body,
                    bool deeper)
{
    office::Page page{std::move(title), {}};
    const auto name = rooms.name(scope);
    page.crumbs = {{"委託の登録", url("/entrustments")},
                   {name ? *name : std::string("この委託"), url("/entrustments/", *scope.entrustment())}};
    std::vector<office::Tab> tabs;
    for (const auto& each : kParts) {
        if (deeper && each.part == part)
            page.crumbs.push_back({each.part == Part::overview ? "受渡し・保管" : std::string(each.label),
                                   address_of(scope, each.below)});
        tabs.push_back({std::string(each.label), address_of(scope, each.below), each.part == part});
    }
    page.body = deeper ? std::move(body) : join(office::tabs("受渡し・保管のページ", tabs), body);
    return page;
}

http::Response show_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, std::string title,
                         Part part, const office::FormState& state, std::string_view lead, Html body)
{
    auto page = framed(rooms, scope, std::move(title), part, std::move(body), true);
    page.width = office::Width::text;
    if (!lead.empty()) page.lead = p(lead);
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    return office::show(visit, page);
}

bool may(const access::Scope& scope, const access::Action& action)
{
    return access::grants(action, scope.role());
}

Html state_chip(HandOverState state)
{
    using office::Tone;
    const auto tone = state == HandOverState::confirmed   ? Tone::good
                      : state == HandOverState::disputed  ? Tone::bad
                      : state == HandOverState::withdrawn ? Tone::neutral
                                                          : Tone::caution;
    return office::chip(tone, japanese(state));
}

Html state_chip(ThingState state)
{
    using office::Tone;
    const auto tone = state == ThingState::kept     ? Tone::good
                      : state == ThingState::lost   ? Tone::bad
                      : state == ThingState::moving ? Tone::caution
                                                    : Tone::neutral;
    return office::chip(tone, japanese(state));
}

Html label_link(const access::Scope& scope, const KnownThing& thing)
{
    return a({href(address_of(scope, "things/" + thing.thing.id.text()))}, code(grouped_label(thing.label)));
}

Sides sides_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    Sides sides{"区", "受託者"};
    const auto fence = access::find_fence(snapshot, entrustment);
    if (!fence) return sides;
    if (const auto ward = party::find_organisation(snapshot, fence->ward)) sides.ward = ward->name;
    if (const auto contractor = party::find_organisation(snapshot, fence->contractor))
        sides.contractor = contractor->name;
    return sides;
}

std::vector<office::Choice> choices_of(const std::vector<party::Staff>& people)
{
    std::vector<office::Choice> choices{{"", "選んでください"}};
    for (const auto& person : people) choices.push_back({person.id.text(), person.name});
    return choices;
}

std::optional<std::int64_t> number_of(std::string_view text)
{
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
    return number;
}

} // namespace azukari::custody::pages
