// The directory at the end of a ZIP, read and held against what stands before each member.
#pragma once

#include "infra/sheet/zip_reader.h"

namespace azukari::sheet {

Result<std::vector<ZipMember>> read_directory(const Archive& archive, const ZipLimits& limits);

// Refuses a name that leads anywhere but below the folder it is put in (zip slip), or that Windows takes for something
// else. `number`: which member, from 1; an unsafe name is not shown.
Result<void> check_name(std::string_view name, std::size_t number);

} // namespace azukari::sheet
