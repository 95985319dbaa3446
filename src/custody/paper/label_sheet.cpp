#include "custody/paper/label_sheet.h"

#include "custody/label.h"
#include "custody/paper/paper_refusals.h"
#include "infra/pdf/document.h"
#include "infra/text/utf8.h"

#include <fmt/ranges.h>

namespace azukari::custody {
namespace {

constexpr double kWidth = 70, kHeight = 37.125, kCode = 18, kMargin = 6; // millimetres
constexpr std::size_t kAcross = 3;
constexpr double kLeastSize = 5, kWords = 7.5; // points

// What does not fit is left out: the label's letters say the rest.
std::string fitting(pdf::Canvas& page, std::string_view words, double room)
{
    std::size_t end = 0;
    while (end < words.size()) {
        auto next = end;
        text::next_code_point(words, next);
        if (page.width_of(words.substr(0, next), {.size = kWords}) > room) break;
        end = next;
    }
    return std::string(words.substr(0, end));
}

void draw(pdf::Canvas& page, std::size_t number, const PrintedLabel& label)
{
    const double x = static_cast<double>(number % kAcross) * kWidth,
                 y = static_cast<double>(number / kAcross) * kHeight;
    page.code(x + kMargin, y + 8, kCode, pdf::data_matrix(label.label));
    const double text = x + kMargin + kCode + 4, room = kWidth - (kMargin + kCode + 4) - 4;
    page.text(text, y + 12, label.kind, {.face = pdf::Style::gothic, .size = 9});
    page.text_within(text, y + 19, grouped_label(label.label), {.face = pdf::Style::gothic, .size = 12},
                     pdf::Align::left, room, kLeastSize);
    if (label.words.empty()) {
        page.line(text, y + 26, text + room, y + 26, 0.3);
        return;
    }
    page.text(text, y + 25, fitting(page, label.words, room), {.size = kWords});
}

} // namespace

Result<void> write_label_sheet(const std::vector<PrintedLabel>& labels, Instant printed, pdf::Sink& sink,
                               const pdf::FontBook& fonts)
{
    pdf::Document document(sink, fonts, {.title = "ラベル用紙", .author = {}, .made = printed});
    pdf::Canvas page(document.shaper());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        draw(page, i % kLabelsOnSheet, labels[i]);
        if (i % kLabelsOnSheet + 1 < kLabelsOnSheet && i + 1 < labels.size()) continue;
        if (!page.missing().empty()) return refuse(kUnprintable, fmt::format("{}", fmt::join(page.missing(), " ")));
        document.add_page(page);
        page.clear();
    }
    document.finish();
    return {};
}

} // namespace azukari::custody
