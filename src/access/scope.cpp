#include "access/scope.h"

namespace azukari::access {

ledger::Entry Scope::entry(std::string_view act) const
{
    ledger::Entry entry;
    entry.at = moment_.at;
    entry.act = act;
    entry.actor = account_.text();
    entry.entrustment = entrustment_;
    entry.outcome = "done";
    return entry;
}

} // namespace azukari::access
