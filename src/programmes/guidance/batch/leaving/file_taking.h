// 取出し: the letters of one category that leave the house as a file, to be printed elsewhere. The file is a copy like any
// sheet of paper: it stands in the copy ledger, with whose information it holds, until it came back or was destroyed.
// Source: 特記事項 21-9, 31-10 (複写・複製). [K51]
#pragma once

#include "access/scope.h"
#include "base/random.h"
#include "infra/storage/db.h"
#include "programmes/guidance/batch/batch.h"

namespace azukari::guidance {

inline constexpr int kMaxRecipient = 100; // characters

// How the copy ledger knows what a copy was made from.
std::string copy_object(BatchId batch);

// Where the file goes, in words: refuses kWhereToExpected, for the field "recipient".
Result<void> check_recipient(std::string_view recipient);

// Records that the file leaves now, with its copy: call before the first byte does. Returns what was approved. Refuses
// what check_recipient and record_taking refuse.
Result<ComposedLetters> take_as_file(storage::Tx& tx, IdSource& ids, const access::Scope& scope, BatchId batch,
                                     std::string_view category, std::string_view recipient);

} // namespace azukari::guidance
