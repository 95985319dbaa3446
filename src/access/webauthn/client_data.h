// What the browser says it asked the authenticator for (WebAuthn Level 3, section 5.8.1).
#pragma once

#include "access/webauthn/webauthn_refusals.h"
#include "base/bytes.h"

namespace azukari::webauthn {

enum class Ceremony { registration, assertion };

// Holds the JSON against what was asked: the ceremony, our challenge, our origin, and no foreign frame around it.
Result<void> check_client_data(ByteView json, Ceremony ceremony, ByteView challenge, std::string_view origin);

// The challenge it names, to find out which of ours it answers; checked by check_client_data afterwards.
Result<Bytes> challenge_of(ByteView json);

} // namespace azukari::webauthn
