#include "programmes/guidance/stratification/rule_set.h"

#include "infra/text/definition_file.h"

#include <algorithm>
#include <optional>

namespace azukari::guidance::stratification {
namespace {

using text::Definition;

Result<void> read_body(const Definition& from, RuleSet& rules)
{
    AZK_TRY(const auto fat, from.table("visceral_fat"));
    AZK_REQUIRE(fat.allow_only({"waist_male", "waist_female", "area", "bmi"}));
    AZK_TRY(rules.waist_male, fat.number("waist_male"));
    AZK_TRY(rules.waist_female, fat.number("waist_female"));
    AZK_TRY(rules.visceral_fat_area, fat.number("area"));
    AZK_TRY(rules.bmi, fat.number("bmi"));
    AZK_TRY(const auto pressure, from.table("pressure"));
    AZK_REQUIRE(pressure.allow_only({"systolic", "diastolic"}));
    AZK_TRY(rules.systolic, pressure.number("systolic"));
    AZK_TRY(rules.diastolic, pressure.number("diastolic"));
    return {};
}

std::optional<Sugar> sugar_named(std::string_view name)
{
    if (name == "fasting") return Sugar::fasting;
    if (name == "hba1c") return Sugar::hba1c;
    if (name == "casual") return Sugar::casual;
    return std::nullopt;
}

Result<void> read_sugar(const Definition& sugar, RuleSet& rules)
{
    AZK_REQUIRE(sugar.allow_only({"fasting", "casual", "hba1c", "order", "decided_by"}));
    AZK_TRY(rules.fasting_glucose, sugar.number("fasting"));
    AZK_TRY(rules.casual_glucose, sugar.number("casual"));
    AZK_TRY(rules.hba1c, sugar.number("hba1c"));
    AZK_TRY(const auto order, sugar.texts_or_none("order"));
    for (const auto& name : order) {
        const auto known = sugar_named(name);
        if (!known || std::ranges::find(rules.sugar_order, *known) != rules.sugar_order.end())
            return tl::unexpected(sugar.wrong("order", "は fasting、hba1c、casual を一度ずつ、優先する順に並べます"));
        rules.sugar_order.push_back(*known);
    }
    if (rules.sugar_order.empty()) return tl::unexpected(sugar.wrong("order", "に優先する順が必要です"));
    AZK_TRY(const auto decided_by, sugar.text_or("decided_by", "first"));
    if (decided_by != "first" && decided_by != "any")
        return tl::unexpected(sugar.wrong("decided_by", "は first か any です"));
    rules.first_sugar_decides = decided_by == "first";
    return {};
}

Result<void> read_blood(const Definition& from, RuleSet& rules)
{
    AZK_TRY(const auto lipids, from.table("lipids"));
    AZK_REQUIRE(lipids.allow_only({"triglycerides", "casual_triglycerides", "hdl"}));
    AZK_TRY(rules.triglycerides, lipids.number("triglycerides"));
    if (lipids.has("casual_triglycerides")) {
        AZK_TRY(rules.casual_triglycerides, lipids.number("casual_triglycerides"));
        if (*rules.casual_triglycerides < rules.triglycerides)
            return tl::unexpected(lipids.wrong("casual_triglycerides", "は空腹時の値より小さくできません"));
    }
    AZK_TRY(rules.hdl, lipids.number("hdl"));
    AZK_TRY(const auto sugar, from.table("sugar"));
    return read_sugar(sugar, rules);
}

Result<void> read_answers(const Definition& from, RuleSet& rules)
{
    AZK_TRY(const auto smoking, from.table("smoking"));
    AZK_REQUIRE(smoking.allow_only({"counts", "known"}));
    AZK_TRY(rules.smoking_counts, smoking.texts_or_none("counts"));
    AZK_TRY(rules.smoking_known, smoking.texts_or_none("known"));
    for (const auto& code : rules.smoking_counts)
        if (std::ranges::find(rules.smoking_known, code) == rules.smoking_known.end())
            return tl::unexpected(smoking.wrong("counts", "の符号は known にも要ります"));
    AZK_TRY(const auto medicine, from.table("medicine"));
    AZK_REQUIRE(medicine.allow_only({"taken", "not_taken", "reconfirmed"}));
    AZK_TRY(rules.medicine_taken, medicine.texts_or_none("taken"));
    AZK_TRY(rules.medicine_not_taken, medicine.texts_or_none("not_taken"));
    AZK_TRY(rules.medicine_reconfirmed, medicine.texts_or_none("reconfirmed"));
    if (rules.medicine_taken.empty()) return tl::unexpected(medicine.wrong("taken", "に服薬中を表す符号が必要です"));
    return {};
}

Result<void> read_outcome(const Definition& from, RuleSet& rules)
{
    AZK_TRY(const auto support, from.table("support"));
    AZK_REQUIRE(support.allow_only({"wide_active", "wide_motivational", "heavy_active", "heavy_motivational"}));
    AZK_TRY(rules.wide_active, support.integer("wide_active"));
    AZK_TRY(rules.wide_motivational, support.integer("wide_motivational"));
    AZK_TRY(rules.heavy_active, support.integer("heavy_active"));
    AZK_TRY(rules.heavy_motivational, support.integer("heavy_motivational"));
    AZK_TRY(const auto age, from.table("age"));
    AZK_REQUIRE(age.allow_only({"youngest", "before", "motivational_from"}));
    AZK_TRY(rules.youngest, age.integer("youngest"));
    AZK_TRY(rules.before, age.integer("before"));
    AZK_TRY(rules.motivational_from, age.integer("motivational_from"));
    return {};
}

Result<RuleSet> from_definition(const Definition& from)
{
    AZK_REQUIRE(from.allow_only({"name", "from", "until", "visceral_fat", "pressure", "lipids", "sugar", "smoking",
                                 "medicine", "support", "age"}));
    AZK_TRY(auto name, from.text("name"));
    AZK_TRY(const auto first, from.date("from"));
    AZK_TRY(const auto last, from.date("until"));
    if (last < first) return tl::unexpected(from.wrong("until", "は from より前にできません"));
    RuleSet rules{.name = std::move(name), .from = first, .until = last};
    AZK_REQUIRE(read_body(from, rules));
    AZK_REQUIRE(read_blood(from, rules));
    AZK_REQUIRE(read_answers(from, rules));
    AZK_REQUIRE(read_outcome(from, rules));
    return rules;
}

} // namespace

Result<RuleSet> RuleSet::read(const std::string& path)
{
    AZK_TRY(const auto file, Definition::read(path));
    return from_definition(file);
}

Result<RuleSet> RuleSet::parse(std::string_view toml, const std::string& name)
{
    AZK_TRY(const auto file, Definition::parse(toml, name));
    return from_definition(file);
}

} // namespace azukari::guidance::stratification
