// What the house lends to erasing: which tables hold something about residents, what else is made of them, which copies
// are out.
#pragma once

#include "erasure/procedure.h"

#include <filesystem>

namespace azukari::app {

// `folder`: the data folder; the list of what was destroyed lies in it, and no backup holds that.
erasure::Means means_of_erasing(storage::Db& db, seal::Keystore& keystore, Entropy& entropy,
                                const std::filesystem::path& folder);

} // namespace azukari::app
