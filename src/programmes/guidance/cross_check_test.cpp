#include "programmes/guidance/cross_check.h"

#include "programmes/guidance/sample_recipients.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::guidance;

namespace {

const RecipientLayout& layout()
{
    static const auto read =
        RecipientLayout::read(AZK_SOURCE_DIR "/definitions/layouts/guidance/recipients.toml").value();
    return read;
}

const stratification::RuleBook& book()
{
    static const auto read = stratification::RuleBook::read(AZK_SOURCE_DIR "/definitions/stratification").value();
    return read;
}

std::vector<Difference> differences_in(std::string_view bytes)
{
    const CrossCheck check(layout(), book());
    text::TextSource source(bytes);
    auto file = RecipientFile::open(source, layout()).value();
    std::vector<Difference> found;
    std::vector<BadCell> bad;
    Recipient recipient;
    while (file.next(recipient, bad).value())
        if (const auto difference = check.of(recipient)) found.push_back(*difference);
    REQUIRE(bad.empty());
    return found;
}

std::string sample(std::size_t count, std::size_t differences)
{
    std::string bytes;
    write_sample_recipients(layout(), {.count = count, .differences = differences},
                            [&](std::string_view more) { bytes += more; });
    return bytes;
}

// One person with a wide waist and two added risks, put among `kind` and `level` by the ward.
Recipient person(std::string_view kind, std::string_view level)
{
    static constexpr std::pair<std::string_view, std::string_view> kValues[] = {
        {"sex", "男"},           {"born", "19751210"},     {"checkup_date", "20210815"},
        {"waist", "97.6"},       {"bmi", "28.6"},          {"systolic", "158"},
        {"diastolic", "81"},     {"triglycerides", "324"}, {"hdl", "48"},
        {"glucose", "97"},       {"hba1c", "4.7"},         {"medicine_pressure", "2"},
        {"medicine_sugar", "2"}, {"medicine_lipids", "2"}, {"smoking", "2"}};
    Recipient recipient;
    recipient.clear(7);
    for (const auto& column : layout().columns()) {
        std::string_view value;
        for (const auto& [id, known] : kValues)
            if (column.id == id) value = known;
        if (column.id == "kind") value = kind;
        if (column.id == "level") value = level;
        recipient.add(value);
    }
    return recipient;
}

} // namespace

TEST_CASE("exactly the people whose results are not those of the ward's word are found among 4,413 [G2]")
{
    std::vector<std::size_t> planted;
    std::string bytes;
    planted = write_sample_recipients(layout(), {.differences = 11}, [&](std::string_view more) { bytes += more; });
    REQUIRE(planted.size() == 11);
    const auto found = differences_in(bytes);
    std::vector<std::size_t> lines;
    for (const auto& difference : found) {
        lines.push_back(difference.line);
        CHECK_FALSE(difference.not_judged);
        CHECK(difference.ward != difference.rule);
    }
    CHECK(lines == planted);
    CHECK(differences_in(sample(4413, 0)).empty());
}

TEST_CASE("the ward's word beside the rule's, with why, and never a value [G2]")
{
    const CrossCheck check(layout(), book());
    CHECK_FALSE(check.of(person("特定保健指導", "積極的支援")));
    const auto found = check.of(person("特定保健指導", "動機付け支援"));
    REQUIRE(found);
    CHECK(found->sentence() == "7行目 区「動機付け支援」 基準「積極的支援」: 内臓脂肪は腹囲で該当。追加リスクは2つ。");
}

TEST_CASE("of the ward's own kinds only what is certain is told: that somebody is a target of 特定保健指導 [G2]")
{
    const CrossCheck check(layout(), book());
    const auto found = check.of(person("非肥満保健指導", ""));
    REQUIRE(found);
    CHECK(found->ward == "非肥満保健指導");
    CHECK(found->rule == "積極的支援");
    CHECK(check.of(person("健康相談", "")));
    CHECK_FALSE(check.of(person("受診勧奨通知", "")));
}

TEST_CASE(
    "with results the layout does not carry, 特定保健指導 is told not to have been judged, other kinds nothing [G2]")
{
    const auto bare = RecipientLayout::parse("name = 'x'\nmaximum_rows = 9\n"
                                             "[[column]]\nid = 'kind'\nheader = 'a'\nitem = 'i'\nkind = 'choice'\n"
                                             "choices = ['特定保健指導', '非肥満保健指導']\nrequired = 'always'\n"
                                             "[[column]]\nid = 'level'\nheader = 'b'\nitem = 'i'\nkind = 'choice'\n"
                                             "choices = ['積極的支援']\nrequired = 'optional'\n",
                                             "bare.toml")
                          .value();
    const CrossCheck check(bare, book());
    Recipient recipient;
    recipient.clear(2);
    recipient.add("特定保健指導");
    recipient.add("積極的支援");
    const auto found = check.of(recipient);
    REQUIRE(found);
    CHECK(found->rule == "判定不能");
    CHECK(found->not_judged);
    recipient.clear(3);
    recipient.add("非肥満保健指導");
    recipient.add("");
    CHECK_FALSE(check.of(recipient));
}
