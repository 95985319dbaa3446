// What is done with attachments: taken in, checked, shown for a purpose and a reason, taken back. The content is sealed
// under the person's own key before it reaches the store, and ends with it.
#pragma once

#include "infra/easel/easel.h"
#include "vault/attachments/attachment_store.h"
#include "vault/attachments/checking.h"
#include "vault/vault.h"

#include <functional>

namespace azukari::vault::attachments {

// How long the pages of an attachment can be fetched after it was opened.
inline constexpr Duration kShownFor = Duration::minutes(10);

struct Limits {
    std::int64_t most_megabytes = 32; // of one file
};

// Refuses while something about this person must not be destroyed (保留).
using MayDestroy = std::function<Result<void>(const storage::Snapshot&, EntrustmentId, SubjectId)>;

class Attachments {
public:
    // What it is lent outlives it.
    Attachments(const Vault& vault, const easel::Easel& easel, Scanner scanner, MayDestroy may_destroy,
                Limits limits = {});

    const Vault& vault() const { return vault_; }
    std::int64_t most_megabytes() const { return limits_.most_megabytes; }

    struct Upload {
        std::string_view paper; // code
        std::string_view purpose;
        std::string_view file_name;
        ByteView content;
    };
    struct Added {
        AttachmentId id;
        State state;
    };
    // Keeps a file, or nothing of it. Refuses, each beside its field: kPaperExpected, the purpose, kNoFile, kTooBig,
    // kOtherKind, kLyingName, kInfected (with an entry), what the easel refuses; and kNoSuchPerson, kMergedAway.
    Result<Added> add(const access::Scope& scope, SubjectId subject, const Upload& upload) const;

    // Of a person and of everybody merged into them, oldest first.
    std::vector<Attachment> of(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject) const;

    struct Shown {
        Attachment attachment;
        ShowingId showing;
        std::string file_name;
    };
    // Opens an attachment for its reader: the entry is durable before this returns. Its pages can then be drawn for a
    // while, by the same person. Refuses kNoSuchAttachment, kWaiting, kInfected, the purpose, the reason. [K26] [K79]
    Result<Shown> show(const access::Scope& scope, SubjectId subject, AttachmentId id, const Use& use) const;
    // One page as PNG, from 1. Refuses kShowingOver, kNoSuchAttachment, and what the easel refuses.
    Result<std::string> page(const access::Scope& scope, SubjectId subject, AttachmentId id, ShowingId showing,
                             int page) const;

    // 取下げ: what was wrongly attached is taken back, its content and its name are gone for good; a line says who did it
    // when and why. By who attached it, or a handling supervisor. Refuses kNoSuchAttachment, kWithdrawn, kInfected (its
    // content is gone already), kNotYours, kCauseExpected, kWordsTooLong, and what `may_destroy` refuses.
    struct WithdrawalWish {
        std::string_view cause; // code
        std::string_view words; // more about it; sealed
    };
    Result<void> withdraw(const access::Scope& scope, SubjectId subject, AttachmentId id,
                          const WithdrawalWish& wish) const;
    // Whether this person could, before they are asked why. Refuses likewise.
    Result<void> may_withdraw(const storage::Snapshot& snapshot, const access::Scope& scope,
                              const Attachment& attachment) const;
    // What was said of a withdrawal beside its cause, opened; leaves no entry.
    Result<std::string> words_of(const access::Scope& scope, const Attachment& attachment) const;

    // For giving everything back: what it was called, and all of it as it was received. Leaves no entry; whoever gives
    // it away does.
    struct Label {
        std::string file_name;
        std::string sha256;
    };
    Result<Label> label(const access::Scope& scope, const Attachment& attachment) const;
    Result<easel::FileSource> content(const access::Scope& scope, const Attachment& attachment) const;

    // The house's own job: checks what waits. Returns a line for the operator; empty when nothing waited. Refuses
    // kNoScanner and kScannerAway while something waits.
    Result<std::string> check_waiting(Instant now) const;

private:
    Result<easel::FileKind> may_take(const access::Scope& scope, SubjectId subject, const Upload& upload) const;
    Result<Checked> checked(const access::Scope& scope, SubjectId subject, const Upload& upload) const;
    Result<void> keep(const access::Scope& scope, const Attachment& attachment, const Upload& upload,
                      const Checked& checked) const;
    Result<Checked> check_one(const Waiting& one, Instant now) const;

    const Vault& vault_;
    const easel::Easel& easel_;
    const Scanner scanner_;
    const MayDestroy may_destroy_;
    const Limits limits_;
};

} // namespace azukari::vault::attachments
