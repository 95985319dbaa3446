#include "custody/pages/custody_waiting.h"

#include "custody/handing/hand_over_store.h"
#include "custody/packing/package_request_store.h"
#include "custody/pages/custody_frame.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::custody::pages {
namespace {

using office::Tone;

std::string name_of(const Record& record)
{
    return fmt::format("第{}号の受渡し（{}）", record.number, japanese(record.hand_over.purpose));
}

std::string below_of(const Record& record)
{
    return "/custody/hand-overs/" + record.hand_over.id.text();
}

// A dispute, from its first word to the last of both sides: those who carry are told until the record is right again,
// those who answer for a side until both have closed it. [K43]
std::optional<Wait> dispute_in(const Record& record, const access::Scope& scope)
{
    const auto side = side_of(scope);
    if (record.hand_over.state == HandOverState::disputed)
        return Wait{Tone::bad, name_of(record) + "に相違の申出があります", below_of(record)};
    const auto* dispute = record.open_dispute();
    if (dispute == nullptr || !may(scope, access::actions::kCloseDispute)) return std::nullopt;
    const auto what = dispute->resolution(side) == nullptr
                          ? std::string("に経緯と措置を書いてください")
                          : fmt::format("は、{}の経緯と措置を待っています", japanese(other(side)));
    return Wait{Tone::bad, fmt::format("{}の相違の申出{}", name_of(record), what), below_of(record)};
}

std::optional<Wait> wait_of(const Record& record, StaffId staff, Side side, const Moment& moment)
{
    const auto& hand_over = record.hand_over;
    const auto below = below_of(record);
    const auto named = name_of(record);
    if (hand_over.state != HandOverState::open) return std::nullopt;
    const auto* mine = record.signature(side);
    const auto* theirs = record.signature(other(side));
    const bool signed_here = mine != nullptr && mine->holds, signed_there = theirs != nullptr && theirs->holds;
    const bool me = hand_over.person(side) == staff;
    const bool overdue = kConfirmWithin <= moment.at - hand_over.at;
    if (!signed_here && me && (side == hand_over.recorded_by || signed_there))
        return Wait{overdue ? Tone::bad : Tone::caution, fmt::format("{}を確かめて署名してください", named), below};
    if (overdue) return Wait{Tone::bad, fmt::format("{}が、1日以上たっても未確認です", named), below};
    return std::nullopt;
}

} // namespace

std::vector<Wait> waits(const storage::Snapshot& snapshot, const access::Scope& scope)
{
    const bool carries = may(scope, access::actions::kRecordHandOver);
    if (!carries && !may(scope, access::actions::kCloseDispute)) return {};
    const auto entrustment = *scope.entrustment();
    const auto side = side_of(scope);
    const auto& moment = scope.moment();
    std::vector<Wait> found;
    for (const auto& record : records_of(snapshot, entrustment)) {
        if (auto dispute = dispute_in(record, scope)) found.push_back(*std::move(dispute));
        if (!carries) continue;
        if (auto wait = wait_of(record, scope.staff(), side, moment)) found.push_back(*std::move(wait));
    }
    if (!carries) return found;
    for (const auto& open : open_returns(snapshot, entrustment)) {
        if (!open.due || moment.today <= *open.due) continue;
        const auto thing = find_thing(snapshot, entrustment, open.thing);
        found.push_back({Tone::bad,
                         fmt::format("{}の返却の期限（{}）を過ぎています", thing->words(), to_era(*open.due)),
                         "/custody/things/" + open.thing.text()});
    }
    for (const auto& known : things_of(snapshot, entrustment)) {
        const auto below = "/custody/things/" + known.thing.id.text();
        if (known.thing.state == ThingState::lost)
            found.push_back({Tone::bad, fmt::format("{}が所在不明です", known.words()), below});
        else if (known.thing.state == ThingState::kept && known.thing.with == side && !known.thing.place)
            found.push_back({Tone::info, fmt::format("{}の保管場所を記録してください", known.words()), below});
    }
    std::stable_sort(found.begin(), found.end(), [](const Wait& a, const Wait& b) {
        const auto rank = [](Tone tone) { return tone == Tone::bad ? 0 : tone == Tone::caution ? 1 : 2; };
        return rank(a.tone) < rank(b.tone);
    });
    return found;
}

namespace {

void tell_of_requests(const office::Asked& asked)
{
    const auto scope = asked.may(access::actions::kSeeCustody);
    if (!scope) return;
    for (const auto& request : package_requests(asked.snapshot, asked.entrustment)) {
        const auto below = "/custody/requests/" + request.package.id.text();
        if (may_decide_on(request, *scope))
            asked.tell(Tone::caution,
                       fmt::format("暗号化データ「{}」の持出しの申請を確かめてください", request.package.title), below);
        else if (request.maker == scope->staff() &&
                 approval::state_of(request.approval, asked.moment.at) == approval::State::granted)
            asked.tell(Tone::info, fmt::format("暗号化データ「{}」の持出しが承認されました", request.package.title),
                       below);
    }
}

} // namespace

void tell_waiting(const office::Asked& asked)
{
    tell_of_requests(asked);
    const auto scope = asked.may(access::actions::kSeeCustody);
    if (!scope) return;
    for (const auto& wait : waits(asked.snapshot, *scope)) asked.tell(wait.tone, wait.what, wait.below);
}

} // namespace azukari::custody::pages
