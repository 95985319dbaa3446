#include "infra/easel/drawing/decoders.h"
#include "infra/easel/drawing/orientation.h"
#include "infra/easel/reply.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <turbojpeg.h>

namespace azukari::easel {
namespace {

struct Close {
    void operator()(void* handle) const { tjDestroy(handle); }
};

// The smallest of the sizes the decoder offers that is not smaller than what is drawn.
Extent decoded_at(Extent page, Extent drawn)
{
    int count = 0;
    const auto* factors = tjGetScalingFactors(&count);
    Extent best = page;
    for (int i = 0; i < count; ++i) {
        if (factors[i].num > factors[i].denom) continue;
        const Extent scaled{static_cast<std::uint32_t>(TJSCALED(static_cast<int>(page.width), factors[i])),
                            static_cast<std::uint32_t>(TJSCALED(static_cast<int>(page.height), factors[i]))};
        if (scaled.width >= drawn.width && scaled.height >= drawn.height && scaled.width < best.width) best = scaled;
    }
    return best;
}

// Adobe writes the inks inverted: 255 is no ink.
void to_rgb(Bytes& inks)
{
    std::size_t out = 0;
    for (std::size_t in = 0; in + 3 < inks.size(); in += 4)
        for (std::size_t c = 0; c < 3; ++c) inks[out++] = static_cast<std::uint8_t>(inks[in + c] * inks[in + 3] / 255);
    inks.resize(out);
}

} // namespace

Result<Raster> draw_jpeg(ByteView file)
{
    const std::unique_ptr<void, Close> decoder(tjInitDecompress());
    if (!decoder) return refuse(kUnreadable);
    int width = 0, height = 0, sampling = 0, colours = 0;
    if (tjDecompressHeader3(decoder.get(), file.data(), file.size(), &width, &height, &sampling, &colours) != 0 ||
        width <= 0 || height <= 0)
        return refuse(kUnreadable);
    const Extent page{static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height)};
    AZK_REQUIRE(may_decode(page.width, page.height, kMostPixels));
    const auto drawn = fitted(page);
    const auto at = decoded_at(page, drawn);
    const bool grey = colours == TJCS_GRAY, inks = colours == TJCS_CMYK || colours == TJCS_YCCK;
    const unsigned channels = grey ? 1 : 3;
    Bytes points(std::size_t{at.width} * at.height * (inks ? 4U : channels));
    const int format = grey ? TJPF_GRAY : inks ? TJPF_CMYK : TJPF_RGB;
    if (tjDecompress2(decoder.get(), file.data(), file.size(), points.data(), static_cast<int>(at.width), 0,
                      static_cast<int>(at.height), format, TJFLAG_LIMITSCANS) != 0) {
        // What is only a warning was drawn; a picture that ends too early was drawn in part.
        const std::string_view words = tjGetErrorStr2(decoder.get());
        if (tjGetErrorCode(decoder.get()) != TJERR_WARNING || words.find("remature end") != std::string_view::npos)
            return refuse(kUnreadable);
    }
    if (inks) to_rgb(points);
    Shrinker shrinker(at, drawn, channels);
    for (std::uint32_t y = 0; y < at.height; ++y) shrinker.row(points.data() + std::size_t{y} * at.width * channels);
    return turned(std::move(shrinker).finish(), orientation_of(file));
}

} // namespace azukari::easel
