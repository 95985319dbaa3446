// The procedure of erasing. Whatever interrupts it, it is found again at the step it had reached and goes on from
// there; nothing is called erased before every step is durable and a second person has tried to open what was
// destroyed.
#pragma once

#include "access/scope.h"
#include "approval/description.h"
#include "erasure/erasure_store.h"
#include "erasure/subject_row_store.h"

#include <filesystem>
#include <functional>

namespace azukari::erasure {

// A copy outside the system that has neither come back nor been destroyed.
struct OpenCopy {
    std::string id;   // opaque
    std::string what; // code of its kind: "print", "medium", "package"
    Instant made_at;
};

// What the procedure is lent. The references outlive it.
struct Means {
    storage::Db& db;
    seal::Keystore& keystore;
    Entropy& entropy;
    std::vector<whereabouts::SubjectTable> tables{};
    // What else is made of persons' information: the search index, files. Returns how many were forgotten; may be
    // called again. No subjects: the whole entrustment.
    using Forget = std::function<std::int64_t(EntrustmentId, std::span<const SubjectId>)>;
    std::vector<Forget> elsewhere{};
    // Who else is this person, because their entries were brought together.
    std::function<std::vector<SubjectId>(const storage::Snapshot&, EntrustmentId, SubjectId)> same_person{};
    std::function<std::vector<OpenCopy>(const storage::Snapshot&, EntrustmentId, const Target&)> open_copies{};
    std::filesystem::path destructions{}; // the list that no backup brings back; see destruction_list.h
    std::function<void(std::string_view step)> before_step{}; // tests stop the process here
};

// Counts what would be destroyed, as it stands now. Refuses kNothingToErase.
Result<Scale> scale_of(const Means& means, const storage::Snapshot& snapshot, EntrustmentId entrustment,
                       const Target& target);
// What approvers agree to.
approval::Description description_of(ErasureId id, const Target& target, Cause cause, const Scale& scale);

// Plans and asks for approval. Refuses kAlreadyPlanned, holds, kNothingToErase.
Result<ErasureId> plan(const Means& means, const access::Scope& scope, const Target& target, Cause cause);
// Agrees to the plan as what would be destroyed stands now.
Result<void> agree(const Means& means, const access::Scope& scope, ErasureId id);
Result<void> reject(const Means& means, const access::Scope& scope, ErasureId id, std::string_view reason);
// Refuses kAlreadyBegun.
Result<void> withdraw(const Means& means, const access::Scope& scope, ErasureId id);

// Begins what was approved and does every step. Refuses what is not approved, changed or held; after the beginning only
// kStillRead. Throws what disk and store throw: the next resume() goes on.
Result<void> carry_out(const Means& means, const access::Scope& scope, ErasureId id);
// Goes on with one that was interrupted; does nothing when every step is done.
Result<void> resume(const Means& means, Instant now, EntrustmentId entrustment, ErasureId id);

// Does every step again after a check that found something. Refuses kNotFailed.
Result<void> repeat(const Means& means, const access::Scope& scope, ErasureId id);

struct Findings {                        // of the check
    std::int64_t probes = 0, opened = 0; // words sealed before, and those that still open
    std::int64_t keys_left = 0;
    std::int64_t rows_left = 0;
    std::int64_t wrong() const { return opened + keys_left + rows_left; }
};
// Somebody else than the operator tries to open what was destroyed, and looks for what is left; `when_clean` is done in
// the same transaction when nothing was found. Refuses kOperatorChecks, kNotBegun, kUnderWay, kAlreadyChecked.
Result<Findings> check(const Means& means, const access::Scope& scope, ErasureId id,
                       const std::function<void(storage::Tx&, const Erasure&, const Findings&)>& when_clean);

} // namespace azukari::erasure
