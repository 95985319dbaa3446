#include "base/id.h"

namespace azukari {

std::string to_uuid_text(const IdBytes& bytes)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(36, '-');
    std::size_t at = 0;
    for (const auto byte : bytes) {
        if (at == 8 || at == 13 || at == 18 || at == 23) ++at;
        text[at++] = kDigits[byte >> 4];
        text[at++] = kDigits[byte & 15U];
    }
    return text;
}

std::optional<IdBytes> from_uuid_text(std::string_view text)
{
    if (text.size() != 36) return std::nullopt;
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash != (text[i] == '-')) return std::nullopt;
        if (!dash) digits += text[i];
    }
    const auto bytes = from_hex(digits);
    if (!bytes) return std::nullopt;
    IdBytes out{};
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

IdBytes IdSource::mint()
{
    auto bytes = entropy_.bytes<16>();
    const auto millis = static_cast<std::uint64_t>(at_.micros / 1000);
    for (unsigned i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x70);
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
    return bytes;
}

} // namespace azukari
