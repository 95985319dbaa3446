// What commands ask of the house, whether it runs (then by the intercom) or is opened for the purpose.
#pragma once

#include "app/backups/intercom.h"
#include "app/house.h"
#include "ledger/publisher.h"

namespace azukari::app {

inline constexpr std::string_view kAskBackup = "backup";   // data, keys, ledger; empty ones as the settings say
inline constexpr std::string_view kAskSets = "sets";       // the copies that are known
inline constexpr std::string_view kAskDrilled = "drilled"; // set, what was found ("done" or "refused:<code>"), counts

Result<std::string> answer_request(House& house, const ledger::Publisher& publisher, const Question& question,
                                   const backup::Progress& progress);

} // namespace azukari::app
