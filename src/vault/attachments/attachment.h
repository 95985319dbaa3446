// 添付: a file that came from or about a person, a scanned form or a fax, kept beside their records. It can be shown only
// after the virus scanner found nothing in it. [K36]
#pragma once

#include "base/id.h"
#include "base/instant.h"
#include "infra/easel/file_kind.h"

#include <optional>
#include <span>
#include <string>

namespace azukari::vault::attachments {

using AttachmentId = Id<struct AttachmentNoun>;
using ShowingId = Id<struct ShowingNoun>;

// Whether it was looked through for viruses, or has no content any more.
enum class State : std::uint8_t {
    waiting = 0, // 検査待ち: kept sealed, shown to nobody
    clean = 1,
    infected = 2,  // found after it was kept: its content is gone, this line stays
    withdrawn = 3, // 取下げ済み: taken back by a person; likewise
};
std::string_view japanese(State state);

// 書類の種類: from a short list, so that it can be told before the attachment is opened.
struct Paper {
    std::string_view code;
    std::string_view name;
};
std::span<const Paper> papers();
const Paper* find_paper(std::string_view code); // nullptr when there is none

// 取下げの理由: from a short list too, so that it can be told where nothing is opened.
std::span<const Paper> causes();
const Paper* find_cause(std::string_view code); // nullptr when there is none

struct Withdrawal {
    std::string cause; // code
    Instant at{};
    std::string by; // name
};

struct Attachment {
    SubjectId subject;
    AttachmentId id;
    std::string paper; // code
    easel::FileKind kind = easel::FileKind::pdf;
    int pages = 1;
    std::int64_t size = 0; // bytes
    std::int64_t pieces = 0;
    std::string purpose{}; // code
    Instant added_at{};
    std::string added_by{};         // name
    std::optional<StaffId> adder{}; // the same person
    State state = State::waiting;
    std::optional<Instant> checked_at{};
    std::optional<Withdrawal> withdrawal{};
};

// The ending of a file's name that promises another kind than it is; empty when it promises nothing, or keeps it.
std::string broken_promise(std::string_view file_name, easel::FileKind kind);

} // namespace azukari::vault::attachments
