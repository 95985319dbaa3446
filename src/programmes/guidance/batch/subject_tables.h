// Where the guidance letters keep what is known of residents.
#pragma once

#include "whereabouts/subject_table.h"

namespace azukari::guidance {

inline constexpr whereabouts::SubjectTable kSubjectTables[] = {{"guidance_recipient"}};

} // namespace azukari::guidance
