// CP932: Shift_JIS as Windows has it, with NEC's and IBM's extensions (髙 﨑 ①), in which wards
// hand over their files. Strict both ways: nothing is replaced by a substitute. User-defined codes
// (外字, F040–F9FC) become U+E000–U+E757.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace azukari::text {

// Refuses with the offset of the first byte that is no CP932, counted from 1.
Result<std::string> decode_cp932(std::string_view bytes);
// Appends the text to `out` and returns true; or returns false with the offset (from 0) of the bad
// byte in `bad`.
bool decode_cp932_into(std::string& out, std::string_view bytes, std::size_t& bad);

// Refuses with the first character that CP932 cannot hold (𠮷, a variation sequence). The wave dash
// and its kin, which Unix and Windows map to different characters (〜/～, −/－, —/―, ‖/∥), are both
// accepted.
Result<std::string> encode_cp932(std::string_view utf8);

} // namespace azukari::text
