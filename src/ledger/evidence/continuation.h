// 続き: entries this ledger wrote after the copy of the store was made from which it is put back. They come back
// unchanged, so that the ledger goes on from where the ward saw it last, and not from where the copy ended.
#pragma once

#include "infra/storage/db.h"
#include "ledger/checkpoint_store.h"
#include "ledger/entry.h"
#include "ledger/tree/hash.h"

#include <functional>
#include <string_view>

namespace azukari::ledger {

// Hands every entry of the copied ledger, as bytes, in order.
using EachEntry = std::function<void(const std::function<void(std::string_view bytes)>& visit)>;

enum class Continues : std::uint8_t {
    yes,
    apart,  // the first `size` entries are others than those of `root`
    unsound // the whole is not what the checkpoint says
};
// Whether the entries are those of `checkpoint`, and their first `size` those of `root`.
Continues check_continuation(const EachEntry& entries, const note::Checkpoint& checkpoint, std::uint64_t size,
                             const tree::Hash& root);

// Takes in what the store lacks, and the checkpoint. The entries have been checked. The store must not grow by itself
// (grow_with) yet. Calls `taken` with each entry that came in. Throws Fault on one that is none.
void take_continuation(storage::Db& db, const EachEntry& entries, const Published& published,
                       const std::function<void(storage::Tx&, const Entry&)>& taken);

} // namespace azukari::ledger
