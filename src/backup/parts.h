// The three parts read back from their media, and held against their manifests and each other, before anything is done
// with them.
#pragma once

#include "backup/manifest.h"

namespace azukari::backup {

struct Found {
    std::filesystem::path folder;
    Manifest manifest;
};

// The part at `place`: the folder of a part, or a folder in which the newest whole one is taken. Only the manifest is
// read. Refuses kNoPart, kOtherPart, kUnfinished, kNotManifest, kForged.
Result<Found> find_part(Part part, const std::filesystem::path& place);
// Every whole part of that kind in `place`, the newest first; what is no part, or not whole, is left out.
std::vector<Found> parts_in(Part part, const std::filesystem::path& place);

struct Parts {
    Found data, keys, ledger;
};
// All three, each file held against its digest. Keys may be newer than the data, and the ledger newer than both, never
// older. Refuses what find_part() refuses, kTorn, kOtherHouse, kKeysOlder, kLedgerOlder.
Result<Parts> read_parts(const Places& places, const Progress& progress);

} // namespace azukari::backup
