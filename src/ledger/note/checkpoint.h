// C2SP tlog-checkpoint, -cosignature, -witness and -proof: the texts with which the ledger shows what it has promised.
#pragma once

#include "ledger/note/signed_note.h"
#include "ledger/tree/proof.h"

namespace azukari::ledger::note {

// チェックポイント: so many entries, under this root. Extension lines are not accepted (nothing here writes them).
struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    tree::Hash root{};

    std::string text() const;
    static std::optional<Checkpoint> parse(std::string_view text);
    bool operator==(const Checkpoint&) const = default;
};

// The origin is the name the ledger signs with.
SignedNote sign(const Checkpoint& checkpoint, const seal::SigningKey& key);

// 連署: the witness says that at that second this was the largest consistent tree it had seen.
SignatureLine cosign(const std::string& name, const seal::SigningKey& key, std::string_view checkpoint_text,
                     std::uint64_t posix_seconds);
// When `line` is this witness's signature under the checkpoint: the second it was made; otherwise nothing.
std::optional<std::uint64_t> cosigned_at(const SignatureLine& line, std::string_view checkpoint_text,
                                         const VerifierKey& witness);

// Body of a witness's add-checkpoint request.
std::string witness_request(std::uint64_t old_size, std::span<const tree::Hash> consistency, const SignedNote& note);

// 受領証 (.tlog-proof): proves offline that entry `index` stands in the ledger.
std::string receipt(std::uint64_t index, std::span<const tree::Hash> inclusion, const SignedNote& note);
struct Receipt {
    std::uint64_t index = 0;
    tree::Proof inclusion;
    SignedNote note;
    Checkpoint checkpoint;
    static std::optional<Receipt> parse(std::string_view text);
};

} // namespace azukari::ledger::note
