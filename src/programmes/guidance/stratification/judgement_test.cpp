#include "programmes/guidance/stratification/judgement.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::guidance::stratification;

namespace {

const RuleBook& book()
{
    static const auto read = RuleBook::read(AZK_SOURCE_DIR "/definitions/stratification").value();
    return read;
}

CivilDate day(std::string_view iso)
{
    return CivilDate::parse(iso).value();
}

// A man of 50 with a narrow waist and nothing over a limit, seen in fiscal 2021.
Checkup man()
{
    Checkup checkup{.on = day("2021-08-15"), .born = day("1971-06-01")};
    checkup[Measure::waist] = 84.9;
    checkup[Measure::bmi] = 24.9;
    checkup[Measure::systolic] = 129;
    checkup[Measure::diastolic] = 84;
    checkup[Measure::triglycerides] = 149;
    checkup[Measure::hdl] = 40;
    checkup[Measure::fasting_glucose] = 99;
    checkup.medicines = {"2", "2", "2"};
    checkup.smoking = "2";
    return checkup;
}

// With so many of blood pressure, lipids and sugar over their limits.
Checkup with_risks(Checkup checkup, int risks)
{
    if (risks > 0) checkup[Measure::systolic] = 130;
    if (risks > 1) checkup[Measure::hdl] = 39;
    if (risks > 2) checkup[Measure::fasting_glucose] = 100;
    return checkup;
}

Checkup wide(Checkup checkup)
{
    checkup[Measure::waist] = checkup.female ? 90 : 85;
    return checkup;
}

Checkup heavy(Checkup checkup)
{
    checkup[Measure::bmi] = 25;
    return checkup;
}

Checkup smoking(Checkup checkup)
{
    checkup.smoking = "1";
    return checkup;
}

Checkup without(Checkup checkup, Measure measure)
{
    checkup[measure].reset();
    return checkup;
}

Level level_of(const Checkup& checkup)
{
    return judge(book(), checkup).level;
}

} // namespace

TEST_CASE("the nation's table of waist, BMI, added risks and smoking gives its levels [G2]")
{
    constexpr auto A = Level::active, M = Level::motivational, N = Level::none;
    const struct {
        int risks;
        bool smokes;
        Level by_waist, by_bmi;
    } kTable[] = {{3, true, A, A}, {3, false, A, A}, {2, true, A, A}, {2, false, A, M},
                  {1, true, A, M}, {1, false, M, M}, {0, true, N, N}, {0, false, N, N}};
    for (const auto& row : kTable) {
        CAPTURE(row.risks);
        CAPTURE(row.smokes);
        const auto person = row.smokes ? smoking(with_risks(man(), row.risks)) : with_risks(man(), row.risks);
        CHECK(level_of(wide(person)) == row.by_waist);
        CHECK(level_of(wide(heavy(person))) == row.by_waist);
        CHECK(level_of(heavy(person)) == row.by_bmi);
        CHECK(level_of(person) == N); // neither wide nor heavy
    }
}

TEST_CASE("each limit of the rule counts from its very value [G2]")
{
    const auto counts = [](Measure measure, double value) {
        auto person = wide(man());
        person[measure] = value;
        return level_of(person) == Level::motivational;
    };
    CHECK_FALSE(counts(Measure::systolic, 129));
    CHECK(counts(Measure::systolic, 130));
    CHECK_FALSE(counts(Measure::diastolic, 84));
    CHECK(counts(Measure::diastolic, 85));
    CHECK_FALSE(counts(Measure::triglycerides, 149));
    CHECK(counts(Measure::triglycerides, 150));
    CHECK(counts(Measure::hdl, 39));
    CHECK_FALSE(counts(Measure::hdl, 40));
    CHECK_FALSE(counts(Measure::fasting_glucose, 99));
    CHECK(counts(Measure::fasting_glucose, 100));

    auto woman = with_risks(man(), 1);
    woman.female = true;
    woman[Measure::waist] = 89.9;
    CHECK(level_of(woman) == Level::none);
    woman[Measure::waist] = 90;
    CHECK(level_of(woman) == Level::motivational);
    woman[Measure::waist].reset();
    woman[Measure::visceral_fat_area] = 100;
    CHECK(level_of(woman) == Level::motivational);
    woman[Measure::visceral_fat_area] = 99;
    CHECK(level_of(woman) == Level::none);
    CHECK(level_of(heavy(woman)) == Level::motivational);
}

