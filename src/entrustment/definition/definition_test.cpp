#include "entrustment/definition/definition.h"

#include "entrustment/entrustment_rules.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

namespace azukari::entrustment {
namespace {

const std::string kDirectory = AZK_SOURCE_DIR "/definitions";

std::string file(const std::string& name)
{
    std::ifstream in(kDirectory + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string with(std::string text, const std::string& old_words, const std::string& new_words)
{
    const auto at = text.find(old_words);
    REQUIRE(at != std::string::npos);
    return text.replace(at, old_words.size(), new_words);
}

std::string refusal_of(const std::string& text)
{
    const auto read = read_entrustment(text, "training.toml");
    REQUIRE_FALSE(read.has_value());
    return read.error().sentence();
}

} // namespace

TEST_CASE("the five entrustments of the ward can be read, and both catalogues of provisions [K01] [K05]")
{
    const auto definitions = read_definitions(kDirectory);
    REQUIRE_MESSAGE(definitions.has_value(), definitions.error().sentence());
    std::vector<std::string> codes;
    for (const auto& definition : definitions->entrustments) codes.push_back(definition.current.code);
    CHECK(codes == std::vector<std::string>{"employment", "guidance", "livelihood", "subsidy", "training"});
    CHECK(definitions->catalogues.at("toku21").clauses.size() == 21);
    CHECK(definitions->catalogues.at("toku31").clauses.size() == 31);
    CHECK(definitions->entrustments[1].earlier.has_value());
}

TEST_CASE("a definition written by the register and read again is the same entrustment")
{
    const auto definitions = read_definitions(kDirectory);
    REQUIRE(definitions.has_value());
    for (const auto& definition : definitions->entrustments) {
        const auto text = write_definition(definition.current);
        const auto again = read_entrustment(text, "again.toml");
        REQUIRE_MESSAGE(again.has_value(), again.error().sentence());
        CHECK(*again == definition.current);
        CHECK(write_definition(*again) == text);
    }
}

TEST_CASE("words with quotes, backslashes and line breaks survive being written and read")
{
    auto entrustment = *read_entrustment(file("training.toml"), "training.toml");
    entrustment.outline.purpose = "\"三つの引用符\"\"\" と \\ と 'ひとつ'''\n\n次の行\t終わり";
    entrustment.outline.figures[0].name = "行を\nまたぐ名称";
    const auto again = read_entrustment(write_definition(entrustment), "again.toml");
    REQUIRE_MESSAGE(again.has_value(), again.error().sentence());
    CHECK(*again == entrustment);
}

TEST_CASE("a definition file with an error is refused with file, line, key and what is expected")
{
    const auto good = file("training.toml");
    CHECK(refusal_of(with(good, "holder = ", "holdr = ")) ==
          "training.tomlの40行目：「holder」がありません。保有課を書いてください。");
    CHECK(refusal_of(with(good, "recurring = true", "recurring = \"はい\"")) ==
          "training.tomlの62行目：「recurring」にはtrue 又は falseを書いてください。");
    CHECK(refusal_of(with(good, "[outline]", "[outline]\ncolour = \"赤\"")).find("「colour」という項目はありません") !=
          std::string::npos);
    CHECK(refusal_of(with(good, "end = 2020-03-31", "end = 2018-03-31"))
              .find("行目：「parts[0].term.end」を確かめてください。期限は開始日以後の日にしてください。") !=
          std::string::npos);
    CHECK(refusal_of(with(good, "origins = [\"collected\"]", "origins = [\"guessed\"]")).find("origins") !=
          std::string::npos);
    CHECK(refusal_of("code = ").find("training.tomlの1行目：TOMLとして読めません") == 0);
    CHECK(refusal_of(std::string(kLongestDefinition + 1, '#')).find("大きすぎます") != std::string::npos);
}

TEST_CASE("an item with a condition that is not written, and a total that does not add up, are refused [K02]")
{
    CHECK(refusal_of(with(file("training.toml"), "note = 1", "note = 9")).find("※9の条件がありません") !=
          std::string::npos);
    const auto guidance = read_entrustment(with(file("guidance.toml"), "number = 4413", "number = 4414"), "g.toml");
    REQUIRE_FALSE(guidance.has_value());
    CHECK(guidance.error().sentence().find("合計が内訳の和（4413）と一致しません") != std::string::npos);
}

TEST_CASE("a directory without definitions is refused by name")
{
    const auto none = read_definitions("/nonexistent");
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().sentence() == "/nonexistentに委託の定義ファイル（.toml）がありません。");
}

} // namespace azukari::entrustment
