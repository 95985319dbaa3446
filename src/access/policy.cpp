#include "access/policy.h"

namespace azukari::access {

std::string_view japanese(Role role)
{
    switch (role) {
    case Role::ward_officer:
        return "区 担当職員";
    case Role::ward_reviewer:
        return "区 確認者";
    case Role::handling_supervisor:
        return "取扱責任者";
    case Role::handler:
        return "取扱者";
    case Role::security_officer:
        return "セキュリティ責任者";
    case Role::auditor:
        return "監査";
    }
    return {};
}

bool is_ward(Role role)
{
    switch (role) {
    case Role::ward_officer:
    case Role::ward_reviewer:
    case Role::auditor:
        return true;
    case Role::handling_supervisor:
    case Role::handler:
    case Role::security_officer:
        return false;
    }
    return false;
}

} // namespace azukari::access
