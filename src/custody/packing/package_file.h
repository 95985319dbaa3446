// Whether a file may go into a package. Those who check a package open its files one by one (package_request_store.h):
// what they cannot look into is not put in, and what would harm whoever opens it is not, either.
#pragma once

#include "base/result.h"

#include <string_view>

namespace azukari::custody {

// Refuses, for the field "files", kEmptyFile, kFileName; kArchiveFile for an archive; kUnsafeDocument for a document of
// Excel's, Word's or LibreOffice's kind that is not what it says: one that unpacks to far too much, whose directory and
// members disagree, with names that lead elsewhere or stand twice, torn or damaged. Takes time with what it unpacks to.
Result<void> check_file(std::string_view name, std::string_view content);

} // namespace azukari::custody
