#include "whereabouts/orphan_keys.h"

#include "ledger/ledger.h"
#include "whereabouts/subject_store.h"

namespace azukari::whereabouts {
namespace {

ledger::Entry destruction(EntrustmentId entrustment, std::size_t keys, std::string_view actor, std::string_view why,
                          Instant now)
{
    ledger::Entry entry;
    entry.at = now;
    entry.act = "keys.destroyed";
    entry.actor = actor;
    entry.entrustment = entrustment;
    entry.outcome = "done";
    entry.counts = {{"keys", static_cast<std::int64_t>(keys)}};
    entry.references = {{"reason", std::string(why)}};
    return entry;
}

// The moment an id was minted for stands in its first 48 bits (RFC 9562, milliseconds).
Instant minted(SubjectId id)
{
    std::int64_t milliseconds = 0;
    for (std::size_t i = 0; i < 6; ++i) milliseconds = milliseconds << 8 | id.bytes()[i];
    return {milliseconds * 1000};
}

std::set<SubjectId> grown_old(const seal::Keystore& keystore, EntrustmentId entrustment, Instant now)
{
    std::set<SubjectId> old;
    for (const auto& subject : keystore.subjects(entrustment))
        if (now - minted(subject) >= kOrphanAge) old.insert(old.end(), subject);
    return old;
}

} // namespace

Result<void> keep_sealed(storage::Db& db, seal::Keystore& keystore, EntrustmentId entrustment,
                         std::span<const SubjectId> subjects, std::string_view actor, Instant now,
                         const std::function<Result<void>(storage::Tx&)>& store)
{
    auto kept = db.write(store);
    if (kept) return kept;
    AZK_REQUIRE(db.write([&](storage::Tx& tx) -> Result<void> {
        ledger::append(tx, destruction(entrustment, subjects.size(), actor, "not_stored", now));
        return keystore.destroy_subjects(entrustment, subjects);
    }));
    return kept;
}

Result<std::int64_t> destroy_orphan_keys(storage::Db& db, seal::Keystore& keystore,
                                         std::span<const SubjectTable> tables, Instant now)
{
    std::int64_t destroyed = 0;
    for (const auto& entrustment : keystore.entrustments()) {
        auto orphans = grown_old(keystore, entrustment, now);
        db.read(
            [&](const storage::Snapshot& snapshot) { remove_those_with_rows(snapshot, tables, entrustment, orphans); });
        if (orphans.empty()) continue;
        AZK_TRY(const auto count, db.write([&](storage::Tx& tx) -> Result<std::int64_t> {
            // Asked again on the writer, where nobody can store in between.
            remove_those_with_rows(tx, tables, entrustment, orphans);
            if (orphans.empty()) return 0;
            const std::vector<SubjectId> all(orphans.begin(), orphans.end());
            ledger::append(tx, destruction(entrustment, all.size(), "system", "without_rows", now));
            AZK_REQUIRE(keystore.destroy_subjects(entrustment, all));
            return static_cast<std::int64_t>(all.size());
        }));
        destroyed += count;
    }
    return destroyed;
}

} // namespace azukari::whereabouts
