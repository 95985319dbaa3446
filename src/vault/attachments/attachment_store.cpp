#include "vault/attachments/attachment_store.h"

#include "base/check.h"
#include "vault/attachments/attachments_refusals.h"

#include <fmt/format.h>

namespace azukari::vault::attachments {
namespace {

constexpr std::string_view kAttachments =
    "select a.subject, a.id, a.paper, a.kind, a.pages, a.size, a.pieces, a.purpose, a.added_at, s.name, a.state, "
    "a.checked_at, a.added_by, w.cause, w.withdrawn_at, b.name "
    "from vault_attachment a join party_staff s on s.id = a.added_by "
    "left join vault_attachment_withdrawal w on w.entrustment = a.entrustment and w.subject = a.subject "
    "and w.attachment = a.id left join party_staff b on b.id = w.withdrawn_by "
    "where a.entrustment = ?";

Attachment attachment_of(const storage::Row& row)
{
    Attachment made{row.id<SubjectId>(0), row.id<AttachmentId>(1), row.string(2)};
    const auto kind = easel::kind_named(row.text(3));
    if (!kind) throw storage::StorageFault(storage::FaultKind::corrupt, "添付の種類が読み取れません。");
    made.kind = *kind;
    made.pages = static_cast<int>(row.integer(4));
    made.size = row.integer(5);
    made.pieces = row.integer(6);
    made.purpose = row.string(7);
    made.added_at = row.instant(8);
    made.added_by = row.string(9);
    made.state = static_cast<State>(row.integer(10));
    made.checked_at = row.maybe(11, [&] { return row.instant(11); });
    made.adder = row.id<StaffId>(12);
    made.withdrawal = row.maybe(13, [&] { return Withdrawal{row.string(13), row.instant(14), row.string(15)}; });
    return made;
}

EntrustmentId entrustment_of(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

} // namespace

void insert_attachment(storage::Tx& tx, const access::Scope& scope, const Attachment& attachment, ByteView sealed,
                       std::string_view signatures)
{
    tx.execute("insert into vault_attachment (entrustment, subject, id, paper, kind, pages, size, pieces, purpose, "
               "added_at, added_by, state, checked_at, signatures, sealed) "
               "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               {entrustment_of(scope), attachment.subject, attachment.id, attachment.paper,
                easel::code_of(attachment.kind), attachment.pages, attachment.size, attachment.pieces,
                attachment.purpose, attachment.added_at, scope.staff(), static_cast<int>(attachment.state),
                attachment.checked_at, signatures, sealed});
}

void insert_piece(storage::Tx& tx, EntrustmentId entrustment, SubjectId subject, AttachmentId attachment,
                  std::int64_t number, ByteView sealed)
{
    tx.execute("insert into vault_attachment_piece (entrustment, subject, attachment, number, sealed) "
               "values (?, ?, ?, ?, ?)",
               {entrustment, subject, attachment, number, sealed});
}

std::vector<Attachment> attachments_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject)
{
    return snapshot.all(fmt::format("{} and a.subject = ? order by a.added_at, a.id", kAttachments),
                        {entrustment, subject}, attachment_of);
}

std::vector<Attachment> attachments_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all(fmt::format("{} order by a.subject, a.added_at, a.id", kAttachments), {entrustment},
                        attachment_of);
}

Result<Attachment> find_attachment(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject,
                                   AttachmentId id)
{
    auto found = snapshot.one(fmt::format("{} and a.subject = ? and a.id = ?", kAttachments),
                              {entrustment, subject, id}, attachment_of);
    if (!found) return refuse(kNoSuchAttachment);
    return *std::move(found);
}

Bytes sealed_name(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject, AttachmentId id)
{
    return snapshot
        .one("select sealed from vault_attachment where entrustment = ? and subject = ? and id = ?",
             {entrustment, subject, id}, [](const storage::Row& row) { return row.bytes(0); })
        .value_or(Bytes());
}

