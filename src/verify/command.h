// The commands of azukari-verify.
#pragma once

#include "verify/witness.h"

#include <iosfwd>
#include <string>
#include <vector>

namespace azukari::verify {

inline constexpr int kVerified = 0;
inline constexpr int kNotVerified = 1;
inline constexpr int kWrongUse = 2;
inline constexpr int kUnreadable = 3;

// `arguments` without the program's name. Says what it found on `out`, in Japanese; returns the exit code.
int run(const std::vector<std::string>& arguments, const PosixClock& now, std::ostream& out);

} // namespace azukari::verify
