// What may be written about a person: declared items only, each under its condition and with one of its values, from
// whom it may come, under which text of the purpose, and free text looked through for prohibited matter.
// [K21] [K22] [K23] [T3]
#pragma once

#include "vault/declared/declared_items.h"
#include "vault/person/document_kind.h"
#include "vault/person/record_content.h"
#include "vault/purpose/purpose.h"

#include <memory>

namespace azukari::vault {

// What stands when something is written; read from the store in one go.
struct Ground {
    std::shared_ptr<const DeclaredItems> items;
    std::vector<Purpose> purposes;    // that are declared now
    std::vector<PublishedText> texts; // of either kind, every version
    std::vector<Indirect> indirect;   // allowed now
    std::vector<std::string> allowed; // names of items whose prohibited matter the ward consented to
};

// Everything that is wrong with it, each beside its field: item.<code>, circumstance, source, who, channel,
// received_on, purpose_text, kept.<code>, reason. Values come back as they will be kept; empty ones are gone.
std::vector<Refusal> examine(const Ground& ground, const matters::Matters& matters, const DocumentKind& kind,
                             CivilDate today, RecordContent& content);

} // namespace azukari::vault
