#include "infra/text/notation/kanji_variants.h"

#include "infra/text/definition_file.h"
#include "infra/text/utf8.h"

#include <fmt/format.h>

namespace azukari::text {

namespace {

using Table = std::unordered_map<char32_t, char32_t>;

Result<Table> read_groups(const Definition& file, std::string_view key)
{
    AZK_TRY(const auto groups, file.texts_or_none(key));
    Table table;
    for (const auto& group : groups) {
        std::size_t members = 0;
        char32_t first = 0;
        for (std::size_t at = 0; at < group.size(); ++members) {
            const char32_t c = next_code_point(group, at);
            if (c == kNoCharacter || c < 0x80)
                return tl::unexpected(file.wrong(key, fmt::format("の「{}」に漢字でない文字があります", group)));
            if (members == 0) first = c;
            if (!table.emplace(c, first).second)
                return tl::unexpected(file.wrong(key, fmt::format("の「{}」に、ほかの並びと同じ字があります", group)));
        }
        if (members < 2)
            return tl::unexpected(file.wrong(key, fmt::format("の「{}」は二字以上の並びにしてください", group)));
    }
    std::erase_if(table, [](const auto& entry) { return entry.first == entry.second; });
    return table;
}

} // namespace

Result<KanjiVariants> KanjiVariants::of(const Definition& file)
{
    AZK_REQUIRE(file.allow_only({"same", "near"}));
    KanjiVariants variants;
    AZK_TRY(variants.same_, read_groups(file, "same"));
    AZK_TRY(variants.near_, read_groups(file, "near"));
    for (const auto& [form, first] : variants.near_)
        if (variants.same_.contains(form) || variants.same_.contains(first))
            return tl::unexpected(file.wrong("near", "に、same で別の字に読み替える字があります"));
    return variants;
}

} // namespace azukari::text
