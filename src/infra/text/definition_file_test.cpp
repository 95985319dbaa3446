#include "infra/text/definition_file.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::text;

namespace {

Definition parsed(std::string_view text)
{
    return Definition::parse(text, "layout.toml").value();
}

} // namespace

TEST_CASE("what a definition says is read with its type")
{
    const auto file = parsed("title = '利用券'\nat = [20, 30.5]\nissued = 2022-05-16\n[[row]]\nbold = true\n");
    CHECK(file.text("title").value() == "利用券");
    CHECK(file.numbers("at", 2).value() == std::vector<double>{20, 30.5});
    CHECK(file.date("issued").value() == CivilDate::parse("2022-05-16").value());
    CHECK(file.tables_or_none("row").value().at(0).flag_or("bold", false).value());
    CHECK(file.text_or("face", "mincho").value() == "mincho");
}

TEST_CASE("an error in a definition names the file, the line and what was expected")
{
    CHECK(Definition::parse("a = \n", "layout.toml").error().sentence().starts_with("layout.toml:1行目: TOML"));
    const auto file = parsed("title = '利用券'\nat = [20]\nsiez = 3\n");
    CHECK(file.number("title").error().sentence() == "layout.toml:1行目: title に数値が必要です");
    CHECK(file.numbers("at", 2).error().sentence() == "layout.toml:2行目: at に数値が2個必要です");
    CHECK(file.allow_only({"title", "at", "size"}).error().sentence() ==
          "layout.toml:3行目: siez は知らない項目です(綴りを確かめてください)");
    CHECK(Definition::read("/nowhere/layout.toml").error().is(kNoDefinition));
}
