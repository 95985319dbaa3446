// For tests: forms that somebody might have sent, drawn with lines and boxes; nobody's handwriting, nobody's name.
#pragma once

#include "base/bytes.h"

#include <string>

namespace azukari::easel::testing {

// A form of that many points: a frame, lines to write on, and a mark in the upper left corner.
Bytes sample_png(int width, int height);
// `orientation` as a camera writes it (Exif); 0: not at all.
Bytes sample_jpeg(int width, int height, int orientation = 0);
// As fax machines send it: black and white, CCITT Group 4, 204 by 98 or 196 lines to the inch.
Bytes sample_fax(int pages, bool fine = true);
// Coloured, compressed by LZW, in tiles or in strips.
Bytes sample_colour_tiff(int width, int height, bool tiles);
// Text in a font that every reader brings along; `script`: with an action that runs when it is opened.
Bytes sample_pdf(int pages, bool script = false);
// The same, opened only with a password.
Bytes sample_locked_pdf();

// What everybody agrees to call a virus (EICAR), written so that this file is none.
std::string eicar();

} // namespace azukari::easel::testing
