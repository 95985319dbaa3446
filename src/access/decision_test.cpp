#include "access/decision.h"

#include <doctest/doctest.h>
#include <set>

using namespace azukari;
using namespace azukari::access;

namespace {

const Moment kNow(CivilDate::from(2026, 6, 1)->midnight() + Duration::hours(10));
const Limits kLimits{};

Standing able(Role role)
{
    Standing standing{role};
    standing.ward = is_ward(role);
    standing.started = standing.seen = standing.authenticated = kNow.at;
    EntrustmentStanding on;
    on.own = true;
    on.term = {kNow.at, kNow.at + Duration::hours(1)};
    if (!is_ward(role)) {
        on.kind = role == Role::handler               ? RosterKind::handler
                  : role == Role::handling_supervisor ? RosterKind::handling_supervisor
                                                      : RosterKind::security_officer;
        on.submitted = kNow.at;
        on.training = Validity{kNow.at, kNow.at + Duration::hours(1)};
    }
    standing.entrustment = on;
    return standing;
}

std::string_view answer(const Standing& standing, const Action& action, Moment moment = kNow)
{
    const auto decided = decide(standing, action, Aim::entrustment, moment, kLimits);
    return decided ? std::string_view("allowed") : decided.error().code();
}

} // namespace

TEST_CASE("every cell of the authorisation matrix is decided as the table says [K15]")
{
    int granted = 0;
    for (const auto& action : kActions)
        for (int role = 0; role < kRoles; ++role) {
            INFO(action.name, " ", role);
            const bool allowed = answer(able(static_cast<Role>(role)), action) == "allowed";
            CHECK(allowed == grants(action, static_cast<Role>(role)));
            granted += allowed;
        }
    CHECK(granted > 50);
}

TEST_CASE("the names of actions are unique")
{
    std::set<std::string_view> names;
    for (const auto& action : kActions) CHECK(names.insert(action.name).second);
}

TEST_CASE("validity is half-open: it holds at its first moment and no longer at its last [K11] [K12] [K04]")
{
    const auto last = Duration{1};
    auto standing = able(Role::handler);
    CHECK(answer(standing, actions::kReadGuidance) == "allowed");
    standing.entrustment->training->until = kNow.at;
    CHECK(answer(standing, actions::kReadGuidance) == "training.expired");
    standing.entrustment->training->until = kNow.at + last;
    CHECK(answer(standing, actions::kReadGuidance) == "allowed");
    standing.entrustment->training->from = kNow.at + last;
    CHECK(answer(standing, actions::kReadGuidance) == "training.missing");

    standing = able(Role::handler);
    standing.entrustment->submitted = kNow.at + last;
    CHECK(answer(standing, actions::kReadGuidance) == "roster.not_submitted");
    standing.entrustment->submitted = kNow.at;
    standing.entrustment->withdrawn = kNow.at + last;
    CHECK(answer(standing, actions::kReadGuidance) == "allowed");
    standing.entrustment->withdrawn = kNow.at;
    CHECK(answer(standing, actions::kReadGuidance) == "roster.withdrawn");

    standing = able(Role::handler);
    standing.entrustment->term.until = kNow.at;
    CHECK(answer(standing, actions::kReadGuidance) == "term.after");
    standing.entrustment->term = {kNow.at + last, kNow.at + Duration::hours(2)};
    CHECK(answer(standing, actions::kReadGuidance) == "term.before");
}

TEST_CASE("after the term only return and erasure go on, and they too ask for roster and training [K04] [K61] [K62]")
{
    const Action giving_back{"test.return", "返還する", Kind::ending, false, roles_of(Role::handler)};
    auto standing = able(Role::handler);
    standing.entrustment->term.until = kNow.at;
    CHECK(answer(standing, actions::kReadGuidance) == "term.after");
    CHECK(answer(standing, giving_back) == "allowed");
    standing.entrustment->training.reset();
    CHECK(answer(standing, giving_back) == "training.missing");
    standing.entrustment->submitted.reset();
    CHECK(answer(standing, giving_back) == "roster.not_submitted");

    standing = able(Role::handler);
    standing.entrustment->term = {kNow.at + Duration{1}, kNow.at + Duration::hours(2)};
    CHECK(answer(standing, giving_back) == "term.before");
}

TEST_CASE("a session ends after fifteen idle minutes and after twelve hours [K13]")
{
    auto standing = able(Role::ward_officer);
    standing.seen = {kNow.at.micros - Duration::minutes(15).micros};
    CHECK(answer(standing, actions::kHome) == "access.session_over");
    standing.seen.micros += 1;
    CHECK(answer(standing, actions::kHome) == "allowed");
    standing.started = {kNow.at.micros - Duration::hours(12).micros};
    CHECK(answer(standing, actions::kHome) == "access.session_over");
}

TEST_CASE("what is grave needs somebody who proved who they are within five minutes [K13]")
{
    auto standing = able(Role::handling_supervisor);
    standing.authenticated = {kNow.at.micros - Duration::minutes(5).micros};
    CHECK(answer(standing, actions::kSubmitRoster) == "access.reauthenticate");
    CHECK(answer(standing, actions::kProposeRoster) == "allowed");
    standing.authenticated.micros += 1;
    CHECK(answer(standing, actions::kSubmitRoster) == "allowed");
}

TEST_CASE("a role that does not fit the organisation grants nothing")
{
    auto standing = able(Role::ward_officer);
    standing.ward = false;
    CHECK(answer(standing, actions::kHome) == "access.role");
}

TEST_CASE("each refusal tells the person in Japanese what is so and whom to ask")
{
    auto standing = able(Role::handler);
    standing.entrustment->withdrawn = kNow.at;
    const auto refused = decide(standing, actions::kReadGuidance, Aim::entrustment, kNow, kLimits);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().sentence() == "あなたは令和8年6月1日にこの委託の名簿から外されました。再び携わるときは、"
                                        "取扱責任者に名簿への記載と区への提出を依頼してください。");
}
