#include "custody/custody.h"

#include <algorithm>

namespace azukari::custody {
namespace {

template <class All, class IdType>
auto find_in(All& all, IdType id) -> decltype(all.data())
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.id == id; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace

const Thing* Custody::thing(ThingId id) const
{
    return find_in(things, id);
}

Thing* Custody::thing(ThingId id)
{
    return find_in(things, id);
}

const Place* Custody::place(PlaceId id) const
{
    return find_in(places, id);
}

const HandOver* Custody::hand_over(HandOverId id) const
{
    return find_in(hand_overs, id);
}

HandOver* Custody::hand_over(HandOverId id)
{
    return find_in(hand_overs, id);
}

const Lend* Custody::open_lend(ThingId id) const
{
    const auto found =
        std::find_if(lends.begin(), lends.end(), [&](const Lend& lend) { return lend.thing == id && !lend.returned; });
    return found == lends.end() ? nullptr : &*found;
}

std::string_view japanese(Side side)
{
    return side == Side::ward ? "区" : "受託者";
}

std::string_view japanese(ThingKind kind)
{
    switch (kind) {
    case ThingKind::medium:
        return "電磁的媒体";
    case ThingKind::notice:
        return "パスワード通知書";
    case ThingKind::paper:
        return "紙媒体";
    }
    return {};
}

std::string_view japanese(ThingState state)
{
    switch (state) {
    case ThingState::kept:
        return "保管中";
    case ThingState::moving:
        return "受渡し中";
    case ThingState::lost:
        return "所在不明";
    case ThingState::destroyed:
        return "廃棄済み";
    }
    return {};
}

std::string_view japanese(Purpose purpose)
{
    switch (purpose) {
    case Purpose::provide:
        return "提供";
    case Purpose::deliver:
        return "納品";
    case Purpose::give_back:
        return "返却";
    case Purpose::lend:
        return "その他";
    }
    return {};
}

std::string_view japanese(HandOverState state)
{
    switch (state) {
    case HandOverState::open:
        return "未確認";
    case HandOverState::confirmed:
        return "双方が確認済み";
    case HandOverState::disputed:
        return "相違あり";
    case HandOverState::withdrawn:
        return "取消し";
    }
    return {};
}

} // namespace azukari::custody
