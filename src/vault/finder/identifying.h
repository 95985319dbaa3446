// Which of the opened values tell who somebody is: to search by, and to compare two entries by.
#pragma once

#include "vault/duplicates/identity.h"
#include "vault/search/query.h"
#include "vault/vault.h"

namespace azukari::finder {

search::Person particulars_of(const vault::Vault::Seen& seen);
duplicates::Identity identity_of(const vault::Vault::Seen& seen);

// Kinds of items that a search looks among, as codes for the ledger: "name+telephone". Never the words.
std::string kinds_of(const search::Query& query);

} // namespace azukari::finder
