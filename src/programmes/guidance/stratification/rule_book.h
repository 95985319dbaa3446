// The rule sets of all periods. Which one judges a check-up depends on the day of the check-up alone.
#pragma once

#include "programmes/guidance/stratification/rule_set.h"

namespace azukari::guidance::stratification {

inline constexpr RefusalKind kOverlap{"stratification.overlap", "階層化の基準「{}」と「{}」の期間が重なっています。"};
inline constexpr RefusalKind kNoRuleSet{"stratification.none", "階層化の基準が一つもありません: {}"};

class RuleBook {
public:
    // Every *.toml of a folder. Refuses a mistake in one, periods that overlap, and a folder without any.
    static Result<RuleBook> read(const std::string& folder);
    static Result<RuleBook> of(std::vector<RuleSet> sets);

    // None when no period holds that day: a check-up is not judged by the rules of another time.
    const RuleSet* in_force_on(CivilDate day) const;
    const std::vector<RuleSet>& sets() const { return sets_; } // oldest first

private:
    std::vector<RuleSet> sets_;
};

} // namespace azukari::guidance::stratification
