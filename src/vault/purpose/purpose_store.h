// The purposes, texts, agencies and consents to indirect collection of one entrustment. None of them is about a person.
#pragma once

#include "access/scope.h"
#include "infra/storage/db.h"
#include "vault/person/origin.h"
#include "vault/purpose/purpose.h"

#include <vector>

namespace azukari::vault {

// Refuses kPurposeCode, kWordsExpected, kTwice.
Result<void> declare_purpose(storage::Tx& tx, const access::Scope& scope, std::string_view code, std::string_view name);
// Refuses kNotThere.
Result<void> end_purpose(storage::Tx& tx, const access::Scope& scope, std::string_view code);
std::vector<Purpose> purposes(const storage::Snapshot& snapshot, EntrustmentId entrustment); // those that ended last
// Refuses kPurposeExpected, kNoPurposes, kPurposeNotDeclared. [K26]
Result<void> may_use_for(const storage::Snapshot& snapshot, EntrustmentId entrustment, std::string_view purpose);

// A new version when there is one of that title. Returns its number. Refuses kWordsExpected, kNothingChanged.
Result<std::int64_t> publish_text(storage::Tx& tx, const access::Scope& scope, TextKind kind, std::string_view title,
                                  std::string_view text);
std::vector<PublishedText> texts(const storage::Snapshot& snapshot, EntrustmentId entrustment); // newest first
std::optional<PublishedText> find_text(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                       std::int64_t number);

Result<void> record_agency(storage::Tx& tx, IdSource& ids, const access::Scope& scope, std::string_view name,
                           std::string_view what_for);
Result<void> end_agency(storage::Tx& tx, const access::Scope& scope, AgencyId agency);
std::vector<Agency> agencies(const storage::Snapshot& snapshot, EntrustmentId entrustment); // those that ended last

Result<void> allow_indirect(storage::Tx& tx, IdSource& ids, const access::Scope& scope, std::string_view item,
                            Source source, std::string_view ground);
Result<void> end_indirect(storage::Tx& tx, const access::Scope& scope, IndirectId id);
std::vector<Indirect> indirect_allowances(const storage::Snapshot& snapshot, EntrustmentId entrustment);

} // namespace azukari::vault
