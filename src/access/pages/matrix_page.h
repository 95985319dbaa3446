// 権限表: which role may do what, drawn from the same table that decide() asks. [K15]
#pragma once

#include "office/shell/visit.h"

#include <vector>

namespace azukari::access::pages {

std::vector<office::Route> matrix_routes();

} // namespace azukari::access::pages
