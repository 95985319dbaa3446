// A picture in memory, and making a large one small row by row, so that what is decoded is never held whole.
#pragma once

#include "base/bytes.h"

namespace azukari::easel {

struct Raster {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    unsigned channels = 1; // 1: grey, 3: red, green, blue; 8 bits each, rows without gaps
    Bytes pixels{};
};

struct Extent {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
};
// The size at which a page is drawn: at most kWidest by kTallest, not larger than it is. `tall` is how much higher than
// wide its pixels are: a fax of the standard resolution has pixels of 2.
Extent fitted(Extent page, double tall = 1);

// Takes the rows of a page from the top; each point drawn is the mean of the points it stands for.
class Shrinker {
public:
    Shrinker(Extent from, Extent to, unsigned channels);
    void row(const std::uint8_t* points);
    Raster finish() &&;

private:
    void put_row(std::uint32_t upto);

    const Extent from_;
    Raster raster_;
    std::vector<std::uint32_t> column_; // where a column of the page begins in the picture; one more at the end
    std::vector<std::uint32_t> sums_;
    std::vector<std::uint32_t> counts_;
    std::uint32_t row_ = 0;  // of the page
    std::uint32_t done_ = 0; // rows of the picture
};

} // namespace azukari::easel
