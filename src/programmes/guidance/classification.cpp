#include "programmes/guidance/classification.h"

namespace azukari::guidance {

std::optional<Category> category_with_slug(std::string_view slug)
{
    for (const auto& facts : kCategories)
        if (facts.slug == slug) return facts.category;
    return std::nullopt;
}

std::optional<Category> classify(std::string_view kind, std::string_view level)
{
    for (const auto& facts : kCategories)
        if (facts.kind == kind && facts.level == level) return facts.category;
    return std::nullopt;
}

} // namespace azukari::guidance
