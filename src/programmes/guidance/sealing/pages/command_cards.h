// The cards that lie beside the scanner: hands that hold an envelope need no keyboard.
#pragma once

#include "base/instant.h"
#include "base/result.h"
#include "infra/pdf/canvas.h"
#include "infra/pdf/sink.h"
#include "infra/pdf/type/font_book.h"

namespace azukari::guidance::sealing_pages {

// One sheet of A4 with both cards, to cut. Refuses custody::kUnprintable.
Result<void> write_command_cards(Instant printed, pdf::Sink& sink, const pdf::FontBook& fonts);

} // namespace azukari::guidance::sealing_pages
