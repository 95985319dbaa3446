// 階層化の基準: the thresholds of one period of the nation's programme, by the day of the check-up. Data, in
// definitions/stratification, one file for each period; a period that has passed is never touched again.
#pragma once

#include "base/instant.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::guidance::stratification {

enum class Sugar : std::uint8_t { fasting, hba1c, casual };

struct RuleSet {
    std::string name; // for reasons and pages
    CivilDate from, until;

    double waist_male = 0, waist_female = 0, visceral_fat_area = 0, bmi = 0; // reached: counts
    double systolic = 0, diastolic = 0;
    double triglycerides = 0;
    std::optional<double> casual_triglycerides{}; // none: one value for every sample
    double hdl = 0;                               // below: counts
    double fasting_glucose = 0, casual_glucose = 0, hba1c = 0;
    std::vector<Sugar> sugar_order{};
    bool first_sugar_decides = true; // otherwise any of them counts

    std::vector<std::string> smoking_counts{}, smoking_known{};
    std::vector<std::string> medicine_taken{}, medicine_not_taken{}, medicine_reconfirmed{};

    // Added risks from which on somebody is supported, with a wide waist and by BMI alone.
    std::int64_t wide_active = 0, wide_motivational = 0, heavy_active = 0, heavy_motivational = 0;
    std::int64_t youngest = 0, motivational_from = 0; // 年度末年齢
    std::int64_t before = 0;                          // the birthday that has not come on the day of the check-up

    static Result<RuleSet> read(const std::string& path);
    static Result<RuleSet> parse(std::string_view toml, const std::string& name);
};

} // namespace azukari::guidance::stratification
