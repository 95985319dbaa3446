// 組み上げ: from the sealed rows of a batch to its letters. The letters are not kept: the same rows, layout and fonts give
// the same bytes, so what was approved is known by its digest and drawn again when it is taken.
#pragma once

#include "access/scope.h"
#include "infra/pdf/sink.h"
#include "infra/pdf/type/font_book.h"
#include "infra/seal/keystore/keystore.h"
#include "infra/storage/db.h"
#include "programmes/guidance/batch/batch.h"
#include "programmes/guidance/batch/compose_work.h"
#include "programmes/guidance/classification.h"
#include "programmes/guidance/letters/letter_layout.h"

namespace azukari::guidance {

// What composing is lent.
struct Press {
    storage::Db& db;
    seal::Keystore& keystore;
    const pdf::FontBook& fonts;
    const RecipientLayout& columns;
    const LetterLayout& letters;
    unsigned threads = 2;
};

// Composes every category, records counts, digests and who was held back. Refuses what the keystore and the composer
// refuse; nothing is recorded then.
Result<void> compose_batch(const Press& press, const access::Scope& scope, BatchId batch, ComposeProgress& progress);

// Draws the first `letters` letters of a category, as a specimen for the approver; 0: all of them. `made` is
// the time the
// batch was composed, which stands in the file.
Result<void> draw_letters(const Press& press, const access::Scope& scope, BatchId batch, Category category,
                          std::size_t letters, Instant made, pdf::Sink& sink);

} // namespace azukari::guidance
