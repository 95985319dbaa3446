// 定時の処理: something the house does by itself when its turn comes, without a person who asks for it.
#pragma once

#include "base/instant.h"
#include "base/result.h"
#include "infra/jobs/turn.h"

#include <functional>
#include <string>
#include <string_view>

namespace azukari::jobs {

struct Job {
    std::string_view name;     // stays: "ledger.checkpoint"; lives as long as the programme
    std::string_view japanese; // 「チェックポイントの署名」
    Turn turn;
    // What to tell the operator, in one line; empty when there was nothing to do. Faults it throws count as failures.
    std::function<Result<std::string>(Instant now)> work;
};

// How a job stands, for pages.
struct Standing {
    std::string_view name;
    std::string_view japanese;
    Turn turn;
    History history;
    std::string failure_code{}; // empty when the last try went well
    std::string failure{};      // a Japanese sentence
};

// What a try came to, for the operator's log and the ledger.
struct Told {
    const Standing& standing; // as it is now
    Instant at;
    std::string_view line; // what the work told
    bool turned;           // failed, and had not failed before, or not in this way; or went well again after a failure
};

} // namespace azukari::jobs
