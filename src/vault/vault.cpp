#include "vault/vault.h"

#include "base/check.h"
#include "entrustment/version_store.h"
#include "infra/text/folding.h"
#include "ledger/ledger.h"
#include "matters/allowance_store.h"
#include "vault/purpose/purpose_store.h"
#include "vault/vault_refusals.h"
#include "whereabouts/orphan_keys.h"

namespace azukari::vault {
namespace {

constexpr std::int64_t kRevealsShown = 20;

EntrustmentId entrustment_of(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

EntrustmentId personal(const access::Scope& scope)
{
    AZK_CHECK(access::touches_residents(scope.action().kind));
    return entrustment_of(scope);
}

ledger::Entry entry_about(const access::Scope& scope, std::string_view act, SubjectId subject, std::string_view purpose)
{
    auto entry = scope.entry(act);
    entry.object = subject.text();
    entry.purpose = purpose;
    return entry;
}

Place place_of(RecordId record, std::int64_t number)
{
    return {"vault_version", record.bytes(), static_cast<std::uint64_t>(number)};
}

} // namespace

Vault::Vault(storage::Db& db, seal::Keystore& keystore, Entropy& entropy, matters::Matters matters,
             std::vector<DocumentKind> kinds)
    : db_(db), keystore_(keystore), entropy_(entropy), matters_(std::move(matters)), kinds_(std::move(kinds))
{
}

void Vault::tell(News news, EntrustmentId entrustment, SubjectId subject) const
{
    for (const auto& listener : listeners_) listener(news, entrustment, subject);
}

Result<std::shared_ptr<const Vault::Parts>> Vault::parts(const storage::Snapshot& snapshot,
                                                         const access::Scope& scope) const
{
    const auto entrustment = entrustment_of(scope);
    AZK_TRY(const auto number, entrustment::number_in_force(snapshot, scope));
    {
        const std::lock_guard lock(mutex_);
        if (const auto known = remembered_.find(entrustment);
            known != remembered_.end() && known->second.version == number)
            return known->second.parts;
    }
    AZK_TRY(const auto version, entrustment::version_in_force(snapshot, scope));
    auto made = std::make_shared<Parts>();
    for (const auto& part : version.content.parts)
        made->push_back(std::make_shared<const DeclaredItems>(part, matters_));
    const std::lock_guard lock(mutex_);
    remembered_.insert_or_assign(entrustment, Remembered{number, made});
    return std::shared_ptr<const Parts>(std::move(made));
}

Result<Ground> Vault::ground(const access::Scope& scope, std::string_view part) const
{
    return db_.read([&](const storage::Snapshot& snapshot) -> Result<Ground> {
        const auto entrustment = entrustment_of(scope);
        AZK_TRY(const auto declared, parts(snapshot, scope));
        Ground made;
        for (const auto& each : *declared)
            if (each->part() == part || (part.empty() && declared->size() == 1)) made.items = each;
        if (!made.items) return refuse_field("part", kNoSuchPart);
        made.purposes = purposes(snapshot, entrustment);
        std::erase_if(made.purposes, [](const auto& purpose) { return purpose.ended.has_value(); });
        made.texts = texts(snapshot, entrustment);
        made.indirect = indirect_allowances(snapshot, entrustment);
        std::erase_if(made.indirect, [](const auto& allowed) { return allowed.ended.has_value(); });
        for (auto& allowed : matters::allowances(snapshot, entrustment))
            if (!allowed.withdrawn) made.allowed.push_back(std::move(allowed.item));
        return made;
    });
}

Result<std::vector<Refusal>> Vault::examine(const access::Scope& scope, const Writing& writing) const
{
    personal(scope);
    const auto* kind = find_kind(kinds_, writing.kind);
    if (kind == nullptr) return refuse(kNoSuchKind, writing.kind);
    AZK_TRY(const auto on, ground(scope, writing.part));
    auto content = writing.content;
    auto refusals = vault::examine(on, matters_, *kind, scope.moment().today, content);
    const auto use = db_.read([&](const storage::Snapshot& snapshot) {
        return may_use_for(snapshot, entrustment_of(scope), writing.purpose);
    });
    if (!use) refusals.push_back(use.error());
    return refusals;
}

Result<Vault::Writing> Vault::checked(const access::Scope& scope, Writing writing) const
{
    AZK_TRY(const auto refusals, examine(scope, writing));
    if (!refusals.empty()) return tl::unexpected(refusals.front());
    AZK_TRY(const auto on, ground(scope, writing.part));
    writing.part = on.items->part();
    vault::examine(on, matters_, *find_kind(kinds_, writing.kind), scope.moment().today, writing.content);
    return writing;
}

Result<SealedFields> Vault::seal(const access::Scope& scope, SubjectId subject, const Place& place,
                                 FieldMap fields) const
{
    const auto entrustment = entrustment_of(scope);
    AZK_TRY(const auto key, keystore_.subject_key(entrustment, subject, scope.moment().at));
    return seal_fields(key, entrustment, place, std::move(fields), entropy_);
}

Result<FieldMap> Vault::open(const access::Scope& scope, SubjectId subject, const Place& place, ByteView sealed) const
{
    const auto entrustment = entrustment_of(scope);
    AZK_TRY(const auto key, keystore_.subject_key(entrustment, subject, scope.moment().at));
    AZK_TRY(auto opened, open_fields(key, entrustment, place, sealed));
    return std::move(opened.fields);
}

Result<RecordVersion> Vault::open(const access::Scope& scope, const StoredVersion& stored) const
{
    personal(scope);
    AZK_TRY(const auto fields, open(scope, stored.subject, place_of(stored.record, stored.number), stored.sealed));
    AZK_TRY(auto content, content_of(fields));
    return RecordVersion{stored.subject, stored.record, stored.kind,    stored.number,     stored.latest,
                         stored.at,      stored.by,     stored.purpose, std::move(content)};
}

Result<SubjectId> Vault::record_person(const access::Scope& scope, Writing writing) const
{
    const auto entrustment = personal(scope);
    writing.kind = kBasic;
    AZK_TRY(const auto ready, checked(scope, std::move(writing)));
    IdSource ids(scope.moment().at, entropy_);
    const auto subject = ids.next<SubjectNoun>();
    const auto record = ids.next<RecordNoun>();
    // The key first, the row second: a row without a key would be lost.
    AZK_REQUIRE(keystore_.add_entrustment(entrustment));
    AZK_REQUIRE(keystore_.add_subjects(entrustment, std::span(&subject, 1)));
    AZK_TRY(const auto sealed, seal(scope, subject, place_of(record, 1), to_fields(ready.content)));
    const auto store = [&](storage::Tx& tx) -> Result<void> {
        insert_person(tx, scope, subject, ready.part);
        AZK_REQUIRE(insert_version(tx, scope, {subject, record, kBasic, 1, ready.purpose, sealed.sealed}));
        auto entry = entry_about(scope, "person.recorded", subject, ready.purpose);
        entry.counts = {{"items", static_cast<std::int64_t>(ready.content.values.size())},
                        {"words_kept", static_cast<std::int64_t>(ready.content.kept_words.size())}};
        entry.references = {{"commitment", sealed.commitment}, {"part", ready.part}};
        ledger::append(tx, entry);
        return {};
    };
    AZK_REQUIRE(whereabouts::keep_sealed(db_, keystore_, entrustment, std::span(&subject, 1), scope.account().text(),
                                         scope.moment().at, store));
    tell(News::stored, entrustment, subject);
    return subject;
}

Result<RecordId> Vault::add_record(const access::Scope& scope, SubjectId subject, Writing writing) const
{
    const auto entrustment = personal(scope);
    const auto person =
        db_.read([&](const storage::Snapshot& snapshot) { return find_person(snapshot, entrustment, subject); });
    if (!person) return tl::unexpected(person.error());
    if (person->merged_into) return refuse(kMergedAway);
    if (writing.kind == kBasic) return refuse(kTwice, "基本情報");
    writing.part = person->part;
    AZK_TRY(const auto ready, checked(scope, std::move(writing)));
    const auto record = IdSource(scope.moment().at, entropy_).next<RecordNoun>();
    AZK_TRY(const auto sealed, seal(scope, subject, place_of(record, 1), to_fields(ready.content)));
    const auto stored = db_.write([&](storage::Tx& tx) -> Result<void> {
        AZK_REQUIRE(find_person(tx, entrustment, subject));
        AZK_REQUIRE(insert_version(tx, scope, {subject, record, ready.kind, 1, ready.purpose, sealed.sealed}));
        auto entry = entry_about(scope, "person.record_added", subject, ready.purpose);
        entry.references = {{"commitment", sealed.commitment}, {"record", record.text()}, {"kind", ready.kind}};
        ledger::append(tx, entry);
        return {};
    });
    AZK_REQUIRE(stored);
    tell(News::changed, entrustment, subject);
    return record;
}

Result<std::int64_t> Vault::amend(const access::Scope& scope, SubjectId subject, RecordId record, std::int64_t seen,
                                  Writing writing) const
{
    const auto entrustment = personal(scope);
    if (text::is_blank(writing.content.reason)) return refuse_field("reason", kReasonExpected);
    const auto found = db_.read([&](const storage::Snapshot& snapshot) -> Result<StoredVersion> {
        AZK_TRY(const auto person, find_person(snapshot, entrustment, subject));
        if (person.merged_into) return refuse(kMergedAway);
        writing.part = person.part;
        return find_version(snapshot, entrustment, subject, record);
    });
    AZK_TRY(const auto before, found);
    if (before.number != seen) return refuse(kConflict);
    writing.kind = before.kind;
    AZK_TRY(const auto ready, checked(scope, std::move(writing)));
    AZK_TRY(auto opened, open(scope, before));
    opened.content.reason = ready.content.reason;
    if (opened.content == ready.content) return refuse(kNothingChanged);
    const auto number = before.number + 1;
    AZK_TRY(const auto sealed, seal(scope, subject, place_of(record, number), to_fields(ready.content)));
    const auto stored = db_.write([&](storage::Tx& tx) -> Result<void> {
        AZK_REQUIRE(insert_version(tx, scope, {subject, record, ready.kind, number, ready.purpose, sealed.sealed}));
        auto entry = entry_about(scope, "person.amended", subject, ready.purpose);
        entry.references = {
            {"commitment", sealed.commitment}, {"record", record.text()}, {"version", std::to_string(number)}};
        ledger::append(tx, entry);
        return {};
    });
    AZK_REQUIRE(stored);
    tell(News::changed, entrustment, subject);
    return number;
}

struct Vault::Looked {
    Revealed revealed;
    RevealId id;
    SealedFields reason;
};

Result<Vault::Looked> Vault::look(const storage::Snapshot& snapshot, const access::Scope& scope, SubjectId subject,
                                  const Use& use, bool history) const
{
    const auto entrustment = personal(scope);
    AZK_TRY(auto person, find_person(snapshot, entrustment, subject));
    AZK_REQUIRE(may_use_for(snapshot, entrustment, use.purpose));
    if (text::is_blank(use.reason)) return refuse_field("reason", kReasonExpected);
    const auto id = IdSource(scope.moment().at, entropy_).next<RevealNoun>();
    AZK_TRY(auto reason, seal(scope, subject, {"vault_reveal", id.bytes()}, {{"reason", use.reason}}));
    Looked looked{{std::move(person), {}, {}, {}}, id, std::move(reason)};
    auto& found = looked.revealed;
    auto group = merged_into(snapshot, entrustment, subject);
    group.insert(group.begin(), subject);
    for (const auto& each : group)
        for (const auto& stored : versions_of(snapshot, entrustment, each, history)) {
            AZK_TRY(auto version, open(scope, stored));
            (version.number == version.latest ? found.records : found.earlier).push_back(std::move(version));
        }
    if (history)
        for (const auto& stored : reveals_of(snapshot, entrustment, subject, kRevealsShown)) {
            AZK_TRY(auto told, open(scope, subject, {"vault_reveal", stored.id.bytes()}, stored.sealed));
            found.reveals.push_back({stored.at, stored.by, stored.purpose, told["reason"]});
        }
    return looked;
}

Result<Vault::Revealed> Vault::reveal(const access::Scope& scope, SubjectId subject, const Use& use, bool history) const
{
    AZK_TRY(auto looked,
            db_.read([&](const storage::Snapshot& snapshot) { return look(snapshot, scope, subject, use, history); }));
    const auto stored = db_.write([&](storage::Tx& tx) -> Result<void> {
        AZK_REQUIRE(find_person(tx, *scope.entrustment(), subject)); // erased in between: nothing is handed out
        insert_reveal(tx, scope, subject, looked.id, use.purpose, looked.reason.sealed);
        auto entry = entry_about(scope, "person.revealed", subject, use.purpose);
        entry.counts = {{"records", static_cast<std::int64_t>(looked.revealed.records.size())},
                        {"earlier_versions", static_cast<std::int64_t>(looked.revealed.earlier.size())}};
        entry.references = {{"commitment", looked.reason.commitment}};
        ledger::append(tx, entry);
        return {};
    });
    AZK_REQUIRE(stored);
    return std::move(looked.revealed);
}

Result<std::pair<Vault::Revealed, Vault::Revealed>> Vault::compare(const access::Scope& scope, SubjectId one,
                                                                   SubjectId other, const Use& use) const
{
    if (one == other) return refuse(kSamePerson);
    AZK_TRY(auto left, reveal(scope, one, use));
    AZK_TRY(auto right, reveal(scope, other, use));
    return std::pair{std::move(left), std::move(right)};
}

Result<void> Vault::each_person(const storage::Snapshot& snapshot, const access::Scope& scope,
                                const std::function<void(const Seen&)>& visit, Window window) const
{
    const auto entrustment = personal(scope);
    std::optional<Refusal> refused;
    each_basic(snapshot, entrustment, window, [&](const Person& person, const StoredVersion& stored) {
        if (refused) return;
        auto version = open(scope, stored);
        if (!version)
            refused = version.error();
        else
            visit({person, std::move(version->content.values), stored.at});
    });
    if (refused) return tl::unexpected(*refused);
    return {};
}

Result<Vault::Seen> Vault::see(const storage::Snapshot& snapshot, const access::Scope& scope, SubjectId subject) const
{
    AZK_TRY(auto found, basic_of(snapshot, personal(scope), subject));
    AZK_TRY(auto version, open(scope, found.second));
    return Seen{std::move(found.first), std::move(version.content.values), found.second.at};
}

void Vault::note_listing(const access::Scope& scope, std::int64_t persons) const
{
    personal(scope);
    auto entry = scope.entry("person.listed");
    entry.counts = {{"persons", persons}};
    db_.write([&](storage::Tx& tx) { ledger::append(tx, entry); });
}

} // namespace azukari::vault
