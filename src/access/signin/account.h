// An account: what one person signs in with. One person has one account; nobody shares.
#pragma once

#include "access/decision.h"

#include <string>

namespace azukari::access {

struct Account {
    AccountId id;
    StaffId staff;
    OrganisationId organisation;
    std::string login; // lower case letters, digits, dots and dashes
    std::string name;  // of the person
    Role role;
    AccountState state;
    bool initial_password; // handed over by somebody else; to be replaced
    bool totp;             // a TOTP key is enrolled
    int passkeys;
    Instant created;
};

} // namespace azukari::access
