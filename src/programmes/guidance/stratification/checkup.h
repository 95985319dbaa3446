// 健診結果 of one person, as far as the 階層化 asks for it. What was not measured, or not handed over, is absent.
#pragma once

#include "base/instant.h"

#include <array>
#include <optional>
#include <string>

namespace azukari::guidance::stratification {

enum class Measure : std::uint8_t {
    waist,             // cm
    visceral_fat_area, // cm²
    bmi,
    height,                // cm
    weight,                // kg
    systolic,              // mmHg
    diastolic,             // mmHg
    triglycerides,         // mg/dL, not said whether fasting
    fasting_triglycerides, // mg/dL
    casual_triglycerides,  // mg/dL
    hdl,                   // mg/dL
    fasting_glucose,       // mg/dL
    casual_glucose,        // mg/dL
    hba1c,                 // %, NGSP
};
inline constexpr std::size_t kMeasures = 14;

// 採血時間（食後）, OID …6.2202 of the national format.
enum class Drawn : std::uint8_t {
    unknown,
    fasting,    // code 2: ten hours and more after a meal
    casual,     // code 3: three and a half to ten hours
    just_eaten, // code 4: less; no use as a casual sample either
};

struct Checkup {
    CivilDate on; // 健診実施日: the rules that were in force on this day judge, for ever
    CivilDate born;
    bool female = false;
    std::array<std::optional<double>, kMeasures> measured{};
    Drawn drawn = Drawn::unknown;
    // The answers' codes as they stand in the questionnaire; empty: no answer.
    std::array<std::string, 3> medicines{}; // 服薬: pressure, sugar, lipids
    std::string reconfirmed{};              // 保険者再確認 of the medication
    std::string smoking{};

    const std::optional<double>& operator[](Measure measure) const
    {
        return measured[static_cast<std::size_t>(measure)];
    }
    std::optional<double>& operator[](Measure measure) { return measured[static_cast<std::size_t>(measure)]; }
};

} // namespace azukari::guidance::stratification
