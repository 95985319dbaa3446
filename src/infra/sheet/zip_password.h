// The password of a package. The ZIP format stretches passwords little, so a person's choice would not do: it is
// made here, with more than 100 bits, out of signs that look like no other one on a printed notice (no 0 O Q, 1 I
// L, 2 Z, 5 S, 8 B, U V), in groups that can be typed one after the other.
#pragma once

#include "base/random.h"
#include "base/secret.h"

namespace azukari::sheet {

inline constexpr std::string_view kPasswordSigns = "34679ACDEFGHJKMNPRTWXY";
inline constexpr std::size_t kPasswordGroups = 6, kPasswordGroup = 4;

// "RW3D-7HKA-…": 24 signs, 107 bits. The dashes belong to it and are typed.
SecretText make_password(Entropy& entropy);

} // namespace azukari::sheet
