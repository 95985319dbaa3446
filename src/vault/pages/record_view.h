// A record in clear, and what changed from version to version.
#pragma once

#include "vault/pages/frame.h"

namespace azukari::vault::pages {

html::Html record_section(const Rooms& rooms, const DeclaredItems& items, const RecordVersion& record,
                          const html::Html& actions);
// Newest first; each with who, when, why and what was different before.
html::Html earlier_versions(const DeclaredItems& items, const std::vector<RecordVersion>& latest,
                            const std::vector<RecordVersion>& earlier);

} // namespace azukari::vault::pages
