// 一回分のデータ (a batch): one file received from the ward, from the moment it is stored to the moment its letters are
// taken. The states follow from what has happened; there is no flag to forget.
#pragma once

#include "base/id.h"
#include "base/instant.h"
#include "base/result.h"
#include "custody/custody.h"

#include <optional>
#include <string>
#include <vector>

namespace azukari::guidance {

using BatchId = Id<struct BatchNoun>;

// The letters of one category as they were composed. The digest stands for the file.
struct ComposedLetters {
    std::string category; // code, see classification.h
    std::int64_t letters = 0;
    std::int64_t pages = 0;
    std::int64_t size_bytes = 0;
    std::string sha256; // hex
    auto operator<=>(const ComposedLetters&) const = default;
};

// A person whose letter could not be drawn; the 通し番号 is missing from the run.
struct HeldBackRow {
    std::int64_t row_number;
    std::string category;
    std::int64_t serial;
    std::string reason; // in Japanese, without the person's words
};

struct ComposedBatch { // everything composed in one go
    Instant at{};
    StaffId by;
    std::vector<ComposedLetters> categories; // in the order of their codes
    std::vector<HeldBackRow> held_back;
};

// One digest over everything an approver approves: categories, counts and file digests.
std::string digest_of(const ComposedBatch& composed);

struct Approval {
    Instant at{};
    StaffId by;
    std::string composition_digest;
};

// 通し番号 from first to last of a category; all of them when last is 0.
struct SerialRange {
    std::int64_t first = 0, last = 0;
    bool holds(std::int64_t serial) const { return last == 0 || (first <= serial && serial <= last); }
    auto operator<=>(const SerialRange&) const = default;
};

struct Taking {
    Instant at{};
    StaffId by;
    std::string category;
    SerialRange serials{};
};

struct Batch {
    BatchId id;
    EntrustmentId entrustment;
    Instant received_at{};
    StaffId received_by;
    std::string file_sha256; // hex
    std::int64_t rows_in_file = 0;
    std::int64_t rows_stored = 0;
    std::optional<ComposedBatch> composition;
    std::optional<Approval> approval;
    std::vector<Taking> takings;
    std::optional<custody::ThingId> medium{};  // under custody, that the file came on; none where nobody said
    std::optional<std::int64_t> stated_rows{}; // 件数 of the 確認記録票
};

enum class BatchState { stored, composed, approved, taken };
BatchState state_of(const Batch& batch);
std::string_view japanese(BatchState state);

// 二人で: whoever took the data in or composed the letters cannot approve them, and only what was composed can be
// approved.
Result<void> may_approve(const Batch& batch, StaffId approver);
// Only what was approved, exactly as it was approved, can be taken.
Result<const ComposedLetters*> may_take(const Batch& batch, std::string_view category);

} // namespace azukari::guidance
