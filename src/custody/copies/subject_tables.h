// Where the ledger of copies names residents.
#pragma once

#include "whereabouts/subject_table.h"

namespace azukari::custody {

inline constexpr whereabouts::SubjectTable kSubjectTables[] = {{"custody_copy_subject", whereabouts::Holds::trace}};

} // namespace azukari::custody
