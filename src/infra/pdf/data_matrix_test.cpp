#include "infra/pdf/matrix.h"

#include "base/fault.h"
#include "base/random.h"

#include <dmtx.h>
#include <doctest/doctest.h>
#include <memory>
#include <string>

using namespace azukari;
using namespace azukari::pdf;

namespace {

// What libdmtx, which is not ours, reads from the symbol drawn with six pixels a module and a quiet
// zone of two modules.
std::string read_back(const Matrix& matrix)
{
    constexpr int kModule = 6;
    constexpr int kQuiet = 2;
    const int side = (matrix.size + 2 * kQuiet) * kModule;
    std::vector<unsigned char> pixels(static_cast<std::size_t>(side * side), 255);
    for (int y = 0; y < matrix.size * kModule; ++y)
        for (int x = 0; x < matrix.size * kModule; ++x)
            if (matrix.at(x / kModule, y / kModule))
                pixels[static_cast<std::size_t>((y + kQuiet * kModule) * side + x + kQuiet * kModule)] = 0;
    DmtxImage* image = dmtxImageCreate(pixels.data(), side, side, DmtxPack8bppK);
    DmtxDecode* decoder = dmtxDecodeCreate(image, 1);
    std::string text;
    if (DmtxRegion* region = dmtxRegionFindNext(decoder, nullptr)) {
        if (DmtxMessage* message = dmtxDecodeMatrixRegion(decoder, region, DmtxUndefined)) {
            text.assign(reinterpret_cast<const char*>(message->output), static_cast<std::size_t>(message->outputIdx));
            dmtxMessageDestroy(&message);
        }
        dmtxRegionDestroy(&region);
    }
    dmtxDecodeDestroy(&decoder);
    dmtxImageDestroy(&image);
    return text;
}

} // namespace

TEST_CASE("a Data Matrix of any size is read back by another program [G3]")
{
    Rng rng(20220401);
    for (std::size_t length = 1; length <= 170; length += length < 20 ? 1 : 7) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i) text += static_cast<char>('0' + rng.below(10));
        CHECK(read_back(data_matrix(text)) == text);
        for (auto& c : text) c = static_cast<char>(' ' + rng.below(95));
        CHECK(read_back(data_matrix(text)) == text);
    }
}

TEST_CASE("thirty-two digits fit a symbol of eighteen modules, and too many are refused")
{
    CHECK(data_matrix("12345678901234567890123456789012").size == 18);
    CHECK_THROWS_AS(data_matrix(std::string(400, '7')), Fault);
}
