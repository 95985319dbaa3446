// Where the guidance letters keep what is known of residents.
#pragma once

#include "whereabouts/subject_table.h"

namespace azukari::guidance {

inline constexpr whereabouts::SubjectTable kSubjectTables[] = {
    {.table = "guidance_recipient", .batch_column = "batch"},
    {.table = "guidance_difference", .batch_column = "batch"}};

} // namespace azukari::guidance
