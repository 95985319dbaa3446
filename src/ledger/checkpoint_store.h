// Where signed checkpoints and the ward's cosignatures rest.
#pragma once

#include "infra/storage/db.h"
#include "ledger/note/checkpoint.h"

namespace azukari::ledger {

// A checkpoint as it was signed, with the cosignatures that have come in since.
struct Published {
    note::Checkpoint checkpoint;
    Instant at{};
    note::SignedNote note;
};

struct Cosigned {
    std::uint64_t size = 0;
    Instant at{}; // as the witness says
    std::string line;
};

void insert_checkpoint(storage::Tx& tx, const Published& published);
void write_cosignature(storage::Tx& tx, const std::string& witness, const Cosigned& cosigned);

std::optional<Published> latest_checkpoint(const storage::Snapshot& snapshot);
std::optional<Published> checkpoint_of(const storage::Snapshot& snapshot, std::uint64_t size);
// The first one that holds entry `seq`.
std::optional<Published> checkpoint_over(const storage::Snapshot& snapshot, std::uint64_t seq);
// The first one that was signed at that time or later.
std::optional<Published> checkpoint_since(const storage::Snapshot& snapshot, Instant at);
// From the newest, until `visit` returns false.
void each_checkpoint(const storage::Snapshot& snapshot, const std::function<bool(const Published&)>& visit);
std::optional<Cosigned> latest_cosignature(const storage::Snapshot& snapshot, const std::string& witness);

} // namespace azukari::ledger
