// Envelopes as they are kept: read, changed by the rules of envelope.h, written with their ledger entry in one
// transaction.
#pragma once

#include "programmes/guidance/sealing/envelope.h"

namespace azukari::guidance {

// The letter as it stands now. Refuses kNoSuchLetter.
struct Letter {
    Envelope envelope;
    Standing standing;
};
Result<Letter> find_letter(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch,
                           std::string_view category, std::int64_t serial);
// All letters of a batch by category and serial.
std::vector<Letter> letters_of(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch);

// "A-00012", "a12", "A－１２" as a person types it. Refuses kNoSuchLetter.
struct LetterName {
    std::string category;
    std::int64_t serial;
};
Result<LetterName> read_letter_name(std::string_view typed);

// The envelope that this person matched and has not sealed.
std::optional<Envelope> open_envelope(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch);

Result<void> record_match(storage::Tx& tx, const access::Scope& scope, BatchId batch, const LetterName& letter);
void record_mismatch(storage::Tx& tx, const access::Scope& scope, BatchId batch, std::string_view reason);
std::int64_t count_mismatches(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch);

Result<void> record_sealing(storage::Tx& tx, const access::Scope& scope, BatchId batch, const LetterName& letter);
Result<void> record_release(storage::Tx& tx, const access::Scope& scope, BatchId batch, const LetterName& letter);
Result<void> record_reopening(storage::Tx& tx, const access::Scope& scope, BatchId batch, const LetterName& letter);

struct Spoiling {
    std::string reason;
    bool at_hand = true;
    std::string method{};             // of destroying, when at hand
    std::optional<StaffId> witness{}; // of destroying: somebody else
};
// Refuses kSpoilReasonExpected, kMethodExpected, kWitnessExpected, kWitnessIsSelf and what spoil() refuses.
Result<void> record_spoiling(storage::Tx& tx, const access::Scope& scope, BatchId batch, const LetterName& letter,
                             const Spoiling& spoiling);
Result<void> record_agreement(storage::Tx& tx, const access::Scope& scope, BatchId batch, const LetterName& letter);

struct Spoilage {
    std::string category;
    std::int64_t serial;
    unsigned edition;
    Spoiling how;
    Instant at;
    StaffId by;
    std::optional<std::pair<Instant, StaffId>> agreed; // when the paper was not found
};
std::vector<Spoilage> spoilages_of(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch);

// The reprints of a category left the house: each spoiled letter waits in its next edition. Refuses kNothingToReprint.
Result<void> record_reprints(storage::Tx& tx, const access::Scope& scope, BatchId batch, std::string_view category);

// When the counts of the batch were closed; nothing changes afterwards.
std::optional<Instant> closed_at(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch);
Result<void> check_not_closed(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch);

} // namespace azukari::guidance
