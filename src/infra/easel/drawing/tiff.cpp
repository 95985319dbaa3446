#include "infra/easel/drawing/decoders.h"
#include "infra/easel/drawing/orientation.h"
#include "infra/easel/reply.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <tiffio.h>

namespace azukari::easel {
namespace {

constexpr std::uint64_t kMostWholePixels = 60'000'000; // of what cannot be read row by row

struct Memory {
    ByteView file;
    toff_t at = 0;
};

tmsize_t read_some(thandle_t handle, void* out, tmsize_t size)
{
    auto& memory = *static_cast<Memory*>(handle);
    if (memory.at >= memory.file.size() || size <= 0) return 0;
    const auto count = std::min<toff_t>(static_cast<toff_t>(size), memory.file.size() - memory.at);
    std::memcpy(out, memory.file.data() + memory.at, count);
    memory.at += count;
    return static_cast<tmsize_t>(count);
}

tmsize_t write_none(thandle_t, void*, tmsize_t)
{
    return 0;
}

toff_t seek(thandle_t handle, toff_t offset, int whence)
{
    auto& memory = *static_cast<Memory*>(handle);
    memory.at = whence == SEEK_SET ? offset : whence == SEEK_CUR ? memory.at + offset : memory.file.size() + offset;
    return memory.at;
}

int close_nothing(thandle_t)
{
    return 0;
}

toff_t size_of(thandle_t handle)
{
    return static_cast<Memory*>(handle)->file.size();
}

struct Close {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using Tiff = std::unique_ptr<TIFF, Close>;

Tiff open(Memory& memory)
{
    TIFFSetErrorHandler(nullptr);
    TIFFSetWarningHandler(nullptr);
    const std::unique_ptr<TIFFOpenOptions, void (*)(TIFFOpenOptions*)> options(TIFFOpenOptionsAlloc(),
                                                                               TIFFOpenOptionsFree);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), 256 << 20);
    return Tiff(TIFFClientOpenExt("page", "rm", &memory, read_some, write_none, seek, close_nothing, size_of, nullptr,
                                  nullptr, options.get()));
}

struct Page {
    Extent extent;
    std::uint16_t bits = 1, samples = 1, photometric = PHOTOMETRIC_MINISWHITE, planar = PLANARCONFIG_CONTIG;
    std::uint16_t compression = COMPRESSION_NONE, orientation = ORIENTATION_TOPLEFT;
    double tall = 1;

    // Rows of black and white, grey, or red, green and blue, in strips: what scanners and fax machines write.
    bool by_rows(TIFF* tiff) const
    {
        if (TIFFIsTiled(tiff) != 0 || planar != PLANARCONFIG_CONTIG) return false;
        if (samples == 1 && (photometric == PHOTOMETRIC_MINISWHITE || photometric == PHOTOMETRIC_MINISBLACK))
            return bits == 1 || bits == 8;
        return samples == 3 && bits == 8 && photometric == PHOTOMETRIC_RGB;
    }
};

Page page_of(TIFF* tiff)
{
    Page page;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &page.extent.width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &page.extent.height);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &page.bits);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &page.samples);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_PHOTOMETRIC, &page.photometric);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &page.planar);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &page.compression);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &page.orientation);
    float across = 0, down = 0;
    if (TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &across) == 1 && TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &down) == 1 &&
        across > 0 && down > 0)
        page.tall = static_cast<double>(across) / static_cast<double>(down);
    return page;
}

void unfold(const std::uint8_t* packed, const Page& page, Bytes& points)
{
    const std::uint8_t flip = page.photometric == PHOTOMETRIC_MINISWHITE ? 0xFF : 0;
    for (std::uint32_t x = 0; x < page.extent.width * page.samples; ++x) {
        const auto value =
            page.bits == 8 ? packed[x] : static_cast<std::uint8_t>((packed[x / 8] >> (7 - x % 8) & 1U) != 0 ? 0xFF : 0);
        points[x] = static_cast<std::uint8_t>(value ^ flip);
    }
}

Result<Raster> by_rows(TIFF* tiff, const Page& page)
{
    const auto length = TIFFScanlineSize(tiff);
    const auto needed = (std::uint64_t{page.extent.width} * page.samples * page.bits + 7) / 8;
    if (length <= 0 || static_cast<std::uint64_t>(length) < needed) return refuse(kUnreadable);
    Bytes packed(static_cast<std::size_t>(length));
    Bytes points(std::size_t{page.extent.width} * page.samples);
    Shrinker shrinker(page.extent, fitted(page.extent, page.tall), page.samples);
    for (std::uint32_t y = 0; y < page.extent.height; ++y) {
        if (TIFFReadScanline(tiff, packed.data(), y, 0) != 1) return refuse(kUnreadable);
        unfold(packed.data(), page, points);
        shrinker.row(points.data());
    }
    return std::move(shrinker).finish();
}

Result<Raster> as_a_whole(TIFF* tiff, const Page& page)
{
    AZK_REQUIRE(may_decode(page.extent.width, page.extent.height, kMostWholePixels));
    std::vector<std::uint32_t> whole(std::size_t{page.extent.width} * page.extent.height);
    // Asked for in the order in which it is stored, so that turning it is done in one place.
    if (TIFFReadRGBAImageOriented(tiff, page.extent.width, page.extent.height, whole.data(), page.orientation, 1) != 1)
        return refuse(kUnreadable);
    Bytes points(std::size_t{page.extent.width} * 3);
    Shrinker shrinker(page.extent, fitted(page.extent, page.tall), 3);
    for (std::uint32_t y = 0; y < page.extent.height; ++y) {
        for (std::uint32_t x = 0; x < page.extent.width; ++x) {
            const auto point = whole[std::size_t{y} * page.extent.width + x];
            points[3 * x] = static_cast<std::uint8_t>(TIFFGetR(point));
            points[3 * x + 1] = static_cast<std::uint8_t>(TIFFGetG(point));
            points[3 * x + 2] = static_cast<std::uint8_t>(TIFFGetB(point));
        }
        shrinker.row(points.data());
    }
    return std::move(shrinker).finish();
}

Result<Raster> draw(TIFF* tiff)
{
    const auto page = page_of(tiff);
    AZK_REQUIRE(may_decode(page.extent.width, page.extent.height, kMostPixels));
    AZK_TRY(auto raster, page.by_rows(tiff) ? by_rows(tiff, page) : as_a_whole(tiff, page));
    return turned(std::move(raster), page.orientation >= 1 && page.orientation <= 8 ? page.orientation : 1);
}

} // namespace

Result<Raster> draw_tiff(ByteView file, int page)
{
    Memory memory{file};
    const auto tiff = open(memory);
    if (!tiff) return refuse(kUnreadable);
    for (int i = 0; i < page; ++i)
        if (TIFFReadDirectory(tiff.get()) != 1) return refuse(kNoSuchPage);
    return draw(tiff.get());
}

Result<int> pages_of_tiff(ByteView file)
{
    Memory memory{file};
    const auto tiff = open(memory);
    if (!tiff) return refuse(kUnreadable);
    for (int pages = 1;; ++pages) {
        if (pages > kMostPages) return refuse(kTooManyPages, std::to_string(kMostPages));
        AZK_REQUIRE(draw(tiff.get()));
        if (TIFFLastDirectory(tiff.get()) != 0) return pages;
        if (TIFFReadDirectory(tiff.get()) != 1) return refuse(kUnreadable); // the list of pages breaks off
    }
}

} // namespace azukari::easel
