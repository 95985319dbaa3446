// What is sealed about a person: names and texts, in one canonical form, so that the same content has the same bytes.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <map>
#include <string>

namespace azukari::vault {

using FieldMap = std::map<std::string, std::string, std::less<>>;

// Per field, in the order of the names: length of the name, the name, length of the text, the text; lengths as 32 bits,
// most significant byte first.
Bytes encode(const FieldMap& fields);
// Accepts exactly what encode() writes; refuses kDamagedFields.
Result<FieldMap> decode(ByteView bytes);

} // namespace azukari::vault
