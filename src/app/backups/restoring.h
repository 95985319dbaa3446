// Putting the house back from its copies, into a folder of its own, closed until everything is there and everybody who
// was erased is erased again.
#pragma once

#include "app/house.h"
#include "backup/laying.h"

namespace azukari::app {

struct Restoring {
    backup::Places from;
    std::vector<std::filesystem::path> destructions{}; // further lists of who was erased, newer than the ledger's part
    // Certificates that the ward holds, of erasures after the copy: for when no newer list is left.
    std::vector<std::filesystem::path> certificates{};
    // Two recovery shares, when what guarded the keys is lost: the keys are then guarded anew, as the settings say.
    std::vector<std::string> shares{};
};

struct Restored {
    backup::Parts parts;
    std::int64_t entries_since = 0; // of the ledger, from after the data were copied
    erasure::Replayed replayed{};
    std::vector<SecretText> shares{}; // new ones, to be printed, when old ones were used
};

// `settings.folder` may hold azukari.toml and the file that guards the keys, nothing else; a PostgreSQL schema must be
// empty. What an interrupted restoring left there is cleared first. With shares there must be no such file yet, and no
// key of that name in the device. Refuses what the parts, the guard and the keystore refuse, and then leaves folder,
// schema and device as they were. `ask` is asked twice. Throws what disk and store throw; then the house stays closed.
Result<Restored> restore(const Settings& settings, const Restoring& wish, const AskPassphrase& ask,
                         const backup::Progress& progress);

} // namespace azukari::app
