#include "programmes/guidance/stratification/rule_book.h"

#include <algorithm>
#include <filesystem>

namespace azukari::guidance::stratification {

Result<RuleBook> RuleBook::read(const std::string& folder)
{
    std::vector<RuleSet> sets;
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator(folder, gone)) {
        if (entry.path().extension() != ".toml") continue;
        AZK_TRY(auto rules, RuleSet::read(entry.path().string()));
        sets.push_back(std::move(rules));
    }
    if (sets.empty()) return refuse(kNoRuleSet, folder);
    return of(std::move(sets));
}

Result<RuleBook> RuleBook::of(std::vector<RuleSet> sets)
{
    std::ranges::sort(sets, {}, &RuleSet::from);
    for (std::size_t i = 1; i < sets.size(); ++i)
        if (sets[i].from <= sets[i - 1].until) return refuse(kOverlap, sets[i - 1].name, sets[i].name);
    RuleBook book;
    book.sets_ = std::move(sets);
    return book;
}

const RuleSet* RuleBook::in_force_on(CivilDate day) const
{
    const auto found =
        std::ranges::find_if(sets_, [&](const RuleSet& rules) { return rules.from <= day && day <= rules.until; });
    return found == sets_.end() ? nullptr : &*found;
}

} // namespace azukari::guidance::stratification
