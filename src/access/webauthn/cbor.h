// CBOR (RFC 8949) as far as authenticators speak it (CTAP2 canonical form): whole numbers, byte and text strings,
// lists, maps, true and false. Everything else is malformed: longer forms than needed, indefinite lengths, floats,
// tags, two equal keys, deep nesting.
#pragma once

#include "base/bytes.h"

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace azukari::webauthn {

struct CborItem;
using CborList = std::vector<CborItem>;
struct CborMap { // keys[i] has values[i]
    CborList keys, values;

    std::size_t size() const;
    bool empty() const { return size() == 0; }
};

// Views into the bytes that were parsed.
struct CborItem {
    std::variant<bool, std::int64_t, ByteView, std::string_view, CborList, CborMap> value;

    template <class T>
    const T* as() const
    {
        return std::get_if<T>(&value);
    }
    // The member of a map; nullptr when this is no map or has none.
    const CborItem* member(std::int64_t key) const;
    const CborItem* member(std::string_view key) const;
};

// The first item of `in`, which moves behind it.
std::optional<CborItem> take_cbor(ByteView& in);
// One item and nothing after it.
std::optional<CborItem> parse_cbor(ByteView in);

} // namespace azukari::webauthn
