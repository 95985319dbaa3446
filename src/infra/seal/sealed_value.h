// A sealed value: personal information as the store sees it. It opens only with its own key, in its
// own place.
//
//   1 byte  format, 0x01
//   8 bytes key id (kid), compared before anything else
//  24 bytes nonce, random
//   n bytes ciphertext (as long as the plain text)
//  16 bytes tag
#pragma once

#include "base/id.h"
#include "infra/seal/key_arena.h"
#include "infra/seal/seal_refusals.h"
#include "infra/seal/xaes.h"

namespace azukari::seal {

// Where the value stands. All of it is bound to the value: sealed text moved anywhere else does not
// open.
struct Context {
    std::string_view table;
    ByteView row; // the row's id
    std::string_view column;
    EntrustmentId entrustment;
    std::uint32_t key_version = 1;
    std::uint32_t schema = 1;
};

inline constexpr std::size_t kSealOverhead = 1 + 8 + kNonceSize + kTagSize; // bytes

Bytes seal_value(const SealKey& key, const Context& context, ByteView plaintext, Entropy& entropy);
// Refuses kUnknownFormat, kOtherKey, kBrokenSeal.
Result<Bytes> open_value(const SealKey& key, const Context& context, ByteView sealed);
// The key id a sealed value names, or nothing when it is none.
std::optional<Kid> kid_of_sealed(ByteView sealed);

} // namespace azukari::seal
