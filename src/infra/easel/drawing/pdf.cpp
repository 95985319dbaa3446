#include "infra/easel/drawing/decoders.h"
#include "infra/easel/reply.h"

#include <algorithm>
#include <memory>
#include <poppler-document.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

namespace azukari::easel {
namespace {

constexpr double kUsualDpi = 150;

void say_nothing(const std::string&, void*) {}

Result<std::unique_ptr<poppler::document>> open(ByteView file)
{
    poppler::set_debug_error_function(say_nothing, nullptr);
    // A file that broke off on its way lacks its end; the library would put together what is there.
    const auto text = as_text(file);
    if (text.substr(text.size() - std::min<std::size_t>(text.size(), 4096)).find("%%EOF") == std::string_view::npos)
        return refuse(kUnreadable);
    std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(text.data(), static_cast<int>(text.size())));
    if (!document) return refuse(kUnreadable);
    if (document->is_locked()) return refuse(kLocked);
    if (document->pages() < 1) return refuse(kUnreadable);
    if (document->pages() > kMostPages) return refuse(kTooManyPages, std::to_string(kMostPages));
    return document;
}

Result<Raster> draw(const poppler::document& document, int number)
{
    if (number >= document.pages()) return refuse(kNoSuchPage);
    const std::unique_ptr<poppler::page> page(document.create_page(number));
    if (!page) return refuse(kUnreadable);
    const auto paper = page->page_rect(poppler::crop_box); // in points
    const bool lies = page->orientation() == poppler::page::landscape || page->orientation() == poppler::page::seascape;
    const double width = lies ? paper.height() : paper.width(), height = lies ? paper.width() : paper.height();
    if (!(width >= 1) || !(height >= 1)) return refuse(kUnreadable);
    const double dpi = std::min({kUsualDpi, kWidest * 72.0 / width, kTallest * 72.0 / height});
    if (dpi < 1) return refuse(kTooLarge, std::to_string(kMostPixels / 10'000));
    poppler::page_renderer renderer;
    renderer.set_render_hints(poppler::page_renderer::antialiasing | poppler::page_renderer::text_antialiasing);
    renderer.set_image_format(poppler::image::format_rgb24);
    const auto drawn = renderer.render_page(page.get(), dpi, dpi);
    if (!drawn.is_valid() || drawn.width() < 1 || drawn.height() < 1) return refuse(kUnreadable);
    const Extent extent{static_cast<std::uint32_t>(drawn.width()), static_cast<std::uint32_t>(drawn.height())};
    Shrinker shrinker(extent, fitted(extent), 3);
    for (std::uint32_t y = 0; y < extent.height; ++y)
        shrinker.row(reinterpret_cast<const std::uint8_t*>(drawn.const_data()) +
                     std::size_t{y} * static_cast<std::size_t>(drawn.bytes_per_row()));
    return std::move(shrinker).finish();
}

} // namespace

Result<Raster> draw_pdf(ByteView file, int page)
{
    AZK_TRY(const auto document, open(file));
    return draw(*document, page);
}

Result<int> pages_of_pdf(ByteView file)
{
    AZK_TRY(const auto document, open(file));
    AZK_REQUIRE(draw(*document, 0));
    return document->pages();
}

} // namespace azukari::easel
