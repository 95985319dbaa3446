// The label on a medium, a notice, a cabinet: one letter for what it is on, nine signs nobody can guess, and a
// check sign (ISO 7064, the hybrid system for 22 signs) that notices a wrong sign or two that changed places.
// Printed in groups with a 2D code beside it; a hand scanner types it.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "custody/custody.h"

namespace azukari::custody {

enum class LabelOn : char { medium = 'M', notice = 'N', paper = 'P', place = 'C' };
LabelOn label_on(ThingKind kind);

std::string make_label(LabelOn on, Entropy& entropy); // "M4NXP9CTE6G"
// What somebody typed or a scanner read: small letters, spaces and dashes are understood. Refuses kLabelWrong.
Result<std::string> read_label(std::string_view typed);
// "M4NX-P9CT-E6G", for people.
std::string grouped_label(std::string_view label);

} // namespace azukari::custody
