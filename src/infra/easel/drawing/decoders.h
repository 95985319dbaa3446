// One decoder for each kind of file: dimensions are read and judged before anything is decoded.
#pragma once

#include "infra/easel/drawing/raster.h"
#include "infra/easel/easel_refusals.h"

namespace azukari::easel {

// Refuses kTooLarge, kUnreadable.
Result<Raster> draw_jpeg(ByteView file);
Result<Raster> draw_png(ByteView file);
// Pages from 0. Refuses kNoSuchPage, too.
Result<Raster> draw_tiff(ByteView file, int page);
Result<int> pages_of_tiff(ByteView file);
// Refuses kLocked, too.
Result<Raster> draw_pdf(ByteView file, int page);
Result<int> pages_of_pdf(ByteView file);

// kTooLarge, kUnreadable for an edge of nothing.
Result<void> may_decode(std::uint64_t width, std::uint64_t height, std::uint64_t most_pixels);

} // namespace azukari::easel
