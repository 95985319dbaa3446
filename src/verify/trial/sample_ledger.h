// A ledger of recognisable entries, and its evidence bundle, to try the verifier on.
#pragma once

#include "ledger/entry.h"
#include "ledger/evidence/bundle.h"
#include "ledger/publisher.h"
#include "verify/files.h"

namespace azukari::verify::trial {

inline constexpr Instant kMorning{1'795'226'700'000'000};

seal::SigningKey key_of(std::uint64_t seed);
// Signed by key 1, witnessed by key 2; `log_seed` other than 1 is somebody else's ledger of the same name.
ledger::Publisher publisher(std::uint64_t log_seed = 1);

// Entry number `i` of every sample: the same each time.
ledger::Entry sample_entry(std::uint64_t i);
void append_samples(storage::Db& db, std::uint64_t count);
ledger::Published publish(storage::Db& db, const ledger::Publisher& by);
// Cosigns the latest checkpoint with key 2 and takes the line in.
void witness(storage::Db& db, const ledger::Publisher& by, std::uint64_t posix_seconds);

std::string bundle_of(storage::Db& db, const ledger::Publisher& by);
using FileMap = std::map<std::string, std::shared_ptr<std::string>>;
FileMap unpacked(const std::string& zip);
// With contents of their own, to be spoilt.
FileMap copy(const FileMap& files);

} // namespace azukari::verify::trial
