// 封入封緘: the pages of the line. How many letters lie where, the desk at which papers are matched and sealed, spoiled
// and missing papers, pulls, inserts, bundles and boxes, and the closing of the counts.
#pragma once

#include "base/random.h"
#include "infra/storage/db.h"
#include "office/shell/visit.h"
#include "programmes/guidance/batch/composing.h"
#include "programmes/guidance/sealing/inserts.h"

namespace azukari::guidance::sealing_pages {

// What the pages are lent. The references outlive the routes.
struct Rooms {
    storage::Db& db;
    Entropy& entropy;
    const Press& press;
    const InsertRecipes& recipes;
    std::function<Result<std::string>(const access::Scope&)> entrustment_name;
};

std::vector<office::Route> routes(const Rooms& rooms);

} // namespace azukari::guidance::sealing_pages
