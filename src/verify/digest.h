// SHA-256 as RFC 6962 uses it, and Ed25519 (RFC 8032).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace azukari::verify {

using Hash = std::array<std::uint8_t, 32>;
using PublicKey = std::array<std::uint8_t, 32>;
using Seed = std::array<std::uint8_t, 32>;

inline std::string_view view(const Hash& hash)
{
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

Hash sha256(std::string_view bytes);
Hash leaf_hash(std::string_view entry);
Hash parent_hash(const Hash& left, const Hash& right);

bool signature_holds(const PublicKey& key, std::string_view message, std::string_view signature);
PublicKey public_key(const Seed& seed);
std::string sign(const Seed& seed, std::string_view message); // 64 bytes
Seed random_seed();

} // namespace azukari::verify
