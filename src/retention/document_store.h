// Documents recorded by hand, with what happened to them. Every change takes a Scope about the entrustment.
#pragma once

#include "access/scope.h"
#include "retention/document.h"

namespace azukari::retention {

std::vector<Document> documents_by_hand(const storage::Snapshot& snapshot, EntrustmentId entrustment);

// Refuses kLabelMissing, kTooLong, kLabelTaken; events with a day ahead of today.
Result<DocumentId> keep_document(storage::Tx& tx, IdSource& ids, const access::Scope& scope, const Rule& rule,
                                 std::string_view label, const Events& events);
// Notes that the event was on that day; without a day, that it is not so any more. Refuses kNoSuchDocument, kDisposed,
// kNoSuchEvent, kDayAhead.
Result<void> note_event(storage::Tx& tx, const access::Scope& scope, const Rule& rule, DocumentId document,
                        const std::string& event, std::optional<CivilDate> day);
// Records that the document was destroyed or given back. Refuses while it must be kept or is held.
Result<void> dispose(storage::Tx& tx, const access::Scope& scope, const Rule& rule, DocumentId document,
                     std::string_view how);

} // namespace azukari::retention
