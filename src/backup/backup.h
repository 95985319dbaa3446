// 控え: what is kept elsewhere so that the house can be put back: three parts, each for a medium of its own, so that
// whoever steals one of them learns nothing.
//
//   data     manifest, data.sealed                  everything the store holds, sealed under a key of the keystore
//   keys     manifest, keystore.azk, ledger.key     the keystore as it lies on the disk: opens with the guard's secret
//   ledger   manifest, ledger.zip, destructions     the ledger, as azukari-verify reads it, and who was erased so far
//
// A part is a folder that has its name only when it is whole and durable.
#pragma once

#include "base/id.h"
#include "base/instant.h"
#include "base/result.h"

#include <array>
#include <filesystem>
#include <functional>
#include <string_view>

namespace azukari::backup {

using SetId = Id<struct BackupNoun>;

enum class Part : std::uint8_t { data, keys, ledger };
inline constexpr std::array kParts{Part::data, Part::keys, Part::ledger};
std::string_view code_of(Part part);
std::string_view japanese(Part part); // 「データの控え」
std::optional<Part> part_of(std::string_view code);

// Where the three lie, or are to lie: folders for one house alone.
struct Places {
    std::filesystem::path data, keys, ledger;

    const std::filesystem::path& of(Part part) const
    {
        return part == Part::data ? data : part == Part::keys ? keys : ledger;
    }
};

// Hears what is going on, in Japanese, a line at a time.
using Progress = std::function<void(std::string_view line)>;

// The key of the keystore under which the data are sealed.
inline constexpr std::string_view kDataKey = "backup data";
inline constexpr std::string_view kManifest = "manifest", kSealedData = "data.sealed", kKeystore = "keystore.azk",
                                  kLedgerKey = "ledger.key", kLedgerZip = "ledger.zip", kDestructions = "destructions";

} // namespace azukari::backup
