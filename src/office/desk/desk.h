// 机: the home page. What waits for this person today, and the entrustments they work with.
#pragma once

#include "entrustment/register.h"
#include "infra/jobs/rhythm.h"
#include "ledger/publisher.h"
#include "office/shell/visit.h"
#include "office/shell/waiting.h"

namespace azukari::desk {

struct Rooms {
    storage::Db& db;
    entrustment::Register& entrustments;
    const ledger::Publisher& publisher;
    const jobs::Rhythm& rhythm;
    std::vector<office::Ask> asks; // one for each room that has something to say
};

std::vector<office::Route> routes(const Rooms& rooms);

} // namespace azukari::desk
