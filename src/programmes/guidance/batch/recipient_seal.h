// A recipient as the store keeps it: the values of the layout's columns, sealed under that person's own key
// and bound to
// the row they stand in.
#pragma once

#include "infra/seal/sealed_value.h"
#include "programmes/guidance/recipient_file.h"

namespace azukari::guidance {

Bytes seal_recipient(const seal::SealKey& key, EntrustmentId entrustment, SubjectId subject, const Recipient& recipient,
                     Entropy& entropy);
// Refuses what open_value refuses; a sealed row with another number of columns than the layout is damaged.
Result<Recipient> open_recipient(const seal::SealKey& key, EntrustmentId entrustment, SubjectId subject,
                                 ByteView sealed, std::size_t columns);

} // namespace azukari::guidance
