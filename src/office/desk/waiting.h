// 今日すること: what waits for one person, asked of each room with the permission this person has there.
#pragma once

#include "access/session.h"
#include "infra/html/url.h"
#include "office/desk/desk.h"
#include "office/shell/components/status.h"

#include <string>
#include <vector>

namespace azukari::desk {

struct Waiting {
    office::Tone tone;
    std::string what;  // 「名簿に、区へ未提出の変更があります」
    std::string where; // the entrustment's name; empty when it concerns the house
    html::Url address;
};

// `entrustments`: those this person may see. Most pressing first.
std::vector<Waiting> waiting_for(const Rooms& rooms, const access::Session& session, const access::Scope& scope,
                                 const std::vector<entrustment::Register::Listed>& entrustments);

} // namespace azukari::desk
