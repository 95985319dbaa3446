// Reading a file that somebody sent, and drawing its pages. Runs in azukari-easel only, after cell.h has closed the
// door.
#pragma once

#include "infra/easel/drawing/raster.h"
#include "infra/easel/easel_refusals.h"

namespace azukari::easel {

// Pages, each read to its end (of a PDF, the first). Refuses kUnreadable, kLocked, kTooLarge, kTooManyPages.
Result<int> count_pages(ByteView file);
// Pages from 1. Refuses kNoSuchPage, too.
Result<Raster> draw_page(ByteView file, int page);
Bytes png_of(const Raster& raster);

// The answer to "look" and "draw" as it goes over the wire (easel/reply.h).
Bytes reply_to(std::string_view task, int page, ByteView file);

} // namespace azukari::easel
