#include "programmes/guidance/sealing/balance.h"

#include "programmes/guidance/sealing/sealing_refusals.h"

#include <fmt/format.h>

namespace azukari::guidance {
namespace {

// Places in which a letter may stay when the counts are closed.
constexpr bool is_final(Place place)
{
    return place == Place::boxed || place == Place::left_out || place == Place::taken_out || place == Place::held_back;
}

} // namespace

std::int64_t CategoryBalance::printed() const
{
    return received - of(Place::left_out) - of(Place::held_back) - of(Place::to_print);
}

std::vector<CategoryBalance> balance_of(std::span<const Letter> letters)
{
    std::vector<CategoryBalance> all;
    for (const auto& facts : kCategories) {
        CategoryBalance one{facts.category};
        for (const auto& letter : letters) {
            if (letter.envelope.category != facts.slug) continue;
            ++one.received;
            ++one.at[static_cast<std::size_t>(place_of(letter.envelope, letter.standing))];
        }
        if (one.received > 0) all.push_back(one);
    }
    return all;
}

std::vector<std::string> still_open(std::span<const CategoryBalance> balance)
{
    std::vector<std::string> open;
    for (const auto& one : balance)
        for (std::size_t i = 0; i < kPlaces; ++i) {
            const auto place = static_cast<Place>(i);
            if (!is_final(place) && one.of(place) > 0)
                open.push_back(fmt::format("{} {} {}通", facts_of(one.category).title, japanese(place), one.of(place)));
        }
    return open;
}

} // namespace azukari::guidance
