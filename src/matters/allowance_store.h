// 収集の承諾: the ward's recorded consent to declaring an item that touches prohibited matter. Without it the register
// refuses the item (特記事項 21-5). [K23]
#pragma once

#include "access/scope.h"
#include "infra/storage/db.h"
#include "matters/matters.h"

#include <optional>

namespace azukari::matters {

struct Allowance {
    std::string item;   // 情報項目 as the register names it
    std::string ground; // why, and on what decision
    Instant at{};
    std::string by; // name of who recorded it
    std::optional<Instant> withdrawn{};
};

// Refuses kItemExpected, kGroundExpected, kNothingProhibited, kAllowedAlready.
Result<void> allow(storage::Tx& tx, const access::Scope& scope, const Matters& matters, std::string_view item,
                   std::string_view ground);
// Refuses kNotAllowed. What is declared already stays declared; the next change of the register asks again.
Result<void> withdraw_allowance(storage::Tx& tx, const access::Scope& scope, std::string_view item);

bool is_allowed(const storage::Snapshot& snapshot, EntrustmentId entrustment, std::string_view item);
std::vector<Allowance> allowances(const storage::Snapshot& snapshot, EntrustmentId entrustment); // newest first

// Refuses kNeedsConsent when the name of the item touches prohibited matter and the ward has not consented.
Result<void> may_declare(const storage::Snapshot& snapshot, EntrustmentId entrustment, const Matters& matters,
                         std::string_view item);

} // namespace azukari::matters
