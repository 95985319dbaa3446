// 別の人: two registrations look like one person and are two, twins for one. A handling supervisor says so with a
// reason, and the pair is not offered as a possible duplicate again, until that is taken back.
#pragma once

#include "vault/merge/distinction_store.h"
#include "vault/vault.h"

namespace azukari::vault {

// In either order. Refuses kSamePerson, kNoSuchPerson, kMergedAway, kToldApart when it was said already, the purpose
// and the reason.
Result<DistinctionId> tell_apart(const Vault& vault, const access::Scope& scope, SubjectId one, SubjectId other,
                                 const Use& use);
// The pair may be offered again. Refuses kNoSuchDistinction, the purpose and the reason.
Result<void> take_back(const Vault& vault, const access::Scope& scope, DistinctionId id, const Use& use);

} // namespace azukari::vault
