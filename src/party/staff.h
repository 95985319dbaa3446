// A person who works for the ward or for a contractor. Never a resident: residents live in the vault, sealed.
#pragma once

#include "party/organisation.h"

#include <optional>

namespace azukari::party {

// 雇用の証明: somebody of the same organisation states that the person is employed there.
struct Attestation {
    StaffId by;
    Instant at;
};

struct Staff {
    StaffId id;
    OrganisationId organisation;
    std::optional<DepartmentId> department;
    std::string name; // 見本 太郎
    std::string kana; // ミホン タロウ
    std::optional<Attestation> employment;
};

} // namespace azukari::party
