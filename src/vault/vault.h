// The vault: the one room in which residents' information rests. Persons and their records, sealed under a key per
// person and entrustment; declared items only; every reading of a person durable in the ledger before it is handed out.
//
// What the vault is told and tells goes through Scopes; functions that hand out or take personal information stop when
// the Scope's action is not of that kind.
#pragma once

#include "access/scope.h"
#include "base/random.h"
#include "infra/seal/keystore/keystore.h"
#include "infra/storage/db.h"
#include "matters/matters.h"
#include "vault/person/content_rules.h"
#include "vault/person/person.h"
#include "vault/person/person_store.h"
#include "vault/sealed/sealed_fields.h"

#include <functional>
#include <map>
#include <mutex>
#include <span>

namespace azukari::vault {

// What happened to a person, for what is built from the opened values and must follow: the search index, for one.
enum class News : std::uint8_t { stored, changed, merged_away, restored, erased };
using Listener = std::function<void(News, EntrustmentId, SubjectId)>;

class Vault {
public:
    Vault(storage::Db& db, seal::Keystore& keystore, Entropy& entropy, matters::Matters matters,
          std::vector<DocumentKind> kinds = usual_kinds());

    storage::Db& db() const { return db_; }
    seal::Keystore& keystore() const { return keystore_; }
    Entropy& entropy() const { return entropy_; }
    const matters::Matters& matters() const { return matters_; }
    std::span<const DocumentKind> kinds() const { return kinds_; }

    // Called after the commit, on the thread that made it, outside every lock. Add before the first request.
    void listen(Listener listener) { listeners_.push_back(std::move(listener)); }
    void tell(News news, EntrustmentId entrustment, SubjectId subject) const;

    // The declared items of each 件名, of the version in force. Refuses entrustment::kNotFound.
    using Parts = std::vector<std::shared_ptr<const DeclaredItems>>;
    Result<std::shared_ptr<const Parts>> parts(const storage::Snapshot& snapshot, const access::Scope& scope) const;
    // Refuses kNoSuchPart; an empty `part` names the only one.
    Result<Ground> ground(const access::Scope& scope, std::string_view part) const;

    struct Writing {
        std::string part; // of a new person; may be empty when there is one only
        std::string kind{kBasic};
        std::string purpose; // code
        RecordContent content;
    };
    // Everything that is wrong with it, each beside its field, without writing anything.
    Result<std::vector<Refusal>> examine(const access::Scope& scope, const Writing& writing) const;
    // A new person with their basic record. Refuses what examine() finds first.
    Result<SubjectId> record_person(const access::Scope& scope, Writing writing) const;
    // A further record of a person. Refuses kNoSuchPerson, kMergedAway, kTwice for a second basic one.
    Result<RecordId> add_record(const access::Scope& scope, SubjectId subject, Writing writing) const;
    // A new version of a record; `seen` is the number of the one the writer looked at. Refuses kConflict,
    // kNothingChanged.
    Result<std::int64_t> amend(const access::Scope& scope, SubjectId subject, RecordId record, std::int64_t seen,
                               Writing writing) const;

    struct Revealed {
        Person person;
        std::vector<RecordVersion> records; // latest versions, basic first; of everybody merged into this person too
        std::vector<RecordVersion> earlier; // when the history was asked for: older versions, newest first
        std::vector<Reveal> reveals;        // and who looked before
    };
    // One person in clear. The entry is durable before this returns. Refuses kNoSuchPerson, the purpose, the reason.
    // [K26] [K79]
    Result<Revealed> reveal(const access::Scope& scope, SubjectId subject, const Use& use, bool history = false) const;
    // Two side by side, one entry for each.
    Result<std::pair<Revealed, Revealed>> compare(const access::Scope& scope, SubjectId one, SubjectId other,
                                                  const Use& use) const;

    struct Seen {
        Person person;
        FieldMap values; // of the basic record, in clear
        Instant changed_at{};
    };
    // Everybody of the Scope's entrustment, opened, the newest first: for what is built in memory and for lists that
    // are masked before they are shown. Leaves no entry; whoever shows something from it does (note_listing). Only
    // those in the window are opened.
    Result<void> each_person(const storage::Snapshot& snapshot, const access::Scope& scope,
                             const std::function<void(const Seen&)>& visit, Window window = {}) const;
    // One of them likewise, also one who was merged away. Refuses kNoSuchPerson.
    Result<Seen> see(const storage::Snapshot& snapshot, const access::Scope& scope, SubjectId subject) const;
    void note_listing(const access::Scope& scope, std::int64_t persons) const;

    // Shared by the rooms of the vault.
    Result<RecordVersion> open(const access::Scope& scope, const StoredVersion& stored) const;
    Result<SealedFields> seal(const access::Scope& scope, SubjectId subject, const Place& place, FieldMap fields) const;
    Result<FieldMap> open(const access::Scope& scope, SubjectId subject, const Place& place, ByteView sealed) const;

private:
    struct Looked; // what reveal() found, with the sealed reason
    Result<Looked> look(const storage::Snapshot& snapshot, const access::Scope& scope, SubjectId subject,
                        const Use& use, bool history) const;
    Result<Writing> checked(const access::Scope& scope, Writing writing) const;

    storage::Db& db_;
    seal::Keystore& keystore_;
    Entropy& entropy_;
    const matters::Matters matters_;
    const std::vector<DocumentKind> kinds_;
    std::vector<Listener> listeners_;
    struct Remembered {
        std::int64_t version;
        std::shared_ptr<const Parts> parts;
    };
    mutable std::mutex mutex_;
    mutable std::map<EntrustmentId, Remembered> remembered_;
};

} // namespace azukari::vault
