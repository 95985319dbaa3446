// The batches of an entrustment as they go back to the ward: each a table with the columns the ward's own file had.
#pragma once

#include "infra/seal/keystore/keystore.h"
#include "infra/storage/db.h"
#include "programmes/guidance/recipient_layout.h"
#include "restitution/return_package.h"

namespace azukari::guidance {

// The references outlive the source.
restitution::ReturnSource return_batches(storage::Db& db, seal::Keystore& keystore, const RecipientLayout& columns);

} // namespace azukari::guidance