TEST_CASE("whoever takes one of the three medicines is no target, whatever the results [G2]")
{
    for (std::size_t i = 0; i < 3; ++i) {
        auto person = wide(with_risks(man(), 3));
        person.medicines[i] = "1";
        CHECK(level_of(person) == Level::none);
        for (std::size_t other = 0; other < 3; ++other)
            if (other != i) person.medicines[other].clear();
        CHECK(level_of(person) == Level::none); // one that is taken is enough
    }
    auto later = wide(with_risks(man(), 3));
    later.reconfirmed = "2"; // began after the check-up
    CHECK(level_of(later) == Level::none);
}

TEST_CASE("fasting glucose goes before HbA1c, and where they differ the reason says so [G2]")
{
    auto person = wide(with_risks(man(), 1));
    person[Measure::hba1c] = 6.0;
    const auto by_fasting = judge(book(), person);
    CHECK(by_fasting.level == Level::motivational); // 99 mg/dL decides
    CHECK(by_fasting.reason().find("血糖は測り方によって判定が分かれ") != std::string::npos);
    CHECK(level_of(without(person, Measure::fasting_glucose)) == Level::active);

    auto other_rule = book().sets().front();
    other_rule.first_sugar_decides = false;
    CHECK(judge(other_rule, person).level == Level::active);
    CHECK(judge(other_rule, person).reason().find("測り方") == std::string::npos);

    auto casual = without(person, Measure::fasting_glucose);
    casual[Measure::hba1c].reset();
    casual[Measure::casual_glucose] = 100;
    CHECK(level_of(casual) == Level::active);
    casual.drawn = Drawn::just_eaten; // no use as a casual sample
    CHECK(level_of(casual) == Level::not_judgeable);
}

TEST_CASE(
    "from 65 at the fiscal year's end on, active support becomes motivational; a birth on 1 April is younger [G2]")
{
    auto person = wide(with_risks(man(), 3));
    person.born = day("1957-03-31"); // 65 on 2022-03-31
    CHECK(level_of(person) == Level::motivational);
    CHECK(judge(book(), person).reason().find("65歳以上") != std::string::npos);
    person.born = day("1957-04-01"); // 64 on 2022-03-31
    CHECK(level_of(person) == Level::active);
    person.born = day("1957-04-02");
    CHECK(level_of(person) == Level::active);
    // The day of the check-up does not matter within the year: 64 in June, 65 in March.
    person.born = day("1957-03-01");
    person.on = day("2021-06-01");
    CHECK(level_of(person) == Level::motivational);
}

TEST_CASE("who is not yet 40 at the year's end, or has had the 75th birthday, is no target [G2]")
{
    auto person = wide(with_risks(man(), 3));
    person.born = day("1982-04-01"); // 39 on 2022-03-31
    CHECK(level_of(person) == Level::none);
    person.born = day("1982-03-31");
    CHECK(level_of(person) == Level::active);
    person.born = day("1946-08-16"); // 75 on the day after the check-up
    CHECK(level_of(person) == Level::motivational);
    person.born = day("1946-08-15");
    CHECK(level_of(person) == Level::none);
}

