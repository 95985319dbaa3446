// The hashes of an RFC 6962 tree: SHA-256 with a first byte that keeps leaves and inner nodes apart.
#pragma once

#include "base/bytes.h"

#include <array>

namespace azukari::ledger::tree {

using Hash = std::array<std::uint8_t, 32>;

Hash sha256(ByteView bytes);
Hash empty_root();                                   // SHA-256("")
Hash leaf_hash(ByteView entry);                      // SHA-256(0x00 ‖ entry)
Hash node_hash(const Hash& left, const Hash& right); // SHA-256(0x01 ‖ left ‖ right)

} // namespace azukari::ledger::tree
