// 情報項目 as the vault's schema: the register says which items exist, which values they may have and under which
// condition they may be held. There is no other schema. [K21]
#pragma once

#include "entrustment/entrustment.h"
#include "matters/matters.h"

#include <set>
#include <string>
#include <vector>

namespace azukari::vault {

struct DeclaredItem {
    std::string code;
    std::string name; // as people read it: 子どもの性別 where the paper joins 「子どもの名前・性別」
    std::vector<std::string> values;
    std::string condition;    // code; empty when it is held about everybody
    bool from_ward = false;   // 提供する項目
    bool from_person = false; // 収集させる項目
    bool sensitive = false;   // 要配慮: explained more fully before consent [K25]
};

struct Condition {
    std::string code;
    std::string text; // 託児を希望する申込者のみ
};

// The items of one 件名.
class DeclaredItems {
public:
    DeclaredItems(const entrustment::Part& part, const matters::Matters& matters);

    const std::string& part() const { return part_; }
    const std::string& title() const { return title_; }
    const std::vector<DeclaredItem>& items() const { return items_; }
    const std::vector<Condition>& conditions() const { return conditions_; }
    const DeclaredItem* find(std::string_view code) const;
    const Condition* condition(std::string_view code) const;
    // The item's name, or its code when it is declared no longer.
    std::string name_of(std::string_view code) const;

private:
    std::string part_;
    std::string title_;
    std::vector<DeclaredItem> items_;
    std::vector<Condition> conditions_;
};

// A value written as one of the listed ones, with words of one's own where the list has a parenthesis: 区外（架空市） for
// 区外（在住区市町村）.
bool is_among(std::string_view value, const std::vector<std::string>& values);

} // namespace azukari::vault
