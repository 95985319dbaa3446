// 2D codes as a square of dark and light modules, to be drawn as vectors. Without the quiet zone
// around them: whoever places one leaves four modules of white (QR) or one (Data Matrix).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace azukari::pdf {

struct Matrix {
    int size = 0;
    std::vector<std::uint8_t> dark; // row by row from the top, 1 = dark

    bool at(int x, int y) const { return dark[static_cast<std::size_t>(y * size + x)] != 0; }
};

// QR code model 2, error correction M (ISO/IEC 18004). Throws Fault when the text is longer than
// the largest symbol.
Matrix qr_code(std::string_view bytes);

// Data Matrix ECC 200, square (ISO/IEC 16022), in ASCII encodation: pairs of digits take one
// codeword. Throws Fault when the text is longer than the largest symbol we set (48 by 48: 174
// codewords). Without a search for the best mask, which is what makes QR codes dear, a symbol costs
// about a microsecond: every page of a large run can carry one.
Matrix data_matrix(std::string_view bytes);

} // namespace azukari::pdf
