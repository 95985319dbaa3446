// How a camera was held, as its picture tells (Exif 2.3, tag 0x0112): a photograph of a form stands upright.
#pragma once

#include "infra/easel/drawing/raster.h"

namespace azukari::easel {

// 1 to 8; 1, upright, when a JPEG does not say.
int orientation_of(ByteView jpeg);
Raster turned(Raster raster, int orientation);

} // namespace azukari::easel
