// The batches of an entrustment as something that is kept for a while.
#pragma once

#include "retention/document.h"

namespace azukari::guidance {

std::vector<retention::Document> kept_batches(const storage::Snapshot& snapshot, EntrustmentId entrustment);

} // namespace azukari::guidance
