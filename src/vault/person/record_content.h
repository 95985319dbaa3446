// What one version of a record says: values of declared items, the circumstances under which they are held, whence they
// came, why they were written. This is what is sealed.
#pragma once

#include "vault/person/origin.h"
#include "vault/sealed/field_map.h"

#include <set>

namespace azukari::vault {

struct RecordContent {
    FieldMap values;                                  // item code → text
    std::set<std::string, std::less<>> circumstances; // condition codes that hold: "childcare_only"
    Origin origin;
    std::string reason;  // why it was written or changed
    FieldMap kept_words; // item code → why words of prohibited matter stand in its text [K23]
    bool operator==(const RecordContent&) const = default;
};

FieldMap to_fields(const RecordContent& content);
// Refuses kDamagedFields.
Result<RecordContent> content_of(const FieldMap& fields);

} // namespace azukari::vault
