#include "programmes/guidance/sealing/pages/packing_labels.h"

#include "custody/paper/paper_refusals.h"
#include "infra/pdf/document.h"
#include "programmes/guidance/letters/paper_code.h"
#include "programmes/guidance/sealing/pages/sealing_frame.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace azukari::guidance::sealing_pages {
namespace {

constexpr double kWidth = 105, kHeight = 74.25, kMargin = 10, kCode = 24; // millimetres
constexpr std::size_t kAcross = 2, kOnSheet = 8;

void draw(pdf::Canvas& page, std::size_t place, const Batch& batch, const Bundle& bundle)
{
    const double x = static_cast<double>(place % kAcross) * kWidth, y = static_cast<double>(place / kAcross) * kHeight;
    const double left = x + kMargin, room = kWidth - 2 * kMargin;
    page.rectangle(x + 4, y + 4, kWidth - 8, kHeight - 8, 0.4, pdf::Ink::grey(150));
    page.text(left, y + 17, fmt::format("束 {}", bundle.number), {.face = pdf::Style::gothic, .size = 22});
    page.text(x + kWidth - kMargin, y + 17, fmt::format("{}通", bundle.letters),
              {.face = pdf::Style::gothic, .size = 22}, pdf::Align::right);
    page.text_within(left, y + 26, title_of(bundle.category), {.face = pdf::Style::gothic, .size = 12},
                     pdf::Align::left, room, 6);
    page.text(left, y + 40, label_of(bundle.category, bundle.first), {.face = pdf::Style::gothic, .size = 18});
    page.text(left, y + 47, "から", {.size = 9});
    page.text(left, y + 56, label_of(bundle.category, bundle.last), {.face = pdf::Style::gothic, .size = 18});
    page.code(x + kWidth - kMargin - kCode, y + 33, kCode, pdf::data_matrix(bundle_code(batch, bundle)));
    page.text_within(left, y + 66,
                     fmt::format("{} に受け取ったデータ（符号 {:04}）", to_japanese(batch.received_at),
                                 batch_mark_of(batch.id.bytes())),
                     {.size = 7.5}, pdf::Align::left, room, 5);
}

} // namespace

std::string bundle_code(const Batch& batch, const Bundle& bundle)
{
    return fmt::format("AZUKARI-BUNDLE {:04} {}", batch_mark_of(batch.id.bytes()), bundle.number);
}

Result<void> write_bundle_labels(const Batch& batch, std::span<const Bundle> bundles, Instant printed, pdf::Sink& sink,
                                 const pdf::FontBook& fonts)
{
    pdf::Document document(sink, fonts, {.title = "束札", .author = {}, .made = printed});
    pdf::Canvas page(document.shaper());
    for (std::size_t i = 0; i < bundles.size(); ++i) {
        draw(page, i % kOnSheet, batch, bundles[i]);
        if (i % kOnSheet + 1 < kOnSheet && i + 1 < bundles.size()) continue;
        if (!page.missing().empty())
            return refuse(custody::kUnprintable, fmt::format("{}", fmt::join(page.missing(), " ")));
        document.add_page(page);
        page.clear();
    }
    document.finish();
    return {};
}

} // namespace azukari::guidance::sealing_pages
