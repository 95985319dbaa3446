// Where persons and the sealed versions of their records rest. Keyed by the entrustment first; nothing here can open
// what it holds.
#pragma once

#include "access/scope.h"
#include "infra/storage/db.h"
#include "vault/person/person.h"

#include <functional>

namespace azukari::vault {

struct StoredVersion {
    SubjectId subject;
    RecordId record;
    std::string kind;
    std::int64_t number;
    std::int64_t latest;
    Instant at{};
    std::string by;
    std::string purpose;
    Bytes sealed; // under Place{"vault_version", record, number}
};

void insert_person(storage::Tx& tx, const access::Scope& scope, SubjectId subject, std::string_view part);
struct NewVersion {
    SubjectId subject;
    RecordId record;
    std::string_view kind;
    std::int64_t number; // 1: a new record
    std::string_view purpose;
    ByteView sealed;
};
// Refuses kConflict when the record has that number already.
Result<void> insert_version(storage::Tx& tx, const access::Scope& scope, const NewVersion& version);

// Refuses kNoSuchPerson, for one of another entrustment too.
Result<Person> find_person(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject);
std::int64_t count_persons(const storage::Snapshot& snapshot, EntrustmentId entrustment); // merged ones not counted
// Everybody who was merged into this person, at one or more removes.
std::vector<SubjectId> merged_into(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject);

// The latest version of each record, basic first; every version, newest first, with `all`.
std::vector<StoredVersion> versions_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject,
                                       bool all = false);
// Refuses kNoSuchRecord.
Result<StoredVersion> find_version(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject,
                                   RecordId record, std::optional<std::int64_t> number = {});
// A part of the persons in the order of their list.
struct Window {
    std::int64_t first = 0;
    std::int64_t most = INT64_MAX;
};
// The current basic record of everybody who was not merged away, the newest persons first.
void each_basic(const storage::Snapshot& snapshot, EntrustmentId entrustment, Window window,
                const std::function<void(const Person&, const StoredVersion&)>& visit);
// Of one person. Refuses kNoSuchPerson.
Result<std::pair<Person, StoredVersion>> basic_of(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                                  SubjectId subject);

using RevealId = Id<struct RevealNoun>;
void insert_reveal(storage::Tx& tx, const access::Scope& scope, SubjectId subject, RevealId id,
                   std::string_view purpose, ByteView sealed);
struct StoredReveal {
    RevealId id;
    Instant at{};
    std::string by;
    std::string purpose;
    Bytes sealed; // under Place{"vault_reveal", id}
};
std::vector<StoredReveal> reveals_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject,
                                     std::int64_t most); // newest first

// Takes away every row about the person; the caller destroys the key and leaves the entry. Whoever was merged into them
// is the same person with rows and a key of their own: erase everybody of merged_into() too. Returns how many rows.
std::int64_t erase_subject_rows(storage::Tx& tx, EntrustmentId entrustment, SubjectId subject);

} // namespace azukari::vault
