#include "approval/approval_rules.h"

#include "approval/approval_refusals.h"
#include "infra/text/folding.h"
#include "infra/text/utf8.h"

namespace azukari::approval {
namespace {

constexpr std::size_t kLongestReason = 200; // characters

Result<void> check_open(const Request& request, std::string_view digest, Instant now)
{
    if (request.ending) return refuse(kEnded, japanese(state_of(request, now)));
    if (request.expires_at <= now) return refuse(kExpired, to_japanese(request.expires_at));
    if (request.digest != digest) return refuse(kChanged);
    return {};
}

} // namespace

std::vector<Stage> two_persons()
{
    using enum access::Role;
    return {{"確認", access::roles_of(handler, handling_supervisor, security_officer)},
            {"承認", access::roles_of(handling_supervisor)}};
}

State state_of(const Request& request, Instant now)
{
    if (request.ending) switch (*request.ending) {
        case Ending::used:
            return State::used;
        case Ending::rejected:
            return State::rejected;
        case Ending::withdrawn:
            return State::withdrawn;
        case Ending::replaced:
            return State::replaced;
        }
    if (request.expires_at <= now) return State::expired;
    return request.every_stage_agreed() ? State::granted : State::waiting;
}

std::string_view japanese(State state)
{
    switch (state) {
    case State::waiting:
        return "承認待ち";
    case State::granted:
        return "承認済み";
    case State::expired:
        return "期限切れ";
    case State::used:
        return "実施済み";
    case State::rejected:
        return "認められませんでした";
    case State::withdrawn:
        return "取下げ";
    case State::replaced:
        return "申請し直し";
    }
    return {};
}

Result<void> may_decide(const Request& request, StaffId person, access::Role role, std::string_view digest, Instant now)
{
    AZK_REQUIRE(check_open(request, digest, now));
    if (request.every_stage_agreed()) return refuse(kAlreadyGranted);
    if (person == request.made_by) return refuse(kOwnRequest);
    for (const auto& decision : request.decisions)
        if (decision.by == person) return refuse(kDecidedBefore);
    const auto& stage = request.stages.at(request.decisions.size());
    if ((stage.roles >> static_cast<unsigned>(role) & 1U) == 0)
        return refuse(kOtherRole, stage.name, access::japanese(role));
    return {};
}

Result<void> may_use(const Request& request, std::string_view digest, Instant now)
{
    AZK_REQUIRE(check_open(request, digest, now));
    if (!request.every_stage_agreed()) return refuse(kNotGranted, request.stages.at(request.decisions.size()).name);
    return {};
}

Result<void> check_reason(std::string_view reason)
{
    if (text::is_blank(reason)) return refuse_field("reason", kReasonMissing);
    std::size_t characters = 0;
    for (std::size_t at = 0; at < reason.size(); ++characters) text::next_code_point(reason, at);
    if (characters > kLongestReason) return refuse_field("reason", kReasonTooLong, std::to_string(kLongestReason));
    return {};
}

} // namespace azukari::approval
