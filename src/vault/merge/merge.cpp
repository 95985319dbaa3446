#include "vault/merge/merge.h"

#include "base/check.h"
#include "infra/text/folding.h"
#include "ledger/ledger.h"
#include "vault/merge/merge_store.h"
#include "vault/purpose/purpose_store.h"
#include "vault/vault_refusals.h"

#include <set>

namespace azukari::vault {
namespace {

EntrustmentId personal(const access::Scope& scope)
{
    AZK_CHECK(access::touches_residents(scope.action().kind) && scope.entrustment().has_value());
    return *scope.entrustment();
}

struct Both { // the basic records, opened
    Person kept_person;
    RecordVersion kept;
    RecordVersion gone;
};

Result<RecordVersion> basic_of(const Vault& vault, const storage::Snapshot& snapshot, const access::Scope& scope,
                               SubjectId subject)
{
    const auto stored = versions_of(snapshot, personal(scope), subject);
    if (stored.empty() || stored.front().kind != kBasic) return refuse(kNoSuchRecord);
    return vault.open(scope, stored.front());
}

Result<Both> read(const Vault& vault, const storage::Snapshot& snapshot, const access::Scope& scope,
                  const MergeWish& wish)
{
    const auto entrustment = personal(scope);
    if (wish.kept == wish.gone) return refuse(kSamePerson);
    AZK_REQUIRE(may_use_for(snapshot, entrustment, wish.purpose));
    if (text::is_blank(wish.reason)) return refuse_field("reason", kReasonExpected);
    AZK_TRY(auto kept_person, find_person(snapshot, entrustment, wish.kept));
    AZK_TRY(const auto gone_person, find_person(snapshot, entrustment, wish.gone));
    if (kept_person.merged_into || gone_person.merged_into) return refuse(kMergedAway);
    if (kept_person.part != gone_person.part) return refuse(kOtherPart);
    AZK_TRY(auto kept, basic_of(vault, snapshot, scope, wish.kept));
    AZK_TRY(auto gone, basic_of(vault, snapshot, scope, wish.gone));
    if (kept.number != wish.kept_seen || gone.number != wish.gone_seen) return refuse(kConflict);
    return Both{std::move(kept_person), std::move(kept), std::move(gone)};
}

// What the kept record will say.
Result<RecordContent> joined(const Vault& vault, const access::Scope& scope, const Both& both, const MergeWish& wish)
{
    AZK_TRY(const auto ground, vault.ground(scope, both.kept_person.part));
    auto content = both.kept.content;
    content.reason = wish.reason;
    content.circumstances.insert(both.gone.content.circumstances.begin(), both.gone.content.circumstances.end());
    for (const auto& difference : differences(both.kept.content.values, both.gone.content.values)) {
        const auto choice = wish.choices.find(difference.item);
        if (choice == wish.choices.end())
            return refuse_field("choice." + difference.item, kChoiceExpected, ground.items->name_of(difference.item));
        if (choice->second == Side::kept) continue;
        const auto& theirs = both.gone.content;
        content.values[difference.item] = difference.gone;
        content.kept_words.erase(difference.item);
        if (const auto why = theirs.kept_words.find(difference.item); why != theirs.kept_words.end())
            content.kept_words[difference.item] = why->second;
        if (difference.gone.empty()) content.values.erase(difference.item);
    }
    return content;
}

Place place_of(RecordId record, std::int64_t number)
{
    return {"vault_version", record.bytes(), static_cast<std::uint64_t>(number)};
}

} // namespace

std::vector<Difference> differences(const FieldMap& kept, const FieldMap& gone)
{
    std::set<std::string> codes;
    for (const auto* values : {&kept, &gone})
        for (const auto& [code, value] : *values) codes.insert(code);
    std::vector<Difference> found;
    for (const auto& code : codes) {
        const auto value = [&](const FieldMap& values) {
            const auto at = values.find(code);
            return at == values.end() ? std::string() : at->second;
        };
        if (auto one = value(kept), other = value(gone); one != other)
            found.push_back({code, std::move(one), std::move(other)});
    }
    return found;
}

Result<MergeId> merge(const Vault& vault, const access::Scope& scope, const MergeWish& wish)
{
    const auto entrustment = personal(scope);
    AZK_TRY(const auto both,
            vault.db().read([&](const storage::Snapshot& snapshot) { return read(vault, snapshot, scope, wish); }));
    AZK_TRY(const auto content, joined(vault, scope, both, wish));
    const auto id = IdSource(scope.moment().at, vault.entropy()).next<MergeNoun>();
    const auto number = both.kept.number + 1;
    AZK_TRY(const auto record, vault.seal(scope, wish.kept, place_of(both.kept.record, number), to_fields(content)));
    AZK_TRY(const auto reason, vault.seal(scope, wish.kept, {"vault_merge", id.bytes()}, {{"reason", wish.reason}}));
    const auto stored = vault.db().write([&](storage::Tx& tx) -> Result<void> {
        AZK_REQUIRE(
            insert_version(tx, scope, {wish.kept, both.kept.record, kBasic, number, wish.purpose, record.sealed}));
        AZK_REQUIRE(insert_merge(tx, scope,
                                 {id, wish.kept, wish.gone, both.kept.record, both.kept.number, number, reason.sealed},
                                 both.gone.record, both.gone.number));
        auto entry = scope.entry("person.merged");
        entry.object = wish.kept.text();
        entry.purpose = wish.purpose;
        entry.references = {{"gone", wish.gone.text()}, {"merge", id.text()}, {"commitment", record.commitment}};
        ledger::append(tx, entry);
        return {};
    });
    AZK_REQUIRE(stored);
    vault.tell(News::merged_away, entrustment, wish.gone);
    vault.tell(News::changed, entrustment, wish.kept);
    return id;
}

Result<void> undo_merge(const Vault& vault, const access::Scope& scope, MergeId id, const Use& use)
{
    const auto entrustment = personal(scope);
    if (text::is_blank(use.reason)) return refuse_field("reason", kReasonExpected);
    struct Found {
        StoredMerge merge;
        RecordVersion before;
        std::int64_t latest;
    };
    const auto read = vault.db().read([&](const storage::Snapshot& snapshot) -> Result<Found> {
        AZK_REQUIRE(may_use_for(snapshot, entrustment, use.purpose));
        AZK_TRY(auto merge, find_merge(snapshot, entrustment, id));
        AZK_TRY(const auto stored, find_version(snapshot, entrustment, merge.kept, merge.record, merge.version_before));
        AZK_TRY(auto before, vault.open(scope, stored));
        return Found{std::move(merge), std::move(before), stored.latest};
    });
    AZK_TRY(const auto found, read);
    const auto& merge = found.merge;
    // What somebody wrote after the merge is a decision of its own, and stays.
    const bool untouched = found.latest == merge.version_after;
    const auto number = found.latest + 1;
    auto content = found.before.content;
    content.reason = use.reason;
    AZK_TRY(const auto record, vault.seal(scope, merge.kept, place_of(merge.record, number), to_fields(content)));
    const auto stored = vault.db().write([&](storage::Tx& tx) -> Result<void> {
        AZK_REQUIRE(mark_undone(tx, scope, merge));
        if (untouched) {
            AZK_REQUIRE(
                insert_version(tx, scope, {merge.kept, merge.record, kBasic, number, use.purpose, record.sealed}));
        }
        auto entry = scope.entry("person.unmerged");
        entry.object = merge.kept.text();
        entry.purpose = use.purpose;
        entry.references = {{"gone", merge.gone.text()}, {"merge", id.text()}};
        if (untouched) entry.references["commitment"] = record.commitment;
        ledger::append(tx, entry);
        return {};
    });
    AZK_REQUIRE(stored);
    vault.tell(News::restored, entrustment, merge.gone);
    vault.tell(News::changed, entrustment, merge.kept);
    return {};
}

Result<std::vector<Merge>> merges_of(const Vault& vault, const storage::Snapshot& snapshot, const access::Scope& scope,
                                     SubjectId kept)
{
    std::vector<Merge> all;
    for (const auto& stored : merges_in_force(snapshot, personal(scope), kept)) {
        AZK_TRY(auto told, vault.open(scope, kept, {"vault_merge", stored.id.bytes()}, stored.sealed));
        all.push_back({stored.id, kept, stored.gone, stored.at, stored.by, told["reason"]});
    }
    return all;
}

} // namespace azukari::vault
