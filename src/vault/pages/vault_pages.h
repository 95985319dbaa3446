// 対象者と利用目的: the pages on which a person's information is listed in masks, opened for a reason, written and corrected;
// where consent is recorded, duplicates are merged, and purposes and texts are published.
#pragma once

#include "infra/html/html.h"
#include "office/shell/visit.h"
#include "vault/finder/person_finder.h"
#include "vault/vault.h"

#include <functional>
#include <set>

namespace azukari::vault::pages {

// What the pages are lent. The references outlive the routes.
struct Rooms {
    const Vault& vault;
    std::function<Result<std::string>(const access::Scope&)> entrustment_name;
    finder::PersonFinder& finder;
    // What is attached to a person, for their page; `use` when they were opened for it.
    std::function<html::Html(const office::Visit&, const access::Scope&, const Person&, const Use* use)> attached{};
};

std::vector<office::Route> routes(const Rooms& rooms);

} // namespace azukari::vault::pages