TEST_CASE("what is missing leaves the level open only where it would change it [G2]")
{
    const auto missing = [](const Checkup& checkup) { return judge(book(), checkup).reason(); };
    // 腹囲
    CHECK(level_of(without(with_risks(man(), 1), Measure::waist)) == Level::not_judgeable);
    CHECK(missing(without(with_risks(man(), 1), Measure::waist)).find("腹囲") != std::string::npos);
    CHECK(level_of(without(heavy(with_risks(man(), 3)), Measure::waist)) == Level::active);
    CHECK(level_of(without(man(), Measure::waist)) == Level::none); // no added risk
    // BMI: asked for only where the waist does not decide; height and weight give it
    auto no_bmi = without(with_risks(man(), 1), Measure::bmi);
    CHECK(level_of(no_bmi) == Level::not_judgeable);
    CHECK(level_of(wide(no_bmi)) == Level::motivational);
    no_bmi[Measure::height] = 160;
    no_bmi[Measure::weight] = 64; // 25.0
    CHECK(level_of(no_bmi) == Level::motivational);
    no_bmi[Measure::weight] = 63.7; // 24.9
    CHECK(level_of(no_bmi) == Level::none);
    // 喫煙
    auto silent = with_risks(man(), 1);
    silent.smoking.clear();
    CHECK(level_of(wide(silent)) == Level::not_judgeable);
    CHECK(missing(wide(silent)).find("喫煙") != std::string::npos);
    CHECK(level_of(heavy(silent)) == Level::motivational); // smoking makes no difference here
    silent.born = day("1955-01-01");
    CHECK(level_of(wide(silent)) == Level::motivational); // nor from 65 on
    CHECK(level_of(wide(with_risks(silent, 2))) == Level::motivational);
    // 服薬
    auto unasked = wide(with_risks(man(), 1));
    unasked.medicines[1].clear();
    CHECK(level_of(unasked) == Level::not_judgeable);
    CHECK(missing(unasked).find("服薬") != std::string::npos);
    unasked = man();
    unasked.medicines = {};
    CHECK(level_of(unasked) == Level::none);
    // one of the three groups
    CHECK(level_of(without(wide(with_risks(man(), 1)), Measure::fasting_glucose)) == Level::not_judgeable);
    CHECK(level_of(without(wide(with_risks(man(), 2)), Measure::fasting_glucose)) == Level::active);
    CHECK(level_of(without(wide(man()), Measure::hdl)) == Level::not_judgeable);
    auto fat = wide(man());
    fat[Measure::triglycerides] = 150;
    CHECK(level_of(without(fat, Measure::hdl)) == Level::motivational);
    auto half = without(wide(man()), Measure::systolic);
    CHECK(level_of(half) == Level::not_judgeable);
    half[Measure::diastolic] = 85;
    CHECK(level_of(half) == Level::motivational);
}

TEST_CASE("the day of the check-up chooses the rules, and an old year keeps its own [G2]")
{
    // 前期: one value, 150. 第4期: 150 fasting, 175 casual; what is between and not said is open.
    auto person = wide(man());
    person[Measure::triglycerides] = 160;
    CHECK(level_of(person) == Level::motivational);
    person.on = day("2024-03-31");
    CHECK(level_of(person) == Level::motivational);
    person.on = day("2024-04-01");
    CHECK(level_of(person) == Level::not_judgeable);
    person.drawn = Drawn::casual;
    CHECK(level_of(person) == Level::none);
    person.drawn = Drawn::fasting;
    CHECK(level_of(person) == Level::motivational);
    person.drawn = Drawn::unknown;
    person[Measure::triglycerides] = 175;
    CHECK(level_of(person) == Level::motivational);
    person[Measure::triglycerides].reset();
    person[Measure::casual_triglycerides] = 174;
    CHECK(level_of(person) == Level::none);
    person[Measure::casual_triglycerides] = 175;
    CHECK(level_of(person) == Level::motivational);

    // 喫煙: code 2 is "no longer" in the new questionnaire, 3 is a no that the old one does not have.
    auto former = wide(with_risks(man(), 1));
    former.smoking = "3";
    CHECK(level_of(former) == Level::not_judgeable);
    former.on = day("2025-06-01");
    CHECK(level_of(former) == Level::motivational);
    former.smoking = "2";
    CHECK(level_of(former) == Level::motivational);
    former.smoking = "1";
    CHECK(level_of(former) == Level::active);

    former.on = day("2018-03-31");
    CHECK(level_of(former) == Level::not_judgeable);
    CHECK(judge(book(), former).reason().find("基準が、定義にない") != std::string::npos);
}

TEST_CASE("a reason tells steps and counts, never a value of the person")
{
    auto person = smoking(wide(with_risks(man(), 2)));
    person[Measure::waist] = 98.7;
    person[Measure::systolic] = 163;
    const auto reason = judge(book(), person).reason();
    CHECK(reason == "内臓脂肪は腹囲で該当。追加リスクは喫煙を入れて3つ。");
    for (const auto* value : {"98.7", "163", "39"}) CHECK(reason.find(value) == std::string::npos);
}
