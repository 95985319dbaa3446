// What waits for one person, of every room that has something to say.
#pragma once

#include "access/session.h"
#include "office/desk/desk.h"

namespace azukari::desk {

// `entrustments`: those this person may see. Most pressing first.
std::vector<office::Waiting> waiting_for(const Rooms& rooms, const access::Session& session, const access::Scope& scope,
                                         const std::vector<entrustment::Register::Listed>& entrustments);

} // namespace azukari::desk
