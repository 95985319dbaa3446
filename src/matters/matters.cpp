#include "matters/matters.h"

#include "infra/text/definition_file.h"
#include "infra/text/folding.h"
#include "matters/my_number.h"

#include <fmt/format.h>

namespace azukari::matters {
namespace {

// The text without the phrases in which a word says nothing; what remains on both sides does not grow together.
std::string without(std::string text, const std::vector<std::string>& phrases)
{
    for (const auto& phrase : phrases)
        for (auto at = text.find(phrase); at != std::string::npos; at = text.find(phrase, at))
            text.replace(at, phrase.size(), "\n");
    return text;
}

} // namespace

std::string spoken(const std::vector<Finding>& findings)
{
    std::string said;
    for (const auto& finding : findings)
        said += fmt::format("{}「{}」（{}）", said.empty() ? "" : "、", finding.word, finding.name);
    return said;
}

struct Matters::Reading {
    static Result<Matters> all(const text::Definition& file)
    {
        AZK_REQUIRE(file.allow_only({"matters"}));
        AZK_TRY(const auto tables, file.tables_or_none("matters"));
        Matters made;
        for (const auto& table : tables) {
            AZK_TRY(auto matter, one(table));
            made.matters_.push_back(std::move(matter));
        }
        return made;
    }

    static Result<Matter> one(const text::Definition& table)
    {
        AZK_REQUIRE(table.allow_only({"code", "name", "care", "source", "words", "harmless"}));
        Matter matter;
        AZK_TRY(matter.code, table.text("code"));
        AZK_TRY(matter.name, table.text("name"));
        AZK_TRY(const auto care, table.text("care"));
        if (care != "prohibited" && care != "sensitive")
            return tl::unexpected(table.wrong("care", "prohibited か sensitive にしてください。"));
        matter.care = care == "prohibited" ? Care::prohibited : Care::sensitive;
        AZK_TRY(const auto words, table.texts_or_none("words"));
        for (const auto& word : words) {
            auto key = text::comparison_key(word);
            if (key.empty()) return tl::unexpected(table.wrong("words", "空の語があります。"));
            matter.words.push_back({word, std::move(key)});
        }
        AZK_TRY(const auto harmless, table.texts_or_none("harmless"));
        for (const auto& phrase : harmless)
            if (auto key = text::comparison_key(phrase); !key.empty()) matter.harmless.push_back(std::move(key));
        return matter;
    }
};

Result<Matters> Matters::read(const std::string& path)
{
    AZK_TRY(const auto file, text::Definition::read(path));
    return Reading::all(file);
}

Result<Matters> Matters::parse(std::string_view toml, const std::string& name)
{
    AZK_TRY(const auto file, text::Definition::parse(toml, name));
    return Reading::all(file);
}

std::vector<Finding> Matters::find(std::string_view text, Care care) const
{
    std::vector<Finding> found;
    const auto key = text::comparison_key(text);
    for (const auto& matter : matters_) {
        if (matter.care != care) continue;
        const auto searched = without(key, matter.harmless);
        for (const auto& word : matter.words)
            if (searched.find(word.key) != std::string::npos) found.push_back({matter.code, matter.name, word.written});
    }
    if (care == Care::prohibited && holds_my_number(text))
        found.push_back({"my_number", "個人番号（マイナンバー）", "12桁の番号"});
    return found;
}

} // namespace azukari::matters
