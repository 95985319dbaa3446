// Where attachments and their sealed pieces rest. Keyed by the entrustment first; nothing here can open what it holds.
#pragma once

#include "access/scope.h"
#include "infra/storage/db.h"
#include "vault/attachments/attachment.h"

namespace azukari::vault::attachments {

struct Waiting { // for the virus scanner
    EntrustmentId entrustment;
    SubjectId subject;
    AttachmentId id;
    std::int64_t size = 0;
    std::int64_t pieces = 0;
};

// `signatures`: which ones it was checked by; empty when it waits.
void insert_attachment(storage::Tx& tx, const access::Scope& scope, const Attachment& attachment, ByteView sealed,
                       std::string_view signatures);
void insert_piece(storage::Tx& tx, EntrustmentId entrustment, SubjectId subject, AttachmentId attachment,
                  std::int64_t number, ByteView sealed);

// Oldest first.
std::vector<Attachment> attachments_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject);
// Of everybody.
std::vector<Attachment> attachments_of(const storage::Snapshot& snapshot, EntrustmentId entrustment);
// Refuses kNoSuchAttachment, for one of another entrustment or person too.
Result<Attachment> find_attachment(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject,
                                   AttachmentId id);
Bytes sealed_name(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject, AttachmentId id);
// From `number` on, at most `most`. Fewer than asked for when some are missing.
std::vector<Bytes> sealed_pieces(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject,
                                 AttachmentId id, std::int64_t number, std::int64_t most);

std::int64_t count_waiting(const storage::Snapshot& snapshot);
std::int64_t count_waiting(const storage::Snapshot& snapshot, EntrustmentId entrustment);
std::vector<Waiting> waiting(const storage::Snapshot& snapshot, std::int64_t most); // oldest first
// False when it does not wait any more.
bool set_checked(storage::Tx& tx, const Waiting& waiting, State state, Instant at, std::string_view signatures);
void delete_pieces(storage::Tx& tx, const Waiting& waiting);

// Its content and its name are gone, the line stays: `name` is sealed and empty, `words` is what was said beside the
// cause.
void withdraw_attachment(storage::Tx& tx, const access::Scope& scope, const Attachment& attachment,
                         std::string_view cause, ByteView name, ByteView words);
// Empty when it was not withdrawn.
Bytes sealed_words(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject, AttachmentId id);

void insert_showing(storage::Tx& tx, const access::Scope& scope, SubjectId subject, AttachmentId attachment,
                    ShowingId id, std::string_view purpose, ByteView sealed);
// True when this very person was shown this attachment at `since` or later.
bool is_shown(const storage::Snapshot& snapshot, const access::Scope& scope, SubjectId subject, AttachmentId attachment,
              ShowingId id, Instant since);

} // namespace azukari::vault::attachments
