#include "programmes/guidance/stratification/judgement.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utility>

namespace azukari::guidance::stratification {
namespace {

enum class Answer : std::uint8_t { no, yes, unknown };

// What the rule asks of a check-up, in the order of its steps.
enum Question : std::uint8_t { medicine, wide, heavy, pressure, lipids, sugar, smoking };
constexpr std::size_t kQuestions = 7;
using Answers = std::array<Answer, kQuestions>;
constexpr std::array<std::string_view, kQuestions> kMissingWords{
    "服薬", "腹囲", "BMI", "血圧", "脂質（中性脂肪・HDL）", "血糖（空腹時血糖・HbA1c）", "喫煙"};

Answer reached(const std::optional<double>& value, double limit)
{
    if (!value) return Answer::unknown;
    return *value >= limit ? Answer::yes : Answer::no;
}

Answer either(Answer a, Answer b)
{
    if (a == Answer::yes || b == Answer::yes) return Answer::yes;
    return a == Answer::no && b == Answer::no ? Answer::no : Answer::unknown;
}

bool is_among(const std::vector<std::string>& codes, const std::string& code)
{
    return std::ranges::find(codes, code) != codes.end();
}

Answer takes_medicine(const RuleSet& rules, const Checkup& checkup)
{
    if (is_among(rules.medicine_reconfirmed, checkup.reconfirmed)) return Answer::yes;
    bool all_answered = true;
    for (const auto& code : checkup.medicines) {
        if (is_among(rules.medicine_taken, code)) return Answer::yes;
        all_answered = all_answered && is_among(rules.medicine_not_taken, code);
    }
    return all_answered ? Answer::no : Answer::unknown;
}

Answer is_wide(const RuleSet& rules, const Checkup& checkup)
{
    if (checkup[Measure::visceral_fat_area])
        return reached(checkup[Measure::visceral_fat_area], rules.visceral_fat_area);
    return reached(checkup[Measure::waist], checkup.female ? rules.waist_female : rules.waist_male);
}

Answer is_heavy(const RuleSet& rules, const Checkup& checkup)
{
    if (checkup[Measure::bmi]) return reached(checkup[Measure::bmi], rules.bmi);
    const auto& height = checkup[Measure::height];
    const auto& weight = checkup[Measure::weight];
    if (!height || !weight || *height <= 0) return Answer::unknown;
    const double metres = *height / 100;
    return reached(std::round(*weight / (metres * metres) * 10) / 10, rules.bmi); // one decimal, as results have it
}

// A single value of which nobody knows whether it was a fasting one is judged where both limits say the same.
Answer has_fat_blood(const RuleSet& rules, const Checkup& checkup)
{
    const double casual_limit = rules.casual_triglycerides.value_or(rules.triglycerides);
    if (checkup[Measure::fasting_triglycerides])
        return reached(checkup[Measure::fasting_triglycerides], rules.triglycerides);
    if (const auto& casual = checkup[Measure::casual_triglycerides])
        return checkup.drawn == Drawn::just_eaten ? Answer::unknown : reached(casual, casual_limit);
    const auto& value = checkup[Measure::triglycerides];
    if (!rules.casual_triglycerides || checkup.drawn == Drawn::fasting) return reached(value, rules.triglycerides);
    if (checkup.drawn == Drawn::casual) return reached(value, casual_limit);
    if (checkup.drawn == Drawn::just_eaten) return Answer::unknown;
    const auto lower = reached(value, rules.triglycerides);
    return lower == reached(value, casual_limit) ? lower : Answer::unknown;
}

Answer has_lipids(const RuleSet& rules, const Checkup& checkup)
{
    const auto& hdl = checkup[Measure::hdl];
    const auto low = !hdl ? Answer::unknown : *hdl < rules.hdl ? Answer::yes : Answer::no;
    return either(has_fat_blood(rules, checkup), low);
}

Answer sugar_by(Sugar which, const RuleSet& rules, const Checkup& checkup)
{
    switch (which) {
    case Sugar::fasting:
        return reached(checkup[Measure::fasting_glucose], rules.fasting_glucose);
    case Sugar::hba1c:
        return reached(checkup[Measure::hba1c], rules.hba1c);
    case Sugar::casual:
        if (checkup.drawn == Drawn::just_eaten) return Answer::unknown;
        return reached(checkup[Measure::casual_glucose], rules.casual_glucose);
    }
    return Answer::unknown;
}

struct SugarAnswer {
    Answer answer = Answer::unknown;
    bool divided = false; // the measures say different things, and the first of them was followed
};

SugarAnswer has_sugar(const RuleSet& rules, const Checkup& checkup)
{
    SugarAnswer found;
    for (const auto which : rules.sugar_order) {
        const auto answer = sugar_by(which, rules, checkup);
        if (answer == Answer::unknown) continue;
        if (found.answer == Answer::unknown)
            found.answer = answer;
        else if (found.answer != answer)
            found.divided = true;
        if (!rules.first_sugar_decides && answer == Answer::yes) found.answer = answer;
    }
    found.divided = found.divided && rules.first_sugar_decides;
    return found;
}

Answer smokes(const RuleSet& rules, const Checkup& checkup)
{
    if (is_among(rules.smoking_counts, checkup.smoking)) return Answer::yes;
    return is_among(rules.smoking_known, checkup.smoking) ? Answer::no : Answer::unknown;
}

// The steps of the rule when everything is answered.
struct Walk {
    Level level = Level::none;
    std::int64_t risks = 0;
    bool smoking_counted = false, lowered = false; // 積極的支援 became 動機付け支援 by age
};

Walk walk(const RuleSet& rules, int age, const std::array<bool, kQuestions>& is)
{
    Walk way;
    way.risks = is[pressure] + is[lipids] + is[sugar];
    way.smoking_counted = way.risks > 0 && is[smoking];
    way.risks += way.smoking_counted;
    if (is[medicine] || (!is[wide] && !is[heavy])) return way;
    const auto active = is[wide] ? rules.wide_active : rules.heavy_active;
    const auto motivational = is[wide] ? rules.wide_motivational : rules.heavy_motivational;
    if (way.risks >= active) {
        way.lowered = age >= rules.motivational_from;
        way.level = way.lowered ? Level::motivational : Level::active;
    } else if (way.risks >= motivational) {
        way.level = Level::motivational;
    }
    return way;
}

std::array<bool, kQuestions> completed(const Answers& answers, unsigned guess)
{
    std::array<bool, kQuestions> is{};
    for (std::size_t i = 0; i < kQuestions; ++i)
        is[i] = answers[i] == Answer::unknown ? (guess >> i & 1U) != 0 : answers[i] == Answer::yes;
    return is;
}

// The questions whose answer is missing and makes a difference; none: the level is certain.
std::vector<std::string_view> what_is_missing(const RuleSet& rules, int age, const Answers& answers)
{
    std::vector<std::string_view> missing;
    for (std::size_t i = 0; i < kQuestions; ++i) {
        if (answers[i] != Answer::unknown) continue;
        for (unsigned guess = 0; guess < 1U << kQuestions; ++guess) {
            const unsigned other = guess ^ 1U << i;
            if (walk(rules, age, completed(answers, guess)).level == walk(rules, age, completed(answers, other)).level)
                continue;
            missing.push_back(kMissingWords[i]);
            break;
        }
    }
    return missing;
}

// As much of the way as is certain; with something missing that made no difference, not all of it is.
std::vector<std::string> reasons_for(const RuleSet& rules, const Answers& answers, const Walk& way)
{
    if (answers[medicine] == Answer::yes) return {"服薬中のため、対象としない。"};
    std::vector<std::string> reasons;
    if (answers[wide] == Answer::yes) {
        reasons.emplace_back("内臓脂肪は腹囲で該当。");
    } else if (answers[wide] == Answer::no && answers[heavy] == Answer::yes) {
        reasons.emplace_back("腹囲は該当せず、BMIで該当。");
    } else if (answers[wide] == Answer::no && answers[heavy] == Answer::no) {
        return {"腹囲もBMIも該当しない。"};
    }
    const bool counted = std::none_of(answers.begin() + pressure, answers.begin() + smoking,
                                      [](Answer answer) { return answer == Answer::unknown; });
    if (counted && (way.risks == 0 || answers[smoking] != Answer::unknown))
        reasons.push_back(way.smoking_counted ? fmt::format("追加リスクは喫煙を入れて{}つ。", way.risks)
                                              : fmt::format("追加リスクは{}つ。", way.risks));
    if (way.lowered)
        reasons.push_back(fmt::format("年度末年齢が{}歳以上のため、動機付け支援とする。", rules.motivational_from));
    return reasons;
}

} // namespace

std::string_view japanese(Level level)
{
    switch (level) {
    case Level::active:
        return "積極的支援";
    case Level::motivational:
        return "動機付け支援";
    case Level::none:
        return "なし";
    case Level::not_judgeable:
        return "判定不能";
    }
    return {};
}

std::string Judgement::reason() const
{
    return fmt::format("{}", fmt::join(reasons, ""));
}

Judgement judge(const RuleBook& book, const Checkup& checkup)
{
    const auto* rules = book.in_force_on(checkup.on);
    if (rules == nullptr) return {Level::not_judgeable, {"健診を実施した日の基準が、定義にない。"}};
    return judge(*rules, checkup);
}

Judgement judge(const RuleSet& rules, const Checkup& checkup)
{
    const int age = age_at_fiscal_year_end(checkup.born, FiscalYear::of(checkup.on));
    if (age < rules.youngest) return {Level::none, {fmt::format("年度末年齢が{}歳に満たない。", rules.youngest)}};
    if (checkup.born.plus_years(static_cast<int>(rules.before)) <= checkup.on)
        return {Level::none, {fmt::format("健診を実施した日に{}歳に達していた。", rules.before)}};
    const auto sugar_found = has_sugar(rules, checkup);
    const Answers answers{takes_medicine(rules, checkup),
                          is_wide(rules, checkup),
                          is_heavy(rules, checkup),
                          either(reached(checkup[Measure::systolic], rules.systolic),
                                 reached(checkup[Measure::diastolic], rules.diastolic)),
                          has_lipids(rules, checkup),
                          sugar_found.answer,
                          smokes(rules, checkup)};
    const bool all_answered = std::ranges::find(answers, Answer::unknown) == answers.end();
    if (!all_answered)
        if (const auto missing = what_is_missing(rules, age, answers); !missing.empty())
            return {Level::not_judgeable,
                    {fmt::format("判定に要る欄が空か、使えない: {}。", fmt::join(missing, "、"))}};
    const auto way = walk(rules, age, completed(answers, 0));
    Judgement judgement{way.level, reasons_for(rules, answers, way)};
    auto turned = answers;
    turned[sugar] = answers[sugar] == Answer::yes ? Answer::no : Answer::yes;
    if (sugar_found.divided && walk(rules, age, completed(turned, 0)).level != way.level)
        judgement.reasons.emplace_back("血糖は測り方によって判定が分かれ、優先する測り方による。");
    return judgement;
}

} // namespace azukari::guidance::stratification
