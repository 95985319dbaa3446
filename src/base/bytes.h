// Bytes and their printed forms.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azukari {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes to_bytes(std::string_view text)
{
    return Bytes(text.begin(), text.end());
}

std::string hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view text);
// RFC 4648 with padding; decoding is strict (no white space, canonical padding bits).
std::string base64(ByteView bytes);
std::optional<Bytes> from_base64(std::string_view text);
// RFC 4648 section 5, without padding: what WebAuthn and URLs use.
std::string base64url(ByteView bytes);
std::optional<Bytes> from_base64url(std::string_view text);
// RFC 4648 base32 without padding: what TOTP applications expect of a key.
std::string base32(ByteView bytes);

// True when equal, in time that depends only on the sizes.
bool equal_in_constant_time(ByteView a, ByteView b);

} // namespace azukari
