#include "access/signin/totp.h"

#include <array>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/check.h"

namespace azukari::access {
namespace {

constexpr std::int64_t kGrace = 10; // seconds

std::string percent_encoded(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

} // namespace

std::int64_t totp_step(Instant at)
{
    return at.micros / 1'000'000 / kTotpStep;
}

std::string totp_code(ByteView key, std::int64_t step, int digits)
{
    std::array<std::uint8_t, 8> counter{};
    for (std::size_t i = 0; i < 8; ++i)
        counter[7 - i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (8 * i));
    std::array<std::uint8_t, 20> mac{};
    unsigned length = 0;
    const auto* made =
        HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter.data(), counter.size(), mac.data(), &length);
    AZK_CHECK(made != nullptr && length == mac.size());
    const std::size_t at = mac[19] & 0x0FU; // dynamic truncation, RFC 4226 section 5.3
    const std::uint32_t number = (mac[at] & 0x7FU) << 24U | static_cast<std::uint32_t>(mac[at + 1]) << 16U |
                                 static_cast<std::uint32_t>(mac[at + 2]) << 8U | mac[at + 3];
    std::uint32_t modulus = 1;
    for (int i = 0; i < digits; ++i) modulus *= 10;
    return fmt::format("{:0{}}", number % modulus, digits);
}

std::optional<std::int64_t> matching_step(ByteView key, std::string_view code, Instant at, std::int64_t last_step)
{
    const auto present = totp_step(at);
    const bool grace = at.micros / 1'000'000 % kTotpStep < kGrace;
    std::optional<std::int64_t> found;
    for (const auto step : {present, present - 1}) {
        const bool right = equal_in_constant_time(as_bytes(totp_code(key, step)), as_bytes(code));
        if (right && !found && step > last_step && (step == present || grace)) found = step;
    }
    return found;
}

std::string totp_uri(ByteView key, std::string_view issuer, std::string_view account)
{
    return fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits=6&period={3}",
                       percent_encoded(issuer), percent_encoded(account), base32(key), kTotpStep);
}

} // namespace azukari::access
