// 通知の印字: the pages of this programme. A list of what was received, taking a file in, one batch from the file to the
// taking of its letters.
#pragma once

#include "base/random.h"
#include "infra/storage/db.h"
#include "office/shell/visit.h"
#include "programmes/guidance/batch/composing.h"
#include "programmes/guidance/stratification/rule_book.h"

#include <functional>

namespace azukari::guidance::pages {

// What the pages are lent. The references outlive the routes.
struct Rooms {
    storage::Db& db;
    Entropy& entropy;
    ComposeWork& work;
    const Press& press;
    const stratification::RuleBook& rules; // 階層化, beside which the ward's 保健指導区分 is laid
    // 情報項目 of the entrustment's current version, in the register's words.
    std::function<Result<std::vector<std::string>>(const access::Scope&)> declared_items;
    std::function<Result<std::string>(const access::Scope&)> entrustment_name;
};

std::vector<office::Route> routes(const Rooms& rooms);

} // namespace azukari::guidance::pages
