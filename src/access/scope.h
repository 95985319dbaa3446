// A Scope is the proof that decide() said yes: who acts, on which entrustment, for which action, when. Repository
// functions take one, so a query that nobody permitted does not compile.
#pragma once

#include "access/policy.h"
#include "base/id.h"
#include "base/instant.h"
#include "ledger/entry.h"

#include <optional>

namespace azukari::access {

class Scope {
public:
    AccountId account() const { return account_; }
    StaffId staff() const { return staff_; }
    Role role() const { return role_; }
    const Action& action() const { return *action_; }
    // Set when the action was about one entrustment.
    const std::optional<EntrustmentId>& entrustment() const { return entrustment_; }
    const Moment& moment() const { return moment_; }

    // A ledger entry by this person, on this entrustment, now; the caller adds what was done.
    ledger::Entry entry(std::string_view act) const;

private:
    friend class Gatekeeper; // access/decision.cpp, the only maker
    Scope(AccountId account, StaffId staff, Role role, const Action& action, std::optional<EntrustmentId> entrustment,
          const Moment& moment)
        : account_(account), staff_(staff), role_(role), action_(&action), entrustment_(entrustment), moment_(moment)
    {
    }
    AccountId account_;
    StaffId staff_;
    Role role_;
    const Action* action_;
    std::optional<EntrustmentId> entrustment_;
    Moment moment_;
};

} // namespace azukari::access
