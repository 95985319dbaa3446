#include "vault/consent/consent.h"

#include "base/check.h"
#include "infra/text/folding.h"
#include "ledger/ledger.h"
#include "vault/consent/consent_store.h"
#include "vault/purpose/purpose_store.h"
#include "vault/vault_refusals.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace azukari::vault {
namespace {

constexpr Manner kManners[] = {Manner::signature, Manner::verbal, Manner::electronic};
constexpr std::string_view kMannerCodes[] = {"signature", "verbal", "electronic"};
constexpr std::string_view kMannerWords[] = {"書面への署名", "口頭", "電子的な方法"};
constexpr std::string_view kItem = "item.", kRecipient = "recipient.", kExplained = "explained.";

FieldMap to_fields(const ConsentContent& content)
{
    FieldMap fields{{"agreed", content.agreed ? "yes" : "no"},        {"text", std::to_string(content.text)},
                    {"explained_by", content.explained_by},           {"given_on", content.given_on.iso()},
                    {"manner", std::string(code_of(content.manner))}, {"note", content.note}};
    for (const auto& code : content.items) fields[fmt::format("{}{}", kItem, code)] = {};
    for (const auto& agency : content.recipients) fields[fmt::format("{}{}", kRecipient, agency.text())] = {};
    for (const auto& code : content.explained) fields[fmt::format("{}{}", kExplained, code)] = {};
    return fields;
}

Result<ConsentContent> content_of_consent(const FieldMap& fields)
{
    ConsentContent content;
    for (const auto& [name, text] : fields) {
        const std::string_view whole(name);
        if (whole.starts_with(kItem)) content.items.emplace(whole.substr(kItem.size()));
        if (whole.starts_with(kExplained)) content.explained.emplace(whole.substr(kExplained.size()));
        if (whole.starts_with(kRecipient)) {
            const auto agency = AgencyId::parse(whole.substr(kRecipient.size()));
            if (!agency) return refuse(kDamagedFields);
            content.recipients.insert(*agency);
        }
    }
    const auto text = [&](std::string_view name) {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    };
    const auto day = CivilDate::parse(text("given_on"));
    const auto manner = manner_of(text("manner"));
    const auto number = text("text");
    const auto parsed = std::from_chars(number.data(), number.data() + number.size(), content.text);
    if (!day || !manner || parsed.ec != std::errc()) return refuse(kDamagedFields);
    content.agreed = text("agreed") == "yes";
    content.explained_by = text("explained_by");
    content.given_on = *day;
    content.manner = *manner;
    content.note = text("note");
    return content;
}

EntrustmentId personal(const access::Scope& scope)
{
    AZK_CHECK(access::touches_residents(scope.action().kind) && scope.entrustment().has_value());
    return *scope.entrustment();
}

ledger::Entry entry_about(const access::Scope& scope, std::string_view act, SubjectId subject)
{
    auto entry = scope.entry(act);
    entry.object = subject.text();
    return entry;
}

Result<Consent> opened(const Vault& vault, const access::Scope& scope, const StoredConsent& stored)
{
    AZK_TRY(const auto fields, vault.open(scope, stored.subject, {"vault_consent", stored.id.bytes()}, stored.sealed));
    AZK_TRY(auto content, content_of_consent(fields));
    Consent consent{stored.id, stored.subject, stored.at, stored.by, std::move(content), {}};
    if (!stored.withdrawal) return consent;
    const auto& taken = *stored.withdrawal;
    AZK_TRY(auto told,
            vault.open(scope, stored.subject, {"vault_consent_withdrawal", stored.id.bytes()}, taken.sealed));
    const auto day = CivilDate::parse(told["on"]);
    if (!day) return refuse(kDamagedFields);
    consent.withdrawal = Withdrawal{*day, told["reason"], taken.at, taken.by};
    return consent;
}

} // namespace

std::string_view code_of(Manner manner)
{
    return kMannerCodes[static_cast<std::size_t>(manner)];
}
std::string_view japanese(Manner manner)
{
    return kMannerWords[static_cast<std::size_t>(manner)];
}
std::optional<Manner> manner_of(std::string_view code)
{
    for (const auto manner : kManners)
        if (code_of(manner) == code) return manner;
    return std::nullopt;
}
std::span<const Manner> manners()
{
    return kManners;
}

std::vector<Refusal> examine(const Ground& ground, const std::vector<Agency>& agencies, CivilDate today,
                             const ConsentContent& content)
{
    std::vector<Refusal> refusals;
    const auto object = [&](const RefusalKind& kind, std::string field, std::vector<std::string> arguments = {}) {
        refusals.emplace_back(kind, std::move(arguments), std::move(field));
    };
    if (std::none_of(ground.texts.begin(), ground.texts.end(), [&](const PublishedText& text) {
            return text.kind == TextKind::consent && text.number == content.text;
        }))
        object(kNoSuchText, "text");
    if (content.items.empty()) object(kScopeExpected, "items");
    for (const auto& code : content.items) {
        const auto* item = ground.items->find(code);
        if (item == nullptr)
            object(kNotDeclared, "items", {code});
        else if (content.agreed && item->sensitive && !content.explained.contains(code))
            object(kExplainFully, "explained", {item->name});
    }
    for (const auto& recipient : content.recipients)
        if (std::none_of(agencies.begin(), agencies.end(),
                         [&](const Agency& agency) { return agency.id == recipient && !agency.ended; }))
            object(kUnknownRecipient, "recipients");
    if (text::is_blank(content.explained_by)) object(kWordsExpected, "explained_by", {"説明した人の氏名"});
    if (content.given_on > today) object(kGivenAhead, "given_on");
    return refusals;
}

