// 照合: the ward's 利用券種別 and 保健指導区分 beside what the nation's 階層化 says of the same results. The ward decides; a
// difference is told, with why, and changes nothing. Of kinds other than 特定保健指導, whose choosing is the ward's own, only
// what is certain is told: that somebody there is a target of 特定保健指導. Of 受診勧奨通知 nothing is, since a target may
// be sent one as well.
#pragma once

#include "programmes/guidance/recipient_file.h"
#include "programmes/guidance/stratification/judgement.h"

namespace azukari::guidance {

struct Difference {
    std::size_t line = 0;         // of the file, from 1
    std::string ward;             // 積極的支援 …, or 利用券種別 where there is no 保健指導区分
    std::string rule;             // 積極的支援, 動機付け支援, なし, 判定不能
    std::string reason;           // in Japanese, without the person's values
    bool not_judged = false;      // something is missing: not a disagreement, but nobody has checked either
    std::string sentence() const; // "12行目 区「…」 基準「…」: …"
};

class CrossCheck {
public:
    // Both must outlive this. Finds its columns by their ids; results the layout does not carry count as not measured.
    CrossCheck(const RecipientLayout& layout, const stratification::RuleBook& book);

    // Of a person in whose row nothing is wrong. None: the ward and the rule agree, or nothing certain can be said.
    std::optional<Difference> of(const Recipient& recipient) const;

private:
    struct Source {
        std::size_t column;
        stratification::Measure measure;
    };
    std::optional<stratification::Checkup> checkup_of(const Recipient& recipient) const;

    const RecipientLayout* layout_;
    const stratification::RuleBook* book_;
    std::vector<Source> sources_; // of several for one measure the first that is filled counts
    std::optional<std::size_t> on_, born_, sex_, drawn_, reconfirmed_, smoking_;
    std::array<std::optional<std::size_t>, 3> medicines_;
};

} // namespace azukari::guidance
