#include "infra/easel/testing.h"

#include "base/check.h"

#include <array>
#include <cstring>
#include <fmt/format.h>
#include <memory>
#include <png.h>
#include <tiffio.h>
#include <turbojpeg.h>

namespace azukari::easel::testing {
namespace {

// Black where a form has ink.
bool ink(int x, int y, int width, int height)
{
    const int edge = width / 20, thick = std::max(2, width / 400);
    const auto on = [&](int at, int line) { return at >= line && at < line + thick; };
    if (x < edge || y < edge || x >= width - edge || y >= height - edge) return false;
    if (on(x, edge) || on(y, edge) || on(x, width - edge - thick) || on(y, height - edge - thick)) return true;
    if (x < 3 * edge && y < 3 * edge) return x > 3 * edge / 2 && y > 3 * edge / 2;
    return y > 4 * edge && x > 2 * edge && x < width - 2 * edge && (y / thick) % (2 * edge / thick + 1) == 0;
}

Bytes points(int width, int height, int channels)
{
    Bytes all;
    all.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                static_cast<std::size_t>(channels));
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const bool black = ink(x, y, width, height);
            for (int c = 0; c < channels; ++c)
                all.push_back(black ? static_cast<std::uint8_t>(c == 2 ? 120 : 20) : static_cast<std::uint8_t>(250));
        }
    return all;
}

// A TIFF that is written into memory.
struct Written {
    Bytes file;
    std::size_t at = 0;
};
tmsize_t read_back(thandle_t handle, void* out, tmsize_t size)
{
    auto& to = *static_cast<Written*>(handle);
    const auto count = std::min(static_cast<std::size_t>(size), to.file.size() - std::min(to.at, to.file.size()));
    std::memcpy(out, to.file.data() + to.at, count);
    to.at += count;
    return static_cast<tmsize_t>(count);
}
tmsize_t write_on(thandle_t handle, void* from, tmsize_t size)
{
    auto& to = *static_cast<Written*>(handle);
    const auto count = static_cast<std::size_t>(size);
    if (to.file.size() < to.at + count) to.file.resize(to.at + count);
    std::memcpy(to.file.data() + to.at, from, count);
    to.at += count;
    return size;
}
toff_t seek(thandle_t handle, toff_t offset, int whence)
{
    auto& to = *static_cast<Written*>(handle);
    to.at = (whence == SEEK_SET ? 0 : whence == SEEK_CUR ? to.at : to.file.size()) + offset;
    return to.at;
}
int close_nothing(thandle_t)
{
    return 0;
}
toff_t size_of(thandle_t handle)
{
    return static_cast<Written*>(handle)->file.size();
}
TIFF* begin(Written& to)
{
    auto* tiff =
        TIFFClientOpen("sample", "w", &to, read_back, write_on, seek, close_nothing, size_of, nullptr, nullptr);
    AZK_CHECK(tiff != nullptr);
    return tiff;
}

void fax_page(TIFF* tiff, int page, int pages, bool fine)
{
    const int width = 1728, height = fine ? 2292 : 1146;
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
    TIFFSetField(tiff, TIFFTAG_FILLORDER, FILLORDER_LSB2MSB);
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 204.0);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, fine ? 196.0 : 98.0);
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, height);
    TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, FILETYPE_PAGE);
    TIFFSetField(tiff, TIFFTAG_PAGENUMBER, page, pages);
    std::array<std::uint8_t, 216> row{};
    for (int y = 0; y < height; ++y) {
        row.fill(0);
        for (int x = 0; x < width; ++x)
            if (ink(x, fine ? y : 2 * y, width, 2292))
                row[static_cast<std::size_t>(x / 8)] |= static_cast<std::uint8_t>(0x80 >> x % 8);
        AZK_CHECK(TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0) == 1);
    }
    AZK_CHECK(TIFFWriteDirectory(tiff) == 1);
}

Bytes pdf_of(const std::vector<std::string>& objects, std::string_view trailer)
{
    std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        places.push_back(out.size());
        out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
    }
    const auto table = out.size();
    out += fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
    for (const auto place : places) out += fmt::format("{:010} 00000 n \n", place);
    out += fmt::format("trailer\n<< /Size {} /Root 1 0 R {} >>\nstartxref\n{}\n%%EOF\n", objects.size() + 1, trailer,
                       table);
    return to_bytes(out);
}

} // namespace

