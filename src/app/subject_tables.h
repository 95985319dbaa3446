// Every table of the house that knows of residents, as the rooms declare them: what reconciling keys and erasing ask.
#pragma once

#include "whereabouts/subject_table.h"

#include <vector>

namespace azukari::app {

std::vector<whereabouts::SubjectTable> subject_tables();

} // namespace azukari::app
