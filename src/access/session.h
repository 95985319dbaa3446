// A signed-in person, for as long as they stay. The browser holds a random token of 256 bits; the store keeps its
// digest only, so that a stolen table opens nothing.
#pragma once

#include "access/policy.h"
#include "base/id.h"
#include "base/instant.h"

#include <optional>
#include <string>

namespace azukari::access {

using SessionId = Id<struct SessionNoun>;

inline constexpr std::string_view kSessionCookie = "session"; // http::cookie_name() adds the prefix

// How long a session may last. Ages are half-open: at exactly the limit it is over.
struct Limits {
    Duration idle = Duration::minutes(15);
    Duration absolute = Duration::hours(12);
    Duration grave = Duration::minutes(5); // after signing in or re-authenticating
};

struct Session {
    SessionId id;
    AccountId account;
    StaffId staff;
    OrganisationId organisation;
    Role role;
    std::string name;     // of the person, for the head of the page
    std::string employer; // name of the organisation, likewise
    Instant started;
    Instant seen;          // the last request, to the minute
    Instant authenticated; // signing in or re-authenticating, whichever came last
};

} // namespace azukari::access
