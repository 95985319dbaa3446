// Erasures as they are kept: plan, steps, probes, certificates. Steps leave their ledger entry in the same transaction.
#pragma once

#include "access/scope.h"
#include "erasure/erasure.h"
#include "infra/seal/keystore/keystore.h"
#include "infra/storage/db.h"

#include <span>

namespace azukari::erasure {

struct Probe { // see sealed_word() in procedure.h
    SubjectId subject;
    Bytes sealed;
};

void insert_plan(storage::Tx& tx, const access::Scope& scope, const Erasure& erasure);
void mark_withdrawn(storage::Tx& tx, const access::Scope& scope, const Erasure& erasure);

Result<Erasure> find_erasure(const storage::Snapshot& snapshot, EntrustmentId entrustment, ErasureId id);
std::vector<Erasure> erasures_of(const storage::Snapshot& snapshot, EntrustmentId entrustment); // newest first
// Of every entrustment: those that were begun, oldest first.
std::vector<Erasure> begun_erasures(const storage::Snapshot& snapshot);

void insert_subjects(storage::Tx& tx, const Erasure& erasure, std::span<const SubjectId> subjects,
                     std::span<const Probe> probes);
std::vector<SubjectId> subjects_erased(const storage::Snapshot& snapshot, const Erasure& erasure);
std::vector<Probe> probes_of(const storage::Snapshot& snapshot, const Erasure& erasure);

// Records the step with its entry: `entry` names the act, the actor and what was counted. A step done twice (after an
// interruption) keeps its first record.
void insert_step(storage::Tx& tx, const Erasure& erasure, Step step, std::optional<StaffId> by, std::int64_t number,
                 seal::KeystoreMark mark, ledger::Entry entry);
// After a check that found something: every step but the beginning is to be done again.
void forget_steps(storage::Tx& tx, const Erasure& erasure);
void mark_acknowledged(storage::Tx& tx, const access::Scope& scope, const Erasure& erasure);
void insert_certificate(storage::Tx& tx, const Erasure& erasure, const Certificate& certificate);

} // namespace azukari::erasure
