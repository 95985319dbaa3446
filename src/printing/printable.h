// 印刷できるもの: a document that the house made, and the room that can draw it again. Only such documents are
// printed: nobody brings a file of their own. A source draws the same bytes for the same reference, so that what was
// agreed to is known by its digest.
#pragma once

#include "access/scope.h"
#include "infra/storage/db.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::printing {

struct Printable {
    std::string source;    // code of the source
    std::string reference; // what the source knows it by; an id in the ledger's alphabet
    std::string label;     // for people: 「特定保健指導の利用券 120通（2026年6月1日受取）」
    std::string file_name; // 印刷ファイル名: what and when, never a resident's name
    std::string sha256;    // of the PDF, lower-case hex; empty in an offer that was not drawn
    std::int64_t pages;    // 0 in an offer that was not drawn
    std::int64_t persons;  // how many residents it tells of
    std::string seen_at{}; // where it can be looked at before it is agreed to, below the entrustment\'s address
};

class Source {
public:
    virtual ~Source() = default;
    virtual std::string_view code() const = 0;
    // What can be printed for the entrustment of the Scope now, newest first. Nothing is drawn for it.
    virtual std::vector<Printable> offered(const storage::Snapshot& snapshot, const access::Scope& scope) const = 0;
    // The document as it would be printed at this moment; refuses with the source's own reason.
    virtual Result<Printable> find(const storage::Snapshot& snapshot, const access::Scope& scope,
                                   std::string_view reference) const = 0;
    // The PDF. Needs a Scope for personal information.
    virtual Result<std::string> draw(const access::Scope& scope, std::string_view reference) const = 0;
    // Whose information it holds, for the copy ledger; empty where nobody knows one by one.
    virtual std::vector<SubjectId> subjects(const storage::Snapshot& snapshot, const access::Scope& scope,
                                            std::string_view reference) const = 0;
    // Notes in the source's own tables that it leaves now; within the transaction of the leaving.
    virtual Result<void> leaving(storage::Tx& tx, const access::Scope& scope, std::string_view reference) const = 0;
};

using Sources = std::vector<std::shared_ptr<const Source>>;

} // namespace azukari::printing
