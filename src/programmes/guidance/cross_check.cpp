#include "programmes/guidance/cross_check.h"

#include <charconv>
#include <fmt/format.h>
#include <utility>

namespace azukari::guidance {
namespace {

using stratification::Checkup;
using stratification::Drawn;
using stratification::Level;
using stratification::Measure;

// Column ids of a recipients layout. Where a result was taken more than once, the better one comes first:
// その他(平均等) before the second and the first measuring; measured before told.
constexpr std::pair<std::string_view, Measure> kColumns[] = {
    {"waist", Measure::waist},
    {"waist_measured", Measure::waist},
    {"waist_self_measured", Measure::waist},
    {"waist_told", Measure::waist},
    {"visceral_fat_area", Measure::visceral_fat_area},
    {"bmi", Measure::bmi},
    {"height", Measure::height},
    {"weight", Measure::weight},
    {"systolic", Measure::systolic},
    {"systolic_other", Measure::systolic},
    {"systolic_second", Measure::systolic},
    {"systolic_first", Measure::systolic},
    {"diastolic", Measure::diastolic},
    {"diastolic_other", Measure::diastolic},
    {"diastolic_second", Measure::diastolic},
    {"diastolic_first", Measure::diastolic},
    {"triglycerides", Measure::triglycerides},
    {"fasting_triglycerides", Measure::fasting_triglycerides},
    {"casual_triglycerides", Measure::casual_triglycerides},
    {"hdl", Measure::hdl},
    {"glucose", Measure::fasting_glucose},
    {"casual_glucose", Measure::casual_glucose},
    {"hba1c", Measure::hba1c},
};
constexpr std::string_view kMedicines[] = {"medicine_pressure", "medicine_sugar", "medicine_lipids"};
constexpr std::string_view kSpecificGuidance = "特定保健指導", kReferral = "受診勧奨通知";

std::optional<CivilDate> date_in(std::string_view eight_digits)
{
    unsigned number = 0;
    const auto* end = eight_digits.data() + eight_digits.size();
    const auto [stop, error] = std::from_chars(eight_digits.data(), end, number);
    if (eight_digits.size() != 8 || error != std::errc() || stop != end) return std::nullopt;
    const auto date = CivilDate::from(static_cast<int>(number / 10'000), number / 100 % 100, number % 100);
    return date ? std::optional(*date) : std::nullopt;
}

std::string_view value_of(const Recipient& recipient, const std::optional<std::size_t>& column)
{
    return column ? recipient.value(*column) : std::string_view();
}

Drawn drawn_by(std::string_view code)
{
    return code == "2"   ? Drawn::fasting
           : code == "3" ? Drawn::casual
           : code == "4" ? Drawn::just_eaten
                         : Drawn::unknown;
}

} // namespace

std::string Difference::sentence() const
{
    return fmt::format("{}行目 区「{}」 基準「{}」: {}", line, ward, rule, reason);
}

CrossCheck::CrossCheck(const RecipientLayout& layout, const stratification::RuleBook& book)
    : layout_(&layout),
      book_(&book),
      on_(layout.index_of("checkup_date")),
      born_(layout.index_of("born")),
      sex_(layout.index_of("sex")),
      drawn_(layout.index_of("blood_drawn")),
      reconfirmed_(layout.index_of("medicine_reconfirmed")),
      smoking_(layout.index_of("smoking"))
{
    for (const auto& [id, measure] : kColumns)
        if (const auto column = layout.index_of(id)) sources_.push_back({*column, measure});
    for (std::size_t i = 0; i < medicines_.size(); ++i) medicines_[i] = layout.index_of(kMedicines[i]);
}

std::optional<Checkup> CrossCheck::checkup_of(const Recipient& recipient) const
{
    const auto on = date_in(value_of(recipient, on_));
    const auto born = date_in(value_of(recipient, born_));
    const auto sex = value_of(recipient, sex_);
    if (!on || !born || sex.empty()) return std::nullopt;
    Checkup checkup{.on = *on, .born = *born, .female = sex == "女"};
    for (const auto& source : sources_) {
        const auto text = recipient.value(source.column);
        auto& value = checkup[source.measure];
        double number = 0;
        if (value || text.empty()) continue;
        if (std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc()) value = number;
    }
    for (std::size_t i = 0; i < medicines_.size(); ++i)
        checkup.medicines[i] = std::string(value_of(recipient, medicines_[i]));
    checkup.drawn = drawn_by(value_of(recipient, drawn_));
    checkup.reconfirmed = std::string(value_of(recipient, reconfirmed_));
    checkup.smoking = std::string(value_of(recipient, smoking_));
    return checkup;
}

std::optional<Difference> CrossCheck::of(const Recipient& recipient) const
{
    const auto kind = recipient.value(layout_->kind_column());
    if (kind == kReferral) return std::nullopt;
    const bool specific = kind == kSpecificGuidance;
    const auto ward = specific ? recipient.value(layout_->level_column()) : kind;
    const auto checkup = checkup_of(recipient);
    const auto judgement =
        checkup ? judge(*book_, *checkup)
                : stratification::Judgement{Level::not_judgeable, {"健診を実施した日、生年月日、性別のどれかがない。"}};
    const bool target = judgement.level == Level::active || judgement.level == Level::motivational;
    if (specific ? japanese(judgement.level) == ward : !target) return std::nullopt;
    return Difference{recipient.line(), std::string(ward), std::string(japanese(judgement.level)), judgement.reason(),
                      judgement.level == Level::not_judgeable};
}

} // namespace azukari::guidance