Bytes sample_png(int width, int height)
{
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    Bytes file(size);
    AZK_CHECK(png_image_write_to_memory(&image, file.data(), &size, 0, points(width, height, 3).data(), 0, nullptr) !=
              0);
    file.resize(size);
    return file;
}

Bytes sample_jpeg(int width, int height, int orientation)
{
    auto* encoder = tjInitCompress();
    unsigned char* out = nullptr;
    unsigned long size = 0;
    AZK_CHECK(tjCompress2(encoder, points(width, height, 3).data(), width, 0, height, TJPF_RGB, &out, &size, TJSAMP_420,
                          80, 0) == 0);
    Bytes file(out, out + size);
    tjFree(out);
    tjDestroy(encoder);
    if (orientation == 0) return file;
    Bytes exif{0xFF, 0xE1, 0, 34, 'E', 'x', 'i',  'f', 0, 0, 'M', 'M', 0, 42, 0,
               0,    0,    8, 0,  1,   1,   0x12, 0,   3, 0, 0,   0,   1, 0,  static_cast<std::uint8_t>(orientation),
               0,    0,    0, 0,  0,   0};
    file.insert(file.begin() + 2, exif.begin(), exif.end());
    return file;
}

Bytes sample_fax(int pages, bool fine)
{
    Written to;
    auto* tiff = begin(to);
    for (int page = 0; page < pages; ++page) fax_page(tiff, page, pages, fine);
    TIFFClose(tiff);
    return std::move(to.file);
}

Bytes sample_colour_tiff(int width, int height, bool tiles)
{
    Written to;
    auto* tiff = begin(to);
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
    const auto all = points(width, height, 3);
    if (tiles) {
        TIFFSetField(tiff, TIFFTAG_TILEWIDTH, 64);
        TIFFSetField(tiff, TIFFTAG_TILELENGTH, 64);
        Bytes tile(64 * 64 * 3);
        for (int top = 0; top < height; top += 64)
            for (int left = 0; left < width; left += 64) {
                for (int y = 0; y < std::min(64, height - top); ++y)
                    std::memcpy(tile.data() + y * 192, all.data() + 3 * ((top + y) * width + left),
                                static_cast<std::size_t>(3 * std::min(64, width - left)));
                AZK_CHECK(TIFFWriteTile(tiff, tile.data(), static_cast<std::uint32_t>(left),
                                        static_cast<std::uint32_t>(top), 0, 0) > 0);
            }
    } else {
        TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 16);
        for (int y = 0; y < height; ++y) {
            Bytes row(all.begin() + 3 * y * width, all.begin() + 3 * (y + 1) * width);
            AZK_CHECK(TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0) == 1);
        }
    }
    TIFFClose(tiff);
    return std::move(to.file);
}

Bytes sample_pdf(int pages, bool script)
{
    std::string kids;
    std::vector<std::string> objects{
        script ? "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"
               : "<< /Type /Catalog /Pages 2 0 R >>",
        {},
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
    for (int page = 1; page <= pages; ++page) {
        const auto text = fmt::format("BT /F1 40 Tf 80 700 Td (MIHON {}) Tj ET\n60 60 475 722 re S\n", page);
        objects.push_back(fmt::format("<< /Length {} >>\nstream\n{}endstream", text.size(), text));
        objects.push_back(fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R "
                                      "/Resources << /Font << /F1 3 0 R >> >> >>",
                                      objects.size()));
        kids += fmt::format("{} 0 R ", objects.size());
    }
    objects[1] = fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, pages);
    return pdf_of(objects, "");
}

Bytes sample_locked_pdf()
{
    // A dictionary of the standard security handler whose user password nobody knows.
    const std::string secret(64, '5');
    return pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                   "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
                   fmt::format("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{0}> /U <{0}> >>", secret)},
                  "/Encrypt 4 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]");
}

std::string eicar()
{
    return fmt::format("{}EICAR-STANDARD-{}", "X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "ANTIVIRUS-TEST-FILE!$H+H*");
}

} // namespace azukari::easel::testing
