#include "infra/easel/drawing/orientation.h"

namespace azukari::easel {
namespace {

using namespace std::string_view_literals;

class Numbers { // of a TIFF header, in the byte order it names
public:
    explicit Numbers(ByteView bytes) : bytes_(bytes), big_(as_text(bytes).starts_with("MM\0*"sv)) {}
    bool readable() const { return big_ || as_text(bytes_).starts_with("II*\0"sv); }
    std::uint32_t at(std::size_t place, std::size_t size) const
    {
        if (place > bytes_.size() || size > bytes_.size() - place) return 0;
        std::uint32_t number = 0;
        for (std::size_t i = 0; i < size; ++i) number = number << 8 | bytes_[place + (big_ ? i : size - 1 - i)];
        return number;
    }

private:
    ByteView bytes_;
    bool big_;
};

int orientation_in(ByteView exif)
{
    const Numbers numbers(exif);
    if (!numbers.readable()) return 1;
    const std::size_t directory = numbers.at(4, 4);
    const std::size_t entries = numbers.at(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        const auto entry = directory + 2 + 12 * i;
        if (entry >= exif.size()) break;
        if (numbers.at(entry, 2) != 0x0112) continue;
        const auto said = numbers.at(entry + 8, 2);
        return said >= 1 && said <= 8 ? static_cast<int>(said) : 1;
    }
    return 1;
}

} // namespace

int orientation_of(ByteView jpeg)
{
    std::size_t at = 2;
    while (at + 4 <= jpeg.size() && jpeg[at] == 0xFF && jpeg[at + 1] >= 0xE0) {
        const std::size_t length = std::size_t{jpeg[at + 2]} << 8 | jpeg[at + 3];
        if (length < 2 || at + 2 + length > jpeg.size()) break;
        const auto segment = jpeg.subspan(at + 4, length - 2);
        if (jpeg[at + 1] == 0xE1 && as_text(segment).starts_with("Exif\0\0"sv))
            return orientation_in(segment.subspan(6));
        at += 2 + length;
    }
    return 1;
}

Raster turned(Raster raster, int orientation)
{
    if (orientation == 1) return raster;
    const bool swaps = orientation >= 5;
    Raster made{swaps ? raster.height : raster.width, swaps ? raster.width : raster.height, raster.channels,
                Bytes(raster.pixels.size())};
    const auto w = raster.width, h = raster.height;
    for (std::uint32_t y = 0; y < made.height; ++y)
        for (std::uint32_t x = 0; x < made.width; ++x) {
            // Where the point stands in what was stored.
            auto from_x = swaps ? y : x, from_y = swaps ? x : y;
            if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) from_x = w - 1 - from_x;
            if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) from_y = h - 1 - from_y;
            for (unsigned c = 0; c < raster.channels; ++c)
                made.pixels[(std::size_t{y} * made.width + x) * raster.channels + c] =
                    raster.pixels[(std::size_t{from_y} * w + from_x) * raster.channels + c];
        }
    return made;
}

} // namespace azukari::easel
