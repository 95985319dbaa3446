// Who may agree to what, and when it counts. Pure: what is known goes in, yes or the reason comes out.
#pragma once

#include "approval/approval.h"
#include "base/result.h"

namespace azukari::approval {

// Whether this person may agree to (or reject) the next stage now. `digest` is of what would be done at this moment.
Result<void> may_decide(const Request& request, StaffId person, access::Role role, std::string_view digest,
                        Instant now);
// Whether what would be done at this moment is what every stage agreed to.
Result<void> may_use(const Request& request, std::string_view digest, Instant now);
Result<void> check_reason(std::string_view reason);

} // namespace azukari::approval