std::vector<Bytes> sealed_pieces(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject,
                                 AttachmentId id, std::int64_t number, std::int64_t most)
{
    return snapshot.all("select sealed from vault_attachment_piece where entrustment = ? and subject = ? "
                        "and attachment = ? and number >= ? and number < ? order by number",
                        {entrustment, subject, id, number, number + most},
                        [](const storage::Row& row) { return row.bytes(0); });
}

std::int64_t count_waiting(const storage::Snapshot& snapshot)
{
    return snapshot.integer("select count(*) from vault_attachment where state = 0");
}

std::int64_t count_waiting(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.integer("select count(*) from vault_attachment where state = 0 and entrustment = ?", {entrustment});
}

std::vector<Waiting> waiting(const storage::Snapshot& snapshot, std::int64_t most)
{
    return snapshot.all("select entrustment, subject, id, size, pieces from vault_attachment where state = 0 "
                        "order by added_at, id limit ?",
                        {most}, [](const storage::Row& row) {
                            return Waiting{row.id<EntrustmentId>(0), row.id<SubjectId>(1), row.id<AttachmentId>(2),
                                           row.integer(3), row.integer(4)};
                        });
}

bool set_checked(storage::Tx& tx, const Waiting& waiting, State state, Instant at, std::string_view signatures)
{
    return tx.execute("update vault_attachment set state = ?, checked_at = ?, signatures = ? where entrustment = ? "
                      "and subject = ? and id = ? and state = 0",
                      {static_cast<int>(state), at, signatures, waiting.entrustment, waiting.subject, waiting.id}) == 1;
}

void delete_pieces(storage::Tx& tx, const Waiting& waiting)
{
    tx.execute("delete from vault_attachment_piece where entrustment = ? and subject = ? and attachment = ?",
               {waiting.entrustment, waiting.subject, waiting.id});
}

void withdraw_attachment(storage::Tx& tx, const access::Scope& scope, const Attachment& attachment,
                         std::string_view cause, ByteView name, ByteView words)
{
    const auto entrustment = entrustment_of(scope);
    tx.execute("delete from vault_attachment_piece where entrustment = ? and subject = ? and attachment = ?",
               {entrustment, attachment.subject, attachment.id});
    tx.execute("update vault_attachment set state = ?, sealed = ? where entrustment = ? and subject = ? and id = ?",
               {static_cast<int>(State::withdrawn), name, entrustment, attachment.subject, attachment.id});
    tx.execute("insert into vault_attachment_withdrawal (entrustment, subject, attachment, cause, withdrawn_at, "
               "withdrawn_by, sealed) values (?, ?, ?, ?, ?, ?, ?)",
               {entrustment, attachment.subject, attachment.id, cause, scope.moment().at, scope.staff(), words});
}

Bytes sealed_words(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject, AttachmentId id)
{
    return snapshot
        .one("select sealed from vault_attachment_withdrawal where entrustment = ? and subject = ? and attachment = ?",
             {entrustment, subject, id}, [](const storage::Row& row) { return row.bytes(0); })
        .value_or(Bytes());
}

void insert_showing(storage::Tx& tx, const access::Scope& scope, SubjectId subject, AttachmentId attachment,
                    ShowingId id, std::string_view purpose, ByteView sealed)
{
    tx.execute("insert into vault_attachment_showing (entrustment, subject, id, attachment, shown_at, shown_by, "
               "purpose, sealed) values (?, ?, ?, ?, ?, ?, ?, ?)",
               {entrustment_of(scope), subject, id, attachment, scope.moment().at, scope.staff(), purpose, sealed});
}

bool is_shown(const storage::Snapshot& snapshot, const access::Scope& scope, SubjectId subject, AttachmentId attachment,
              ShowingId id, Instant since)
{
    return snapshot.exists("select 1 from vault_attachment_showing where entrustment = ? and subject = ? and id = ? "
                           "and attachment = ? and shown_by = ? and shown_at >= ?",
                           {entrustment_of(scope), subject, id, attachment, scope.staff(), since});
}

} // namespace azukari::vault::attachments
