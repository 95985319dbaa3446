#include "ledger/pages/ledger_pages.h"

namespace azukari::ledger::pages {

std::vector<office::Route> routes(const Rooms& rooms)
{
    std::vector<office::Route> all;
    add_list(all, rooms);
    add_entry(all, rooms);
    add_evidence(all, rooms);
    add_witness(all, rooms);
    return all;
}

office::MenuEntry menu_entry()
{
    return {"記録台帳", "/ledger", &access::actions::kSeeLedger};
}

} // namespace azukari::ledger::pages
