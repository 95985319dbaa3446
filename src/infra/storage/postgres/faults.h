// PostgreSQL's SQLSTATEs, told apart as the port tells them, in words for the operator.
#pragma once

#include "infra/storage/fault.h"

#include <string_view>

namespace azukari::storage::postgres {

// `state` is empty when the server could not be asked. `about` names what it was about (a constraint); never values.
StorageFault fault_of(std::string_view state, std::string_view about);

} // namespace azukari::storage::postgres
