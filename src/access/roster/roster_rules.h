// What may be done with a roster, as pure functions over it.
#pragma once

#include "access/roster/roster.h"
#include "access/roster/roster_refusals.h"

#include <span>

namespace azukari::access {

// `entries` are those of the entrustment, withdrawn ones included; `employer` is the person's organisation.
Result<void> check_proposal(std::span<const RosterEntry> entries, StaffId staff, OrganisationId employer,
                            OrganisationId contractor);
// Refuses kReasonMissing and kReasonTooLong, bound to the field "reason", and kNotOnThisRoster.
Result<void> check_withdrawal(std::span<const RosterEntry> entries, RosterEntryId entry, std::string_view reason);
// The ward is handed a roster with a handling supervisor and somebody who handles, and never the same one twice.
Result<void> check_submission(std::span<const RosterEntry> entries, std::span<const RosterLine> last);

// What the digest of a version is made over: its lines, sorted, in a fixed form.
std::string roster_text(std::span<const RosterLine> lines);

} // namespace azukari::access
