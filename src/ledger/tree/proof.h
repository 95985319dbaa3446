// Proofs over an RFC 6962 tree: that an entry is in it, and that a later tree only added to an earlier one.
#pragma once

#include "ledger/tree/tile.h"

namespace azukari::ledger::tree {

using Proof = std::vector<Hash>;

// Root of the first `size` entries. The tiles may already hold more.
Hash root_at(std::uint64_t size, const TileSource& tiles);
// RFC 6962 2.1.1 PATH(index, D[size]); index < size.
Proof inclusion_proof(std::uint64_t index, std::uint64_t size, const TileSource& tiles);
// RFC 6962 2.1.2 PROOF(old_size, D[size]); old_size ≤ size. Empty when they are equal or old_size is 0.
Proof consistency_proof(std::uint64_t old_size, std::uint64_t size, const TileSource& tiles);

// RFC 9162 2.1.3.2 and 2.1.4.2.
bool proves_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Hash& root,
                      std::span<const Hash> proof);
bool proves_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t size, const Hash& root,
                        std::span<const Hash> proof);

} // namespace azukari::ledger::tree
