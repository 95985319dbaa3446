// One-time codes of an authenticator application: TOTP (RFC 6238) with SHA-1, six digits, thirty seconds, which is
// what all of them understand.
#pragma once

#include "base/instant.h"
#include "base/random.h"

#include <optional>
#include <string>

namespace azukari::access {

inline constexpr std::size_t kTotpKeySize = 20; // bytes, RFC 4226 section 4
inline constexpr std::int64_t kTotpStep = 30;   // seconds

std::int64_t totp_step(Instant at);
// HOTP (RFC 4226) of a time step; `digits` 6 to 8.
std::string totp_code(ByteView key, std::int64_t step, int digits = 6);

// The latest step later than `last_step` for which the code is right: the present one, or in its first ten seconds
// the one before, for those who were still typing. Nothing when no step fits. A clock set back opens no used code
// again.
std::optional<std::int64_t> matching_step(ByteView key, std::string_view code, Instant at, std::int64_t last_step);

// "otpauth://totp/…": what the QR code holds (key URI format of the authenticator applications).
std::string totp_uri(ByteView key, std::string_view issuer, std::string_view account);

} // namespace azukari::access
