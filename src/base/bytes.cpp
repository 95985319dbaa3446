#include "base/bytes.h"

#include <array>

namespace azukari {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kHex = "0123456789abcdef";

std::string encode(ByteView bytes, std::string_view alphabet, unsigned bits)
{
    std::string out;
    out.reserve(bytes.size() * 8 / bits + 1);
    std::uint32_t held = 0;
    unsigned count = 0;
    const std::uint32_t mask = (1U << bits) - 1;
    for (const auto byte : bytes) {
        held = (held << 8 | byte) & 0xFFFFU;
        count += 8;
        while (count >= bits) out += alphabet[held >> (count -= bits) & mask];
    }
    if (count > 0) out += alphabet[held << (bits - count) & mask];
    return out;
}

std::optional<Bytes> decode(std::string_view text, std::string_view alphabet, unsigned bits)
{
    std::array<std::int16_t, 256> value;
    value.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        value[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::int16_t>(i);
    Bytes out;
    out.reserve(text.size() * bits / 8);
    std::uint32_t held = 0;
    unsigned count = 0;
    for (const char c : text) {
        const auto v = value[static_cast<std::uint8_t>(c)];
        if (v < 0) return std::nullopt;
        held = (held << bits | static_cast<std::uint32_t>(v)) & 0xFFFFU;
        count += bits;
        if (count >= 8) out.push_back(static_cast<std::uint8_t>(held >> (count -= 8) & 0xFF));
    }
    const std::uint32_t rest = held & ((1U << count) - 1);
    if (count >= bits || rest != 0) return std::nullopt; // a second spelling of the same bytes is not accepted
    return out;
}

} // namespace

std::string hex(ByteView bytes)
{
    return encode(bytes, kHex, 4);
}

std::optional<Bytes> from_hex(std::string_view text)
{
    if (text.size() % 2 != 0) return std::nullopt;
    return decode(text, kHex, 4);
}

std::string base64(ByteView bytes)
{
    auto out = encode(bytes, kBase64, 6);
    while (out.size() % 4 != 0) out += '=';
    return out;
}

std::optional<Bytes> from_base64(std::string_view text)
{
    if (text.size() % 4 != 0) return std::nullopt;
    for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
    return decode(text, kBase64, 6);
}

std::string base64url(ByteView bytes)
{
    return encode(bytes, kBase64Url, 6);
}

std::optional<Bytes> from_base64url(std::string_view text)
{
    return decode(text, kBase64Url, 6);
}

std::string base32(ByteView bytes)
{
    return encode(bytes, kBase32, 5);
}

bool equal_in_constant_time(ByteView a, ByteView b)
{
    if (a.size() != b.size()) return false;
    std::uint8_t difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) difference = static_cast<std::uint8_t>(difference | (a[i] ^ b[i]));
    return difference == 0;
}

} // namespace azukari
