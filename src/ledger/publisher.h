// What the ledger shows to others: signed checkpoints, receipts, and the exchange with the ward's witness.
#pragma once

#include "base/result.h"
#include "ledger/checkpoint_store.h"
#include "ledger/ledger_refusals.h"

namespace azukari::ledger {

// Who the ledger is. The witness is the ward's key, of type cosigner; without one nothing can be witnessed.
struct Identity {
    std::string origin; // "azukari.contractor.example/ledger": a name, no address need answer to it
    seal::SigningKey key;
    std::optional<note::VerifierKey> witness;
};

// 区の連署の状態.
struct Witnessing {
    std::optional<Cosigned> last;
    std::uint64_t unwitnessed = 0; // entries since
};

class Publisher {
public:
    explicit Publisher(Identity identity);

    const std::string& origin() const { return identity_.origin; }
    note::VerifierKey key() const { return {identity_.origin, note::KeyType::ed25519, identity_.key.public_key()}; }
    const std::optional<note::VerifierKey>& witness() const { return identity_.witness; }

    // A text the ledger stands for, a certificate for one: a C2SP note under the ledger's key. The text ends in a
    // newline and is no checkpoint.
    note::SignedNote sign(std::string text) const;

    // Signs the tree as it stood before this transaction; when nothing was added since the last checkpoint, returns
    // that one. Throws when the tree no longer contains what was signed before.
    Published publish(storage::Tx& tx, Instant now) const;

    // .tlog-proof: shows offline that entry `seq` is in the ledger, under the first checkpoint that holds it or, with
    // `latest`, the last one.
    Result<std::string> receipt(const storage::Snapshot& snapshot, std::uint64_t seq, bool latest = false) const;

    // The file the ward's officer takes to the witness: latest checkpoint, proof from what was cosigned last or, when
    // an answer was lost, from the size the witness itself tells.
    Result<std::string> witness_request(const storage::Snapshot& snapshot,
                                        std::optional<std::uint64_t> old_size = {}) const;
    // Takes back what the witness answered: cosignature lines, or a whole checkpoint with them.
    Result<Cosigned> import_cosignature(storage::Tx& tx, std::string_view text) const;
    Witnessing witnessing(const storage::Snapshot& snapshot) const;

    // tlog-policy: our key, and the ward's as quorum when there is one.
    std::string policy() const;

private:
    Identity identity_;
};

} // namespace azukari::ledger
