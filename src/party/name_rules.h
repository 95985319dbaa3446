// What a name of an organisation or of a person at work may look like.
#pragma once

#include "party/party_refusals.h"

#include <string_view>

namespace azukari::party {

inline constexpr int kMaxName = 80; // characters

// Not empty, not longer than kMaxName, valid UTF-8 without control characters. A refusal is bound to `field`.
Result<void> check_name(std::string_view name, std::string_view field);
// Full-width katakana with spaces and ー between: ミホン タロウ.
Result<void> check_kana(std::string_view kana, std::string_view field);

} // namespace azukari::party
