// 階層化 of one check-up by the rules in force on its day (標準的な健診・保健指導プログラム 第2編第3章). What is missing is
// taken as either way: where both give the same level, that level is certain; where they do not, nobody can judge.
#pragma once

#include "programmes/guidance/stratification/checkup.h"
#include "programmes/guidance/stratification/rule_book.h"

namespace azukari::guidance::stratification {

enum class Level : std::uint8_t { active, motivational, none, not_judgeable };

// 積極的支援, 動機付け支援, なし, 判定不能: the words of the national format.
std::string_view japanese(Level level);

struct Judgement {
    Level level = Level::not_judgeable;
    // Why, in Japanese sentences: the steps and counts that led there. Neither a value nor which item was over its
    // limit: whoever has to know looks into the file.
    std::vector<std::string> reasons;

    std::string reason() const; // in one line
};

Judgement judge(const RuleBook& book, const Checkup& checkup);
Judgement judge(const RuleSet& rules, const Checkup& checkup);

} // namespace azukari::guidance::stratification
