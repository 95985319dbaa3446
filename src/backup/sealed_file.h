// The data of a copy under a key of the keystore: pieces of a mebibyte, each sealed with its number and whether it is
// the last, so that none can be changed, left out, or moved, and the end cannot be cut off.
//
//   4 bytes   length of the sealed piece, big endian
//   n bytes   sealed value (infra/seal/sealed_value.h)
#pragma once

#include "backup/part_folder.h"
#include "infra/seal/sealed_value.h"

namespace azukari::backup {

// Seals the file at `plain` into `into`. Throws Fault when it cannot be read.
Result<void> seal_file(const std::filesystem::path& plain, const seal::SealKey& key, SetId set, Entropy& entropy,
                       PartFile& into);
// The other way; makes `plain` (0600, durable). Refuses kNotOpened, kCannotWrite; then `plain` is not whole.
Result<void> open_file(const std::filesystem::path& sealed, const seal::SealKey& key, SetId set,
                       const std::filesystem::path& plain);

} // namespace azukari::backup