Result<ConsentId> record_consent(const Vault& vault, const access::Scope& scope, SubjectId subject,
                                 const ConsentContent& content)
{
    const auto entrustment = personal(scope);
    const auto known = vault.db().read([&](const storage::Snapshot& snapshot) {
        return std::pair(find_person(snapshot, entrustment, subject), agencies(snapshot, entrustment));
    });
    AZK_TRY(const auto person, known.first);
    if (person.merged_into) return refuse(kMergedAway);
    AZK_TRY(const auto ground, vault.ground(scope, person.part));
    const auto refusals = examine(ground, known.second, scope.moment().today, content);
    if (!refusals.empty()) return tl::unexpected(refusals.front());
    const auto id = IdSource(scope.moment().at, vault.entropy()).next<ConsentNoun>();
    AZK_TRY(const auto sealed, vault.seal(scope, subject, {"vault_consent", id.bytes()}, to_fields(content)));
    const auto stored = vault.db().write([&](storage::Tx& tx) -> Result<void> {
        AZK_REQUIRE(find_person(tx, entrustment, subject));
        insert_consent(tx, scope, subject, id, sealed.sealed);
        auto entry = entry_about(scope, "consent.recorded", subject);
        entry.references = {
            {"commitment", sealed.commitment}, {"consent", id.text()}, {"text", std::to_string(content.text)}};
        ledger::append(tx, entry);
        return {};
    });
    AZK_REQUIRE(stored);
    return id;
}

Result<void> withdraw_consent(const Vault& vault, const access::Scope& scope, SubjectId subject, ConsentId consent,
                              CivilDate on, std::string_view reason)
{
    const auto entrustment = personal(scope);
    if (on > scope.moment().today) return refuse_field("on", kGivenAhead);
    AZK_TRY(const auto sealed, vault.seal(scope, subject, {"vault_consent_withdrawal", consent.bytes()},
                                          {{"on", on.iso()}, {"reason", std::string(reason)}}));
    return vault.db().write([&](storage::Tx& tx) -> Result<void> {
        AZK_REQUIRE(insert_withdrawal(tx, scope, entrustment, subject, consent, sealed.sealed));
        auto entry = entry_about(scope, "consent.withdrawn", subject);
        entry.references = {{"commitment", sealed.commitment}, {"consent", consent.text()}};
        ledger::append(tx, entry);
        return {};
    });
}

Result<std::vector<Consent>> consents_of(const Vault& vault, const storage::Snapshot& snapshot,
                                         const access::Scope& scope, SubjectId subject)
{
    const auto entrustment = personal(scope);
    AZK_REQUIRE(find_person(snapshot, entrustment, subject));
    auto group = merged_into(snapshot, entrustment, subject);
    group.push_back(subject);
    std::vector<Consent> all;
    for (const auto& each : group)
        for (const auto& stored : stored_consents(snapshot, entrustment, each)) {
            AZK_TRY(auto consent, opened(vault, scope, stored));
            all.push_back(std::move(consent));
        }
    std::stable_sort(all.begin(), all.end(), [](const Consent& a, const Consent& b) { return a.at > b.at; });
    return all;
}

void note_consents_seen(const Vault& vault, const access::Scope& scope, SubjectId subject, std::int64_t consents)
{
    personal(scope);
    auto entry = entry_about(scope, "consent.seen", subject);
    entry.counts = {{"consents", consents}};
    vault.db().write([&](storage::Tx& tx) { ledger::append(tx, entry); });
}

Result<ConsentId> may_share(const Vault& vault, const storage::Snapshot& snapshot, const access::Scope& scope,
                            SubjectId subject, AgencyId recipient, std::string_view item)
{
    const auto entrustment = personal(scope);
    const auto known = agencies(snapshot, entrustment);
    const auto agency = std::find_if(known.begin(), known.end(),
                                     [&](const Agency& each) { return each.id == recipient && !each.ended; });
    if (agency == known.end()) return refuse(kUnknownRecipient);
    AZK_TRY(const auto person, find_person(snapshot, entrustment, subject));
    AZK_TRY(const auto declared, vault.parts(snapshot, scope));
    std::string name(item);
    for (const auto& part : *declared)
        if (part->part() == person.part) name = part->name_of(item);
    AZK_TRY(const auto consents, consents_of(vault, snapshot, scope, subject));
    for (const auto& consent : consents) { // newest first: the latest word counts
        if (!consent.content.items.contains(item) || !consent.content.recipients.contains(recipient)) continue;
        if (consent.withdrawal) return refuse(kConsentWithdrawn, agency->name, name);
        if (!consent.content.agreed) return refuse(kConsentRefused, agency->name, name);
        return consent.id;
    }
    return refuse(kNoConsent, agency->name, name);
}

} // namespace azukari::vault
