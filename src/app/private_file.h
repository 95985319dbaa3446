// A file that only its owner may read, from its first byte on.
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string_view>

namespace azukari::app {

// Makes the file (mode 0600) and writes it durably; nothing half-written stays. Refuses when it exists or cannot be
// written.
Result<void> write_private_file(const std::filesystem::path& path, std::string_view content);

} // namespace azukari::app
