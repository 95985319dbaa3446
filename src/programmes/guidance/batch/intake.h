// 取込み: the one way a file of recipients comes in. Every cell is checked against the declared items first; then each
// person gets a key, the row is sealed under it, and all rows are stored with one entry, or none is.
#pragma once

#include "access/scope.h"
#include "base/random.h"
#include "infra/seal/keystore/keystore.h"
#include "infra/storage/db.h"
#include "programmes/guidance/batch/batch.h"
#include "programmes/guidance/cross_check.h"
#include "programmes/guidance/recipient_file.h"

#include <span>

namespace azukari::guidance {

// What to do with rows in which something is wrong.
enum class BadRows : std::uint8_t { refuse_file, set_aside };

struct IntakeWish {
    std::string_view content; // the file as it came
    BadRows bad_rows = BadRows::refuse_file;
    UndeclaredColumns undeclared = UndeclaredColumns::refuse;
    std::optional<std::int64_t> stated_rows{}; // 件数 of the 確認記録票
    std::optional<custody::ThingId> medium{};  // under custody, that the file came on
};

struct TakenIn {
    std::optional<BatchId> batch; // none when rows were bad and the file was to be refused
    std::vector<BadCell> bad;
    std::vector<std::string> dropped_columns;
    std::int64_t rows_in_file = 0;
    std::int64_t rows_stored = 0;
    std::int64_t compared = 0;           // people of 特定保健指導 whose results were judged by the rule
    std::vector<Difference> differences; // of those stored
};

// Refuses a layout that carries an item the register of this entrustment does not declare, what RecipientFile
// refuses, kCountDiffers (at "stated_rows"), a file stored before, and one without a row to store. A refusal and a file
// with bad rows leave an entry too. What the cross-check finds is stored beside the rows and changes nothing of them.
Result<TakenIn> take_in(storage::Db& db, seal::Keystore& keystore, Entropy& entropy, const access::Scope& scope,
                        const RecipientLayout& layout, const stratification::RuleBook& rules,
                        std::span<const std::string> declared_items, const IntakeWish& wish);

} // namespace azukari::guidance
