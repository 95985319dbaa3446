// 突合せ: holds what is stored against the tree, so that a row that was edited, removed or slipped in behind the
// ledger's back is named.
#pragma once

#include "ledger/note/signed_note.h"

#include "infra/storage/db.h"

namespace azukari::ledger {

struct Discrepancy {
    std::optional<std::uint64_t> seq; // the entry, where it is about one
    std::string sentence;             // what is wrong, in Japanese
};

struct Reconciliation {
    std::uint64_t entries = 0; // rows looked at
    std::vector<Discrepancy> discrepancies;
    bool more = false; // there were more than kMaxDiscrepancies
};
inline constexpr std::size_t kMaxDiscrepancies = 100;

// Hashes every row again, and checks columns, order, time, tiles, head, every published checkpoint with `key`, and
// every cosignature of `witness`. Takes about two seconds for a million entries; memory stays constant.
Reconciliation reconcile(const storage::Snapshot& snapshot, const note::VerifierKey& key,
                         const std::optional<note::VerifierKey>& witness);

} // namespace azukari::ledger
