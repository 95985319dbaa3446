#include "programmes/guidance/sealing/inserts.h"

#include "infra/text/definition_file.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::guidance {

Result<InsertRecipes> InsertRecipes::read(const std::string& directory)
{
    AZK_TRY(const auto file, text::Definition::read(directory + "/inserts.toml"));
    AZK_REQUIRE(file.allow_only({"insert", "recipes"}));
    InsertRecipes all;
    AZK_TRY(const auto inserts, file.tables_or_none("insert"));
    for (const auto& table : inserts) {
        AZK_REQUIRE(table.allow_only({"id", "mark", "name"}));
        Insert insert;
        AZK_TRY(insert.id, table.text("id"));
        AZK_TRY(insert.mark, table.text("mark"));
        AZK_TRY(insert.name, table.text("name"));
        if (all.find(insert.id) != nullptr) return tl::unexpected(table.wrong("id", "が2回使われています"));
        all.inserts_.push_back(std::move(insert));
    }
    AZK_TRY(const auto recipes, file.table("recipes"));
    for (const auto& key : recipes.keys())
        if (!category_with_slug(key)) return tl::unexpected(recipes.wrong(key, "は対象者区分ではありません"));
    for (const auto& facts : kCategories) {
        const std::string slug(facts.slug);
        if (!recipes.has(slug)) return tl::unexpected(file.wrong("recipes", fmt::format("に {} がありません", slug)));
        AZK_TRY(const auto ids, recipes.texts_or_none(slug));
        for (const auto& id : ids) {
            const auto* found = all.find(id);
            if (found == nullptr)
                return tl::unexpected(recipes.wrong(slug, fmt::format("の「{}」という封入物はありません", id)));
            all.recipes_[static_cast<std::size_t>(facts.category)].push_back(
                static_cast<std::size_t>(found - all.inserts_.data()));
        }
    }
    return all;
}

const Insert* InsertRecipes::find(std::string_view id) const
{
    const auto found = std::ranges::find(inserts_, id, &Insert::id);
    return found == inserts_.end() ? nullptr : &*found;
}

} // namespace azukari::guidance
