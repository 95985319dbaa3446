// Where batches rest. Everything here is keyed by the entrustment of the Scope; rows are sealed before they come here.
#pragma once

#include "access/scope.h"
#include "infra/storage/db.h"
#include "programmes/guidance/batch/batch.h"

#include <span>

namespace azukari::guidance {

struct StoredRecipient {
    std::int64_t row_number; // in the file, the header being row 1
    SubjectId subject;
    std::string category;
    std::int64_t serial; // 通し番号 within the category
    Bytes sealed;        // seal context: see recipient_seal.h
};

struct SetAsideRow {
    std::int64_t row_number;
    std::string column;
    std::string expected;
};

// A person for whom the ward's word and the nation's rule differ; see cross_check.h.
struct StoredDifference {
    std::int64_t row_number;
    SubjectId subject;
    std::string ward, rule, reason;
    bool not_judged; // something is missing: nobody can say
};

struct NewBatch {
    BatchId id;
    std::string file_sha256;
    std::int64_t rows_in_file;
    std::span<const StoredRecipient> recipients;
    std::span<const SetAsideRow> set_aside;
    std::int64_t compared; // people of 特定保健指導 whose results were judged by the rule
    std::span<const StoredDifference> differences;
    std::optional<custody::ThingId> medium{};
    std::optional<std::int64_t> stated_rows{};
};

// Refuses kSameFile when this file was stored before, and kNoSuchMedium at "medium".
Result<void> may_store(const storage::Snapshot& snapshot, const access::Scope& scope, std::string_view file_sha256,
                       std::optional<custody::ThingId> medium);
// Stores the batch and its entry. Refuses what may_store refuses, and a batch without recipients.
Result<void> store_batch(storage::Tx& tx, const access::Scope& scope, const NewBatch& batch);

std::vector<Batch> batches(const storage::Snapshot& snapshot, const access::Scope& scope); // newest first
Result<Batch> find_batch(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id);

struct CategoryCount {
    std::string category;
    std::int64_t recipients;
};
std::vector<CategoryCount> count_by_category(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id);
// None for a batch from before there was a comparison.
std::optional<std::int64_t> compared_rows(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id);
std::vector<StoredDifference> differences(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id);
std::vector<SetAsideRow> set_aside_rows(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id);

// The next `most` recipients of a category after a serial, in order, still sealed. Needs a Scope for personal
// information. Leaves out whose letter was pulled (引抜き) before `composed`.
std::vector<StoredRecipient> recipients_after(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id,
                                              std::string_view category, std::int64_t serial, std::int64_t most,
                                              Instant composed);
// One recipient, still sealed. Needs a Scope for personal information.
std::optional<StoredRecipient> find_recipient(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id,
                                              std::string_view category, std::int64_t serial);
std::int64_t row_of_serial(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id,
                           std::string_view category, std::int64_t serial);
// Everything stored of a person, still sealed: for trying whether a restored copy opens.
std::vector<Bytes> sealed_rows_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject);
// Whose letters were drawn: everybody of the range of the category who was neither pulled nor held back.
std::vector<SubjectId> composed_subjects(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId id,
                                         std::string_view category, SerialRange serials = {});
// Notes that personal information of `recipients` people is about to be looked at; call before it is.
void note_reading(storage::Tx& tx, const access::Scope& scope, BatchId id, std::int64_t recipients);

// Replaces what was composed before (an approval of that becomes void by its digest).
Result<void> record_composition(storage::Tx& tx, const access::Scope& scope, BatchId id, const ComposedBatch& composed);
// `seen` is the digest of what the approver was shown; refuses kApprovalVoid when something else was composed since.
Result<void> approve(storage::Tx& tx, const access::Scope& scope, BatchId id, std::string_view seen);
// Records that the letters leave now, or a lot of them; call before the first byte does. Returns what was approved.
// Whoever lets them out records the copy: printing its sheets, leaving/file_taking.h the file.
Result<ComposedLetters> record_taking(storage::Tx& tx, const access::Scope& scope, BatchId id,
                                      std::string_view category, SerialRange serials = {});

} // namespace azukari::guidance
