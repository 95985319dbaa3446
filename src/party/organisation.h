// Who works with what has been entrusted: the ward with its departments (担当課), and the contractors.
#pragma once

#include "base/id.h"

#include <cstdint>
#include <string>

namespace azukari::party {

using DepartmentId = Id<struct DepartmentNoun>;

enum class OrganisationKind : std::uint8_t {
    ward,       // 区 (甲)
    contractor, // 受託者 (乙)
};

struct Organisation {
    OrganisationId id;
    OrganisationKind kind;
    std::string name; // 見本区, 株式会社見本印刷
};

struct Department { // 担当課, of a ward
    DepartmentId id;
    OrganisationId organisation;
    std::string name;
};

} // namespace azukari::party
