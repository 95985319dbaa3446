// SHA-256 (FIPS 180-4), HMAC-SHA-256 (RFC 2104) and HKDF-SHA-256 (RFC 5869): the digests CRYPTREC
// recommends.
#pragma once

#include "base/secret.h"

#include <array>
#include <initializer_list>

namespace azukari::seal {

using Digest = std::array<std::uint8_t, 32>;

// The parts are digested one after the other, as if they were one piece of text.
Digest sha256(std::initializer_list<ByteView> parts);
inline Digest sha256(ByteView data)
{
    return sha256({data});
}
Digest hmac_sha256(ByteView key, std::initializer_list<ByteView> parts);
inline Digest hmac_sha256(ByteView key, ByteView data)
{
    return hmac_sha256(key, {data});
}
// 1 to 8,160 bytes into `out`.
void hkdf_sha256(ByteView key, ByteView salt, ByteView info, std::span<std::uint8_t> out);
// A key for one purpose, named by its label ("session-token").
Key256 derive_key(const Key256& key, std::string_view label);

} // namespace azukari::seal
