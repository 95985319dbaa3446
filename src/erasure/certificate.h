// 消去証明書: what an erasure was, in a text the ledger signs, whose digest stands in the ledger. The file that goes to the
// ward holds the signed text, the ledger's entry about it, and the proof that the entry stands in the ledger, so that
// azukari-verify judges it without our server. [K61] [K65]
//
//   azukari-erasure-certificate/v1
//   note <bytes>        the signed note, C2SP
//   entry <bytes>       the ledger's entry, one line
//   proof <bytes>       .tlog-proof
//
// The note's text is lines of "key value …" in the order in which text_of() writes them.
#pragma once

#include "erasure/backup_set_store.h"
#include "erasure/procedure.h"
#include "ledger/publisher.h"

namespace azukari::erasure {

// What the register says of the entrustment.
struct Entrusted {
    std::string name;   // 事業名
    std::string clause; // "toku21 12": the clause that asks for the certificate; empty when none does
};

enum class Outcome : std::uint8_t { complete, conditional }; // 完了, 条件付完了; 不完了 gets no certificate
std::string_view code_of(Outcome outcome);
std::string_view japanese(Outcome outcome);

struct Person {
    StaffId staff;
    std::string name;
    Instant at;
};

struct Statement { // everything a certificate says
    Erasure erasure;
    Stage stage;
    Entrusted entrusted;
    std::string ward, contractor; // names
    Person planned;
    std::vector<Person> agreed;
    Person operated;
    Person checked;
    std::int64_t probes = 0;
    std::vector<OpenCopy> copies{};   // outside, not back and not destroyed
    std::vector<BackupSet> backups{}; // of the keystore, from before
    std::string earlier_digest{};     // of the first stage's note, in the second
    Instant issued{};

    Outcome outcome() const { return copies.empty() && backups.empty() ? Outcome::complete : Outcome::conditional; }
};
// What stands at this moment. The erasure must have been checked.
Statement state(const Means& means, const storage::Snapshot& snapshot, const Erasure& erasure, Stage stage,
                const Entrusted& entrusted, Instant issued);
std::string text_of(const Statement& statement, const ledger::Publisher& publisher);

// Tries to open what was destroyed and, when nothing opens, issues the first stage with the same commit.
Result<Findings> check_and_certify(const Means& means, const ledger::Publisher& publisher, const access::Scope& scope,
                                   const Entrusted& entrusted, ErasureId id);
// The second stage. Refuses kNotCarriedOut, kCopiesOut, kBackupsAlive, kUnwitnessed, kAlreadyConfirmed.
Result<void> confirm(const Means& means, const ledger::Publisher& publisher, const access::Scope& scope,
                     const Entrusted& entrusted, ErasureId id);
// What the house decides by itself, because nothing about it is left to anybody's judgement: an erasure that a second
// person has checked is final when no copy is out, no backup of the keys from before it lives, and the ward's witness
// has seen it. The others wait.
struct Confirmed {
    std::int64_t now = 0, waiting = 0;
};
Confirmed confirm_what_can_be(const Means& means, const ledger::Publisher& publisher, Instant now);
// The ward has looked at it. Refuses kNotCarriedOut.
Result<void> acknowledge(storage::Db& db, const access::Scope& scope, ErasureId id);

// The file for the ward. Refuses kNoCertificate, kNotYetProved.
Result<std::string> certificate_file(const storage::Snapshot& snapshot, const ledger::Publisher& publisher,
                                     const Erasure& erasure, Stage stage);

// What a certificate's file says was destroyed, for a house that lost its memory of it.
struct Certified {
    EntrustmentId entrustment;
    Target target;
    std::string keys_destroyed_at; // as to_iso() writes it
};
// Nothing when it is no certificate, or not signed by `key`.
std::optional<Certified> read_certificate(std::string_view file, const ledger::note::VerifierKey& key);

} // namespace azukari::erasure
