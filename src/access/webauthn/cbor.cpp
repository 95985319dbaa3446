#include "access/webauthn/cbor.h"

#include <algorithm>
#include <limits>

namespace azukari::webauthn {
namespace {

constexpr int kDeepest = 4; // CTAP2, section 8

struct Head {
    unsigned kind; // major type
    std::uint64_t number;
};

std::optional<Head> take_head(ByteView& in)
{
    if (in.empty()) return std::nullopt;
    const unsigned kind = in[0] >> 5U;
    const unsigned extra = in[0] & 0x1FU;
    if (extra > 27) return std::nullopt;
    const std::size_t length = extra < 24 ? 0 : std::size_t{1} << (extra - 24);
    if (in.size() < 1 + length) return std::nullopt;
    std::uint64_t number = length == 0 ? extra : 0;
    for (std::size_t i = 1; i <= length; ++i) number = number << 8U | in[i];
    in = in.subspan(1 + length);
    if (kind == 7) return length == 0 ? std::optional(Head{kind, number}) : std::nullopt;
    // The shortest form only.
    constexpr std::uint64_t kSmallest[] = {0, 24, 0x100, 0, 0x10000, 0, 0, 0, 0x100000000};
    if (number < kSmallest[length]) return std::nullopt;
    return Head{kind, number};
}

bool same(const CborItem& a, const CborItem& b)
{
    if (const auto* x = a.as<std::int64_t>()) return b.as<std::int64_t>() && *x == *b.as<std::int64_t>();
    if (const auto* x = a.as<std::string_view>()) return b.as<std::string_view>() && *x == *b.as<std::string_view>();
    return false;
}

std::optional<CborItem> take(ByteView& in, int depth);

std::optional<CborItem> take_list(ByteView& in, std::uint64_t count, int depth)
{
    CborList list;
    if (count > in.size()) return std::nullopt;
    for (std::uint64_t i = 0; i < count; ++i) {
        auto item = take(in, depth);
        if (!item) return std::nullopt;
        list.push_back(std::move(*item));
    }
    return CborItem{std::move(list)};
}

std::optional<CborItem> take_map(ByteView& in, std::uint64_t count, int depth)
{
    CborMap map;
    if (count > in.size() / 2 || count > 64) return std::nullopt;
    for (std::uint64_t i = 0; i < count; ++i) {
        auto key = take(in, depth);
        if (!key || !(key->as<std::int64_t>() || key->as<std::string_view>())) return std::nullopt;
        for (const auto& other : map.keys)
            if (same(other, *key)) return std::nullopt;
        auto value = take(in, depth);
        if (!value) return std::nullopt;
        map.keys.push_back(std::move(*key));
        map.values.push_back(std::move(*value));
    }
    return CborItem{std::move(map)};
}

std::optional<CborItem> take(ByteView& in, int depth)
{
    const auto head = take_head(in);
    if (!head) return std::nullopt;
    const auto number = head->number;
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    switch (head->kind) {
    case 0:
        if (number > kMost) return std::nullopt;
        return CborItem{static_cast<std::int64_t>(number)};
    case 1:
        if (number > kMost) return std::nullopt;
        return CborItem{-1 - static_cast<std::int64_t>(number)};
    case 2:
    case 3: {
        if (number > in.size()) return std::nullopt;
        const auto bytes = in.first(static_cast<std::size_t>(number));
        in = in.subspan(bytes.size());
        return head->kind == 2 ? CborItem{bytes} : CborItem{as_text(bytes)};
    }
    case 4:
        return depth == 0 ? std::nullopt : take_list(in, number, depth - 1);
    case 5:
        return depth == 0 ? std::nullopt : take_map(in, number, depth - 1);
    case 7:
        if (number == 20 || number == 21) return CborItem{number == 21};
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

template <class Key>
const CborItem* find(const CborItem& item, const Key& key)
{
    const auto* map = item.as<CborMap>();
    if (map == nullptr) return nullptr;
    const auto found = std::find_if(map->keys.begin(), map->keys.end(), [&](const CborItem& other) {
        const auto* name = other.as<Key>();
        return name != nullptr && *name == key;
    });
    return found == map->keys.end() ? nullptr : &map->values[static_cast<std::size_t>(found - map->keys.begin())];
}

} // namespace

std::size_t CborMap::size() const
{
    return keys.size();
}

const CborItem* CborItem::member(std::int64_t key) const
{
    return find(*this, key);
}
const CborItem* CborItem::member(std::string_view key) const
{
    return find(*this, key);
}

std::optional<CborItem> take_cbor(ByteView& in)
{
    return take(in, kDeepest);
}

std::optional<CborItem> parse_cbor(ByteView in)
{
    auto item = take_cbor(in);
    return in.empty() ? std::move(item) : std::nullopt;
}

} // namespace azukari::webauthn
