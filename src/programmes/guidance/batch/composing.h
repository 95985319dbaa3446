// 組み上げ: from the sealed rows of a batch to its letters. The letters are not kept: the same rows, layout and fonts give
// the same bytes, so what was approved is known by its digest and drawn again when it is taken.
#pragma once

#include "access/scope.h"
#include "infra/pdf/sink.h"
#include "infra/pdf/type/font_book.h"
#include "infra/seal/keystore/keystore.h"
#include "infra/seal/running_digest.h"
#include "infra/storage/db.h"
#include "programmes/guidance/batch/batch.h"
#include "programmes/guidance/batch/compose_work.h"
#include "programmes/guidance/classification.h"
#include "programmes/guidance/gaiji.h"
#include "programmes/guidance/letters/letter_layout.h"

#include <span>

namespace azukari::guidance {

// Keeps of a file only its SHA-256, in lower-case hex.
class DigestSink final : public pdf::Sink {
public:
    void write(std::string_view bytes) override { digest_.add(as_bytes(bytes)); }
    std::string finish() { return hex(digest_.finish()); }

private:
    seal::RunningDigest digest_;
};

// What composing is lent.
struct Press {
    storage::Db& db;
    seal::Keystore& keystore;
    const pdf::FontBook& fonts;
    const RecipientLayout& columns;
    const LetterLayout& letters;
    unsigned threads = 2;
    GaijiTable gaiji{}; // 外字 it does not know hold a person's letter back
};

// Composes every category, records counts, digests and who was held back. Refuses what the keystore and the composer
// refuse; nothing is recorded then.
Result<void> compose_batch(const Press& press, const access::Scope& scope, BatchId batch, ComposeProgress& progress);

// Which letters of a category to draw.
struct Drawing {
    Category category;
    Instant composed{};    // when the batch was composed: stands in the file, and pulls from before it are left out
    std::size_t most = 0;  // as a specimen for the approver; 0: all of them
    SerialRange serials{}; // a print lot
    // The read that is open already, which the letters are drawn from: a read within a read could wait for ever.
    const storage::Snapshot* within = nullptr;
};
Result<void> draw_letters(const Press& press, const access::Scope& scope, BatchId batch, const Drawing& drawing,
                          pdf::Sink& sink);

// A letter to be printed once more, marked as the edition it is (2: the first reprint).
struct Reprint {
    std::int64_t serial;
    unsigned edition;
};
struct Reprinting {
    BatchId batch;
    Category category;
    std::span<const Reprint> letters;
    Instant composed;
    const storage::Snapshot* within = nullptr; // see Drawing
};
// Refuses kNoSuchLetters, and a letter that was never drawn because something cannot be set.
Result<void> draw_reprints(const Press& press, const access::Scope& scope, const Reprinting& reprinting,
                           pdf::Sink& sink);

} // namespace azukari::guidance
