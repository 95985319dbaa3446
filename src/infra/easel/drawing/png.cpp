#include "infra/easel/drawing/decoders.h"

#include <algorithm>
#include <png.h>

namespace azukari::easel {
namespace {

constexpr std::uint64_t kMostPngPixels = 60'000'000; // decoded whole: A4 at 600 dpi is 35 million

struct Reader {
    png_image image{};
    Reader() { image.version = PNG_IMAGE_VERSION; }
    ~Reader() { png_image_free(&image); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
};

} // namespace

Result<Raster> draw_png(ByteView file)
{
    Reader reader;
    auto& image = reader.image;
    if (png_image_begin_read_from_memory(&image, file.data(), file.size()) == 0) return refuse(kUnreadable);
    AZK_REQUIRE(may_decode(image.width, image.height, kMostPngPixels));
    const bool grey = (image.format & PNG_FORMAT_FLAG_COLOR) == 0;
    image.format = grey ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    const unsigned channels = grey ? 1 : 3;
    Bytes points(PNG_IMAGE_SIZE(image));
    const png_color paper{255, 255, 255}; // behind what is transparent
    if (png_image_finish_read(&image, &paper, points.data(), 0, nullptr) == 0) return refuse(kUnreadable);
    const Extent page{image.width, image.height};
    Shrinker shrinker(page, fitted(page), channels);
    for (std::uint32_t y = 0; y < page.height; ++y)
        shrinker.row(points.data() + std::size_t{y} * page.width * channels);
    return std::move(shrinker).finish();
}

} // namespace azukari::easel
