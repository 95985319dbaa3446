// 添付: the pages on which the image of a form is kept beside a person, and shown page by page for a purpose and a
// reason. Nothing of a file reaches the browser but pictures drawn of it.
#pragma once

#include "office/shell/visit.h"
#include "vault/attachments/attachments.h"
#include "vault/pages/vault_pages.h"

namespace azukari::vault::attachments::pages {

// What the pages are lent. The references outlive the routes.
struct Rooms {
    const Attachments& attachments;
    vault::pages::Rooms vault; // for the frame they share
};

std::vector<office::Route> routes(const Rooms& rooms);

// A person's attachments, as they stand on that person's page: masked, or opened for `use`.
html::Html section(const Attachments& attachments, const office::Visit& visit, const access::Scope& scope,
                   const Person& person, const Use* use);

} // namespace azukari::vault::attachments::pages
