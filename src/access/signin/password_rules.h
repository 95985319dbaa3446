// What makes a password good enough (NIST SP 800-63B-4): long, not guessable from who and what is around it; no rules
// on kinds of characters, no forced change.
#pragma once

#include "access/signin/signin_refusals.h"
#include "base/secret.h"

#include <span>
#include <string>
#include <string_view>

namespace azukari::access {

inline constexpr std::size_t kShortestPassword = 15; // characters, after NFKC
inline constexpr std::size_t kLongestPassword = 128;

// The form in which a password is hashed.
SecretText normalised(const SecretText& password);

// Words of which a password of this person may not be made: login, name, organisation, beside those of the service.
// `password` is normalised. A refusal is bound to `field`.
Result<void> check_password(const SecretText& password, std::span<const std::string> own_words, std::string_view field);

} // namespace azukari::access
