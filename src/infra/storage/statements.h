// SQL text, as far as the port has to understand it: where quotes and comments are, and where a statement ends.
#pragma once

#include <string_view>
#include <vector>

namespace azukari::storage {

// Length of the quoted text or comment that starts at `sql[at]`; 0 when none starts there.
std::size_t quoted_length(std::string_view sql, std::size_t at);

// The statements of a script, without their ";" and without empty ones.
std::vector<std::string_view> split_statements(std::string_view script);

} // namespace azukari::storage
