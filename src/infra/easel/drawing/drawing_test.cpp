#include "infra/easel/drawing/drawing.h"

#include "infra/easel/drawing/orientation.h"
#include "infra/easel/file_kind.h"
#include "infra/easel/reply.h"
#include "infra/easel/testing.h"

#include <doctest/doctest.h>
#include <tuple>

using namespace azukari;
using namespace azukari::easel;
using namespace azukari::easel::testing;

namespace {

Bytes cut(Bytes file, double part)
{
    file.resize(static_cast<std::size_t>(static_cast<double>(file.size()) * part));
    return file;
}

// How dark the raster is in a part of it, from 0 (paper) to 255.
int darkness(const Raster& raster, double left, double top, double right, double bottom)
{
    std::uint64_t sum = 0, count = 0;
    for (auto y = static_cast<std::uint32_t>(top * raster.height); y < bottom * raster.height; ++y)
        for (auto x = static_cast<std::uint32_t>(left * raster.width); x < right * raster.width; ++x, ++count)
            sum += 255U - raster.pixels[(std::size_t{y} * raster.width + x) * raster.channels];
    return static_cast<int>(sum / std::max<std::uint64_t>(1, count));
}

// The black mark that the samples have in their upper left corner.
bool marked(const Raster& raster, bool left, bool top)
{
    const double x = left ? 0.09 : 0.86, y = top ? 0.06 : 0.90;
    return darkness(raster, x, y, x + 0.05, y + 0.04) > 100;
}

void set_number(Bytes& file, std::size_t at, std::uint32_t number)
{
    for (std::size_t i = 0; i < 4; ++i) file[at + i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
}

} // namespace

TEST_CASE("a file is what its content says, whatever it is called")
{
    CHECK(kind_of(sample_pdf(1)) == FileKind::pdf);
    CHECK(kind_of(sample_jpeg(40, 30)) == FileKind::jpeg);
    CHECK(kind_of(sample_png(40, 30)) == FileKind::png);
    CHECK(kind_of(sample_fax(1)) == FileKind::tiff);
    for (const auto* other : {"", "MZ\x90", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "GIF89a", "PK\x03\x04"})
        CHECK_FALSE(kind_of(as_bytes(other)));
    for (const auto kind : {FileKind::pdf, FileKind::jpeg, FileKind::png, FileKind::tiff})
        CHECK(kind_named(code_of(kind)) == kind);
}

TEST_CASE("each kind is drawn upright, with its mark where it was, and no larger than a page on a screen [T2]")
{
    for (const auto& file : {sample_png(800, 1100), sample_jpeg(2400, 3400), sample_fax(1), sample_fax(1, false),
                             sample_colour_tiff(500, 700, true), sample_colour_tiff(500, 700, false)}) {
        const auto raster = draw_page(file, 1);
        REQUIRE(raster);
        CHECK(raster->width <= kWidest);
        CHECK(raster->height <= kTallest);
        CHECK(raster->height > raster->width);
        CAPTURE(easel::japanese(*kind_of(file)));
        CHECK(marked(*raster, true, true));
        CHECK_FALSE(marked(*raster, false, true));
        CHECK(count_pages(file).value() == 1);
        CHECK(kind_of(png_of(*raster)) == FileKind::png);
    }
}

TEST_CASE("a fax of several pages is drawn page by page, and one of the standard resolution is not flat [T2]")
{
    const auto fax = sample_fax(3);
    CHECK(count_pages(fax).value() == 3);
    CHECK(draw_page(fax, 3).has_value());
    CHECK(draw_page(fax, 4).error().is(kNoSuchPage));
    const auto fine = draw_page(sample_fax(1), 1).value(), coarse = draw_page(sample_fax(1, false), 1).value();
    CHECK(coarse.width == fine.width);
    CHECK(std::abs(static_cast<int>(coarse.height) - static_cast<int>(fine.height)) < 4);
}

TEST_CASE("a photograph stands as the camera was held")
{
    for (const auto& [orientation, left, top] :
         {std::tuple(1, true, true), std::tuple(3, false, false), std::tuple(6, false, true),
          std::tuple(8, true, false), std::tuple(2, false, true), std::tuple(4, true, false), std::tuple(5, true, true),
          std::tuple(7, false, false)}) {
        CAPTURE(orientation);
        const auto file = sample_jpeg(600, 600, orientation);
        CHECK(orientation_of(file) == orientation);
        const auto raster = draw_page(file, 1).value();
        CHECK(marked(raster, left, top));
        CHECK_FALSE(marked(raster, !left, !top));
    }
    const auto lying = draw_page(sample_jpeg(600, 400, 6), 1).value();
    CHECK(lying.width == 400);
    CHECK(lying.height == 600);
}

TEST_CASE("a PDF is drawn page by page, and what it would like to run is not asked")
{
    const auto pdf = sample_pdf(2, true);
    CHECK(count_pages(pdf).value() == 2);
    const auto raster = draw_page(pdf, 2).value();
    CHECK(raster.width > 1000);
    CHECK(darkness(raster, 0.1, 0.1, 0.6, 0.2) > 3); // the words
    CHECK(draw_page(pdf, 3).error().is(kNoSuchPage));
    CHECK(count_pages(sample_locked_pdf()).error().is(kLocked));
}

TEST_CASE("a torn file is refused, wherever it was torn")
{
    for (const auto& file : {sample_png(300, 400), sample_jpeg(800, 900), sample_fax(2), sample_pdf(2),
                             sample_colour_tiff(300, 300, true)})
        for (const double part : {0.98, 0.7, 0.3, 0.01}) {
            CAPTURE(easel::japanese(*kind_of(file)));
            CAPTURE(part);
            CHECK_FALSE(count_pages(cut(file, part)));
        }
}

TEST_CASE("a picture that says it is enormous is refused before it is decoded")
{
    auto png = sample_png(40, 30);
    set_number(png, 16, 60'000);
    set_number(png, 20, 60'000);
    CHECK_FALSE(count_pages(png));
    auto jpeg = sample_jpeg(64, 64);
    const auto frame = as_text(jpeg).find("\xFF\xC0");
    REQUIRE(frame != std::string_view::npos);
    for (std::size_t i = 5; i < 9; ++i) jpeg[frame + i] = 0xEA; // 60,138 by 60,138 points
    CHECK(count_pages(jpeg).error().is(kTooLarge));
    CHECK(as_text(reply_to("look", 0, jpeg)) == "no too_large\n");
}

TEST_CASE("what the drawing process says is believed only in the one form it has")
{
    CHECK(pages_of_reply("ok 3\n").value() == 3);
    for (const auto* reply : {"", "ok", "ok 0\n", "ok 201\n", "ok 3", "ok 3 4\n", "ok -1\n", "no \n", "no?\n"})
        CHECK(pages_of_reply(reply).error().is(kUnreadable));
    CHECK(pages_of_reply("no locked\n").error().is(kLocked));
    CHECK(pages_of_reply("no many_pages\n").error().is(kTooManyPages));
    const std::string drawn(as_text(reply_to("draw", 1, sample_png(200, 300))));
    CHECK(picture_of_reply(drawn).has_value());
    CHECK(picture_of_reply(drawn + "more").error().is(kUnreadable));
    CHECK(picture_of_reply("ok\n<svg onload=\"alert(1)\"/>").error().is(kUnreadable));
    auto wide = drawn;
    wide[3 + 16 + 2] = '\x7F'; // 32,512 points and more
    CHECK(picture_of_reply(wide).error().is(kUnreadable));
}
