// What makes a file fit to be kept for decades (PDF/A-2b, ISO 19005-2): it says so itself, and says
// what its colours mean.
#pragma once

#include "base/instant.h"

#include <string>
#include <string_view>

namespace azukari::pdf {

// sRGB as an ICC profile (ICC.1:2004-10, IEC 61966-2-1), the same bytes every time.
std::string srgb_profile();

// The XMP packet, which must say the same as the file's information dictionary. `made` 0: not said.
std::string xmp_packet(std::string_view title, std::string_view author, std::string_view producer, Instant made);

} // namespace azukari::pdf
