// 統合: two registrations turn out to be one person. A handling supervisor decides, item by item; nothing is deleted, so
// that the decision can be taken back: the one that went keeps its rows and its key, the other its earlier version.
#pragma once

#include "vault/vault.h"

namespace azukari::vault {

using MergeId = Id<struct MergeNoun>;

enum class Side : std::uint8_t { kept, gone };

struct MergeWish {
    SubjectId kept;
    SubjectId gone;
    std::int64_t kept_seen = 0; // version numbers of the basic records that were looked at
    std::int64_t gone_seen = 0;
    std::map<std::string, Side, std::less<>> choices; // per item in which they differ
    std::string purpose;
    std::string reason;
};

struct Merge {
    MergeId id;
    SubjectId kept;
    SubjectId gone;
    Instant at{};
    std::string by;
    std::string reason;
};

struct Difference {
    std::string item; // code
    std::string kept; // empty where one side says nothing
    std::string gone;
};
// Items in which two records differ; one that only one of them has differs too.
std::vector<Difference> differences(const FieldMap& kept, const FieldMap& gone);

// Refuses kSamePerson, kOtherPart, kMergedAway, kToldApart, kConflict, kChoiceExpected (field choice.<code>), the
// purpose and the reason, and what the rules of content refuse.
Result<MergeId> merge(const Vault& vault, const access::Scope& scope, const MergeWish& wish);
// Both stand as before; what was written about the kept one since then stays. Refuses kNoSuchMerge, kReasonExpected.
Result<void> undo_merge(const Vault& vault, const access::Scope& scope, MergeId id, const Use& use);
// Those that are in force for this person, newest first.
Result<std::vector<Merge>> merges_of(const Vault& vault, const storage::Snapshot& snapshot, const access::Scope& scope,
                                     SubjectId kept);

} // namespace azukari::vault
