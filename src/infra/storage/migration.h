// A numbered step of a room's tables. Steps are forward only and frozen once released.
#pragma once

#include <string_view>

namespace azukari::storage {

struct Migration {
    std::string_view room; // "ledger"
    int number;            // 1, 2, 3 … without gaps within a room
    std::string_view name;
    std::string_view sql; // statements in the shared dialect, separated by ";"
};

} // namespace azukari::storage
