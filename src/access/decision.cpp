#include "access/decision.h"

namespace azukari::access {
namespace {

std::string day_of(Instant at)
{
    return to_era(CivilDate::of(at));
}

// Who may know that an entrustment's work goes on: contractor's handlers only where they have been named.
Result<void> check_named(const EntrustmentStanding& on, const Moment& moment)
{
    if (!on.kind) return refuse(kNotOnRoster);
    if (on.withdrawn && *on.withdrawn <= moment.at) return refuse(kWithdrawn, day_of(*on.withdrawn));
    return {};
}

Result<void> check_handling(const EntrustmentStanding& on, const Action& action, const Moment& moment)
{
    AZK_REQUIRE(check_named(on, moment));
    if (!on.submitted || moment.at < *on.submitted) return refuse(kNotSubmitted);
    if (!grants(action, role_of(*on.kind))) return refuse(kRosterKind, action.japanese, japanese(*on.kind));
    if (!on.training || moment.at < on.training->from) return refuse(kTrainingMissing);
    if (on.training->until <= moment.at) return refuse(kTrainingExpired, day_of(on.training->until));
    return {};
}

// Nothing is processed before the term or after it; only what was entrusted is still given back and erased. [K04]
Result<void> check_term(const Validity& term, Kind kind, const Moment& moment)
{
    if (moment.at < term.from) return refuse(kBeforeTerm, day_of(term.from));
    if (term.until <= moment.at && kind != Kind::ending)
        return refuse(kAfterTerm, to_era(CivilDate::of(term.until).plus_days(-1)));
    return {};
}

Result<void> check_entrustment(const Standing& standing, const Action& action, const Moment& moment)
{
    if (!standing.entrustment) return refuse(kNoSuchEntrustment);
    const auto& on = *standing.entrustment;
    if (!on.own) return refuse(kOtherOrganisation);
    if (!standing.ward && touches_residents(action.kind)) AZK_REQUIRE(check_handling(on, action, moment));
    if (standing.role == Role::handler && action.kind == Kind::about) AZK_REQUIRE(check_named(on, moment));
    if (touches_residents(action.kind)) return check_term(on.term, action.kind, moment);
    return {};
}

// What who has only an initial password may do: look at their account and make it their own.
bool sets_up_account(const Action& action)
{
    return action.name == actions::kOwnAccount.name || action.name == actions::kOwnFactors.name;
}

} // namespace

std::string_view japanese(RosterKind kind)
{
    return japanese(role_of(kind));
}

Role role_of(RosterKind kind)
{
    switch (kind) {
    case RosterKind::security_officer:
        return Role::security_officer;
    case RosterKind::handling_supervisor:
        return Role::handling_supervisor;
    case RosterKind::handler:
        return Role::handler;
    }
    return Role::handler;
}

Result<void> decide(const Standing& standing, const Action& action, Aim aim, const Moment& moment, const Limits& limits)
{
    if (standing.account != AccountState::active) return refuse(kSuspended);
    if (limits.idle <= moment.at - standing.seen || limits.absolute <= moment.at - standing.started)
        return refuse(kSessionOver);
    if (!grants(action, standing.role) || is_ward(standing.role) != standing.ward)
        return refuse(kRoleNotAllowed, action.japanese, japanese(standing.role));
    if (!standing.enrolled && !sets_up_account(action)) return refuse(kEnrolFirst);
    if (aim == Aim::entrustment || touches_residents(action.kind))
        AZK_REQUIRE(check_entrustment(standing, action, moment));
    if (action.grave && limits.grave <= moment.at - standing.authenticated) return refuse(kReauthenticate);
    return {};
}

} // namespace azukari::access
