// 同意: what a person agreed to, or refused: which text they were read, about which items, for which recipients, by whom,
// when and how; and that they took it back. Everything is sealed. Nothing may be shared without it. [K24] [K25]
#pragma once

#include "vault/purpose/purpose.h"
#include "vault/vault.h"

namespace azukari::vault {

using ConsentId = Id<struct ConsentNoun>;

enum class Manner : std::uint8_t { signature, verbal, electronic }; // 署名, 口頭, 電子的な方法
std::string_view code_of(Manner manner);
std::string_view japanese(Manner manner);
std::optional<Manner> manner_of(std::string_view code);
std::span<const Manner> manners();

struct ConsentContent {
    bool agreed = false;                          // a refusal is recorded too
    std::int64_t text = 0;                        // number of the 同意の説明文
    std::set<std::string, std::less<>> items;     // codes
    std::set<AgencyId> recipients;                // none: use within the entrustment only
    std::set<std::string, std::less<>> explained; // sensitive items that were explained more fully, one by one
    std::string explained_by;                     // name
    CivilDate given_on = CivilDate::from_days(0);
    Manner manner = Manner::signature;
    std::string note; // where the signed paper is, for instance
    bool operator==(const ConsentContent&) const = default;
};

struct Withdrawal {
    CivilDate on = CivilDate::from_days(0);
    std::string reason; // as far as the person gave one
    Instant at{};
    std::string by;
};

struct Consent {
    ConsentId id;
    SubjectId subject;
    Instant at{};
    std::string by; // name of who recorded it
    ConsentContent content;
    std::optional<Withdrawal> withdrawal{};
};

// Everything wrong with it, beside its field: decision, text, items, recipients, explained.<code>, given_on, manner.
std::vector<Refusal> examine(const Ground& ground, const std::vector<Agency>& agencies, CivilDate today,
                             const ConsentContent& content);

// Refuses kNoSuchPerson, kMergedAway, and what examine() finds first.
Result<ConsentId> record_consent(const Vault& vault, const access::Scope& scope, SubjectId subject,
                                 const ConsentContent& content);
// Refuses kNoSuchConsent, kAlreadyWithdrawn, kGivenAhead. Sharing stops at once.
Result<void> withdraw_consent(const Vault& vault, const access::Scope& scope, SubjectId subject, ConsentId consent,
                              CivilDate on, std::string_view reason);

// Of the person and everybody merged into them, newest first. Opens; whoever shows them leaves the entry (note_seen).
Result<std::vector<Consent>> consents_of(const Vault& vault, const storage::Snapshot& snapshot,
                                         const access::Scope& scope, SubjectId subject);
void note_consents_seen(const Vault& vault, const access::Scope& scope, SubjectId subject, std::int64_t consents);

// Whether this item of this person may go to this agency: the latest word of the person about just that counts.
// Refuses kNoConsent, kConsentRefused, kConsentWithdrawn, kUnknownRecipient. Returns the consent it stands on, for the
// record of the disclosure. `scope`: of any action on personal information.
Result<ConsentId> may_share(const Vault& vault, const storage::Snapshot& snapshot, const access::Scope& scope,
                            SubjectId subject, AgencyId recipient, std::string_view item);

} // namespace azukari::vault
