// The PDF objects that embed one face: a subset of its outlines, the widths, and the way back from
// glyphs to text.
#pragma once

#include "infra/pdf/file/object_writer.h"
#include "infra/pdf/type/typeface.h"

#include <span>

namespace azukari::pdf {

// Writes the composite font under `id` (ISO 32000-1, 9.7) for these CIDs, ascending.
void write_font(ObjectWriter& out, ObjectId id, const Typeface& face, std::span<const Cid> cids);

} // namespace azukari::pdf
