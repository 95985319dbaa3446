// 承認: two further persons agree before something grave is done. Who asks, who checks and who approves are three
// persons (by staff, whatever accounts they have); what they agree to is frozen by its digest; it holds for a while and
// for one use. Every door out (packages, print, erasure) asks here, with its own description.
#pragma once

#include "access/policy.h"
#include "base/id.h"
#include "base/instant.h"

#include <optional>
#include <string>
#include <vector>

namespace azukari::approval {

using ApprovalId = Id<struct ApprovalNoun>;

struct Stage {
    std::string name;   // for people: 確認, 承認
    std::uint8_t roles; // who may agree here, a bit per access::Role
};
// 確認 by anybody of the contractor who works with the information, then 承認 by the handling supervisor.
std::vector<Stage> two_persons();

struct Decision {
    StaffId by;
    Instant at;
    bool agreed;
    std::string reason; // of a rejection
};

enum class Ending : std::uint8_t { used, rejected, withdrawn, replaced };

struct Request {
    ApprovalId id;
    EntrustmentId entrustment;
    std::string door;
    std::string object;
    std::string description; // text of the Description
    std::string digest;
    Instant made_at;
    StaffId made_by;
    Instant expires_at; // half-open: at this instant it is over
    std::vector<Stage> stages;
    std::vector<Decision> decisions; // of the first stages, in their order
    std::optional<Ending> ending{};
    std::optional<Instant> ended_at{};
    std::optional<StaffId> ended_by{};

    bool every_stage_agreed() const
    {
        return decisions.size() == stages.size() && (decisions.empty() || decisions.back().agreed);
    }
};

enum class State : std::uint8_t { waiting, granted, expired, used, rejected, withdrawn, replaced };
State state_of(const Request& request, Instant now);
std::string_view japanese(State state);

} // namespace azukari::approval
