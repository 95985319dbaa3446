#include "erasure/replay.h"

#include "erasure/destruction_list.h"
#include "erasure/erasure_refusals.h"
#include "infra/storage/scrub.h"
#include "ledger/ledger.h"

namespace azukari::erasure {
namespace {

ledger::Entry own_entry(std::string_view act, Instant now, EntrustmentId entrustment)
{
    ledger::Entry entry;
    entry.at = now;
    entry.act = act;
    entry.actor = "system";
    entry.entrustment = entrustment;
    entry.outcome = "done";
    return entry;
}

// Everything that store and list say was destroyed.
std::map<EntrustmentId, DestructionList::Destroyed> destroyed_before(const Means& means)
{
    auto known = DestructionList(means.destructions).read();
    means.db.read([&](const storage::Snapshot& snapshot) {
        for (const auto& erasure : begun_erasures(snapshot)) {
            if (erasure.find(Step::keys) == nullptr) continue; // resume() does it
            auto& of = known[erasure.entrustment];
            of.whole = of.whole || erasure.target.kind == TargetKind::entrustment;
            for (const auto& person : subjects_erased(snapshot, erasure)) of.persons.insert(person);
        }
    });
    return known;
}

// What is known to be destroyed and has its key: the keystore is an older copy.
Result<bool> destroy_keys_again(const Means& means, EntrustmentId entrustment,
                                const DestructionList::Destroyed& destroyed, Instant now)
{
    auto& keystore = means.keystore;
    if (keystore.is_destroyed(entrustment)) return false;
    std::vector<SubjectId> alive;
    for (const auto& person : destroyed.persons)
        if (keystore.subject_kid(entrustment, person)) alive.push_back(person);
    if (!destroyed.whole && alive.empty()) return false;
    if (destroyed.whole) {
        AZK_REQUIRE(keystore.add_entrustment(entrustment)); // a copy from before it had keys must know, too
        AZK_REQUIRE(keystore.destroy_entrustment(entrustment));
    } else {
        AZK_REQUIRE(keystore.destroy_subjects(entrustment, alive));
    }
    means.db.write([&](storage::Tx& tx) {
        auto entry = own_entry("erasure.replayed", now, entrustment);
        entry.counts = {{"keys", static_cast<std::int64_t>(alive.size())}};
        entry.references = {{"restored", "keystore"}};
        ledger::append(tx, entry);
    });
    return true;
}

// Rows of persons whose keys the keystore says are destroyed: the store is an older copy.
std::int64_t delete_rows_again(const Means& means, Instant now)
{
    std::map<EntrustmentId, std::set<SubjectId>> gone; // a person has rows in several tables
    means.db.read([&](const storage::Snapshot& snapshot) {
        each_subject(snapshot, means.tables, [&](EntrustmentId entrustment, SubjectId subject) {
            if (means.keystore.is_destroyed(entrustment, subject)) gone[entrustment].insert(subject);
        });
    });
    std::int64_t persons = 0;
    for (const auto& [entrustment, subjects] : gone) {
        means.db.write([&](storage::Tx& tx) {
            const bool whole = means.keystore.is_destroyed(entrustment);
            auto entry = own_entry("erasure.replayed", now, entrustment);
            std::optional<std::vector<SubjectId>> named;
            if (!whole) named.emplace(subjects.begin(), subjects.end());
            entry.counts["rows"] = delete_rows(tx, means.tables, entrustment, named);
            entry.counts["persons"] = static_cast<std::int64_t>(subjects.size());
            entry.references = {{"restored", "store"}};
            ledger::append(tx, entry);
        });
        persons += static_cast<std::int64_t>(subjects.size());
    }
    return persons;
}

} // namespace

Result<Replayed> replay(const Means& means, Instant now)
{
    Replayed told;
    for (const auto& [entrustment, destroyed] : destroyed_before(means)) {
        AZK_TRY(const bool again, destroy_keys_again(means, entrustment, destroyed, now));
        if (again) ++told.keys_again;
    }
    for (const auto& erasure : means.db.read(begun_erasures)) {
        if (!next_step(erasure)) continue;
        AZK_REQUIRE(resume(means, now, erasure.entrustment, erasure.id));
        ++told.resumed;
    }
    told.persons_again = delete_rows_again(means, now);
    if (told.keys_again + told.persons_again > 0) {
        std::vector<std::string_view> names;
        for (const auto& table : means.tables) names.push_back(table.table);
        if (!storage::scrub(means.db, names)) return refuse(kStillRead);
    }
    return told;
}

} // namespace azukari::erasure
