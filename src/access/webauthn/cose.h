// Public keys as authenticators give them (COSE, RFC 9052 and 9053): ES256, EdDSA with Ed25519, RS256.
#pragma once

#include "access/webauthn/webauthn_refusals.h"
#include "base/bytes.h"

namespace azukari::webauthn {

// The algorithms offered at registration, in order of preference, by their COSE numbers.
inline constexpr int kAlgorithms[] = {-7, -8, -257};

// Refuses kMalformed, kUnknownAlgorithm and kBrokenKey (a point that is not on the curve, a short modulus).
Result<void> check_cose_key(ByteView key);
// `key` has passed check_cose_key. Refuses kWrongSignature.
Result<void> check_signature(ByteView key, ByteView message, ByteView signature);

} // namespace azukari::webauthn
