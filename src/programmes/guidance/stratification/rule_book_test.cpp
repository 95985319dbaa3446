#include "programmes/guidance/stratification/rule_book.h"

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

using namespace azukari;
using namespace azukari::guidance::stratification;

namespace {

std::string text_of(const std::string& name)
{
    std::ifstream in(AZK_SOURCE_DIR "/definitions/stratification/" + name);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string changed(std::string text, std::string_view from, std::string_view to)
{
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("the periods of the nation's rule follow on each other without a gap or an overlap [G2]")
{
    const auto book = RuleBook::read(AZK_SOURCE_DIR "/definitions/stratification").value();
    REQUIRE(book.sets().size() == 2);
    CHECK(book.sets()[0].until.plus_days(1) == book.sets()[1].from);
    const auto old = RuleSet::parse(text_of("fy2018.toml"), "fy2018.toml").value();
    const auto again = RuleSet::parse(changed(text_of("fy2024.toml"), "2024-04-01", "2024-03-31"), "new.toml").value();
    CHECK(RuleBook::of({old, again}).error().is(kOverlap));
    CHECK(RuleBook::read("/nowhere").error().is(kNoRuleSet));
}

TEST_CASE("a mistake in the rule's definition is named by file and line")
{
    const auto sentence = [](std::string_view from, std::string_view to) {
        return RuleSet::parse(changed(text_of("fy2018.toml"), from, to), "fy2018.toml").error().sentence();
    };
    CHECK(sentence("systolic = 130", "sistolic = 130").find("sistolic は知らない項目です") != std::string::npos);
    CHECK(sentence("bmi = 25", "bmi = \"25\"").find("bmi に数値が必要です") != std::string::npos);
    CHECK(sentence("\"hba1c\", \"casual\"", "\"hba1c\", \"hba1c\"").find("order は") != std::string::npos);
    CHECK(sentence("counts = [\"1\"]", "counts = [\"9\"]").find("known にも要ります") != std::string::npos);
    CHECK(sentence("until = 2024-03-31", "until = 2017-03-31").find("until は from より前") != std::string::npos);
    CHECK(sentence("[support]", "[suport]").starts_with("fy2018.toml:"));
}
