#include "infra/easel/drawing/drawing.h"

#include "base/check.h"
#include "infra/easel/drawing/decoders.h"
#include "infra/easel/file_kind.h"
#include "infra/easel/reply.h"

#include <fmt/format.h>
#include <png.h>

namespace azukari::easel {
namespace {

Bytes objection(const Refusal& refusal)
{
    auto word = kWordUnreadable;
    if (refusal.is(kLocked)) word = kWordLocked;
    if (refusal.is(kTooLarge)) word = kWordTooLarge;
    if (refusal.is(kTooManyPages)) word = kWordManyPages;
    if (refusal.is(kNoSuchPage)) word = kWordNoPage;
    return to_bytes(fmt::format("no {}\n", word));
}

} // namespace

Result<void> may_decode(std::uint64_t width, std::uint64_t height, std::uint64_t most_pixels)
{
    if (width == 0 || height == 0) return refuse(kUnreadable);
    if (width > 100'000 || height > 100'000 || width * height > most_pixels)
        return refuse(kTooLarge, std::to_string(most_pixels / 10'000));
    return {};
}

Result<int> count_pages(ByteView file)
{
    const auto kind = kind_of(file);
    if (!kind) return refuse(kUnreadable);
    if (kind == FileKind::pdf) return pages_of_pdf(file);
    if (kind == FileKind::tiff) return pages_of_tiff(file);
    AZK_REQUIRE(draw_page(file, 1));
    return 1;
}

Result<Raster> draw_page(ByteView file, int page)
{
    const auto kind = kind_of(file);
    if (!kind) return refuse(kUnreadable);
    if (page < 1 || page > kMostPages) return refuse(kNoSuchPage);
    if (kind == FileKind::pdf) return draw_pdf(file, page - 1);
    if (kind == FileKind::tiff) return draw_tiff(file, page - 1);
    if (page != 1) return refuse(kNoSuchPage);
    return kind == FileKind::jpeg ? draw_jpeg(file) : draw_png(file);
}

Bytes png_of(const Raster& raster)
{
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = raster.width;
    image.height = raster.height;
    image.format = raster.channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    image.flags = PNG_IMAGE_FLAG_FAST;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    Bytes png(size);
    const int written = png_image_write_to_memory(&image, png.data(), &size, 0, raster.pixels.data(), 0, nullptr);
    AZK_CHECK(written != 0);
    png.resize(size);
    return png;
}

Bytes reply_to(std::string_view task, int page, ByteView file)
{
    if (task == "look") {
        const auto pages = count_pages(file);
        return pages ? to_bytes(fmt::format("ok {}\n", *pages)) : objection(pages.error());
    }
    const auto raster = draw_page(file, page);
    if (!raster) return objection(raster.error());
    auto reply = to_bytes("ok\n");
    const auto png = png_of(*raster);
    reply.insert(reply.end(), png.begin(), png.end());
    return reply;
}

} // namespace azukari::easel
