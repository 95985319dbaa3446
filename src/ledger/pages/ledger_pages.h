// 記録台帳 in the browser: reading and narrowing it, one entry with its proof, checkpoints and evidence to take away,
// and the exchange with the ward's witness. [K79]
#pragma once

#include "access/scope.h"
#include "ledger/publisher.h"
#include "office/shell/visit.h"

namespace azukari::ledger::pages {

// Names of the entrustments this person may see, for people.
using NameEntrustments =
    std::function<std::vector<std::pair<EntrustmentId, std::string>>(const storage::Snapshot&, const access::Scope&)>;

struct Rooms {
    storage::Db& db;
    const Publisher& publisher;
    NameEntrustments entrustments{}; // without it, ids are shown
};

std::vector<office::Route> routes(const Rooms& rooms); // the rooms must outlive them
office::MenuEntry menu_entry();

// The parts, one per page.
void add_list(std::vector<office::Route>& routes, const Rooms& rooms);
void add_entry(std::vector<office::Route>& routes, const Rooms& rooms);
void add_evidence(std::vector<office::Route>& routes, const Rooms& rooms);
void add_witness(std::vector<office::Route>& routes, const Rooms& rooms);

} // namespace azukari::ledger::pages
