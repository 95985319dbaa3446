// Identifiers: 16 bytes in the order of time (UUIDv7, RFC 9562), one type per noun, so that two cannot be confused.
#pragma once

#include "base/bytes.h"
#include "base/instant.h"
#include "base/random.h"

#include <array>
#include <compare>
#include <functional>
#include <optional>

namespace azukari {

using IdBytes = std::array<std::uint8_t, 16>;

std::string to_uuid_text(const IdBytes& bytes); // lower case, with dashes
std::optional<IdBytes> from_uuid_text(std::string_view text);

template <class Noun>
class Id {
public:
    constexpr explicit Id(const IdBytes& bytes) : bytes_(bytes) {}
    static std::optional<Id> parse(std::string_view text)
    {
        const auto bytes = from_uuid_text(text);
        return bytes ? std::optional<Id>(Id(*bytes)) : std::nullopt;
    }
    static std::optional<Id> from(ByteView bytes)
    {
        if (bytes.size() != 16) return std::nullopt;
        IdBytes copy{};
        std::copy(bytes.begin(), bytes.end(), copy.begin());
        return Id(copy);
    }
    const IdBytes& bytes() const { return bytes_; }
    std::string text() const { return to_uuid_text(bytes_); }
    auto operator<=>(const Id&) const = default;

private:
    IdBytes bytes_;
};

// Mints ids for one moment.
class IdSource {
public:
    IdSource(Instant at, Entropy& entropy) : at_(at), entropy_(entropy) {}
    template <class Noun>
    Id<Noun> next()
    {
        return Id<Noun>(mint());
    }

private:
    IdBytes mint();
    Instant at_;
    Entropy& entropy_;
};

// Nouns that several rooms speak of.
using EntrustmentId = Id<struct EntrustmentNoun>;
using AccountId = Id<struct AccountNoun>;
using StaffId = Id<struct StaffNoun>; // a person who works for the ward or a contractor
using OrganisationId = Id<struct OrganisationNoun>;
using SubjectId = Id<struct SubjectNoun>; // 本人: a resident whose information is held

} // namespace azukari

template <class Noun>
struct std::hash<azukari::Id<Noun>> {
    std::size_t operator()(const azukari::Id<Noun>& id) const
    {
        return std::hash<std::string_view>()(azukari::as_text(id.bytes()));
    }
};
