#include "vault/finder/identifying.h"

#include "vault/declared/item_shape.h"

#include <array>
#include <optional>

namespace azukari::finder {

using search::Facet;

namespace {

std::optional<Facet> facet_of(std::string_view code)
{
    switch (vault::shape_of(code)) {
    case vault::Shape::name:
        return Facet::name;
    case vault::Shape::kana:
        return Facet::reading;
    case vault::Shape::telephone:
        return Facet::telephone;
    case vault::Shape::email:
        return Facet::mail;
    case vault::Shape::postal_code:
        return Facet::number;
    case vault::Shape::day:
        return code == "birth_date" ? std::optional(Facet::birth) : std::nullopt;
    default:
        break;
    }
    if (code == "address") return Facet::address;
    return code.ends_with("number") ? std::optional(Facet::number) : std::nullopt;
}

} // namespace

search::Person particulars_of(const vault::Vault::Seen& seen)
{
    search::Person person{seen.person.subject, {}};
    for (const auto& [code, value] : seen.values)
        if (const auto facet = facet_of(code)) person.particulars.push_back({*facet, value});
    return person;
}

duplicates::Identity identity_of(const vault::Vault::Seen& seen)
{
    const auto value = [&](std::string_view code) {
        const auto found = seen.values.find(code);
        return found == seen.values.end() ? std::string() : found->second;
    };
    return {seen.person.subject, value("name"),    value("kana"),     value("birth_date"),
            value("sex"),        value("address"), value("telephone")};
}

std::string kinds_of(const search::Query& query)
{
    constexpr std::array<std::string_view, search::kFacets> kCodes = {"name",    "kana",   "birth_date", "telephone",
                                                                      "address", "number", "email"};
    std::array<bool, search::kFacets> asked{};
    for (const auto& term : query.terms) {
        if (term.birth) asked[static_cast<std::size_t>(Facet::birth)] = true;
        for (const auto& needle : term.needles) asked[static_cast<std::size_t>(needle.facet)] = true;
    }
    std::string codes;
    for (std::size_t facet = 0; facet < asked.size(); ++facet)
        if (asked[facet]) codes += (codes.empty() ? "" : "+") + std::string(kCodes[facet]);
    return codes;
}

} // namespace azukari::finder
