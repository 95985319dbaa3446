#include "programmes/guidance/sealing/pages/command_cards.h"

#include "custody/paper/paper_refusals.h"
#include "infra/pdf/document.h"
#include "programmes/guidance/sealing/pages/line_desk.h"

#include <fmt/ranges.h>

namespace azukari::guidance::sealing_pages {
namespace {

constexpr double kLeft = 30, kWidth = 150, kHeight = 100, kCode = 50; // millimetres

void draw_card(pdf::Canvas& page, double top, std::string_view command, std::string_view words, std::string_view when)
{
    page.rounded_rectangle(kLeft, top, kWidth, kHeight, 4, 1);
    page.code(kLeft + 12, top + (kHeight - kCode) / 2, kCode, pdf::data_matrix(command));
    page.text(kLeft + 74, top + 46, words, {.face = pdf::Style::gothic, .size = 40});
    page.text(kLeft + 74, top + 62, when, {.size = 12});
    page.text(kLeft + 74, top + 72, command, {.face = pdf::Style::gothic, .size = 9, .ink = pdf::Ink::grey(90)});
}

} // namespace

Result<void> write_command_cards(Instant printed, pdf::Sink& sink, const pdf::FontBook& fonts)
{
    pdf::Document document(sink, fonts, {.title = "突合の台のカード", .author = {}, .made = printed});
    pdf::Canvas page(document.shaper());
    draw_card(page, 30, kSealCommand, "封緘した", "封をしたあとに読み取ります。");
    draw_card(page, 150, kBackCommand, "戻す", "不一致を確かめたとき、封緘しないときに。");
    if (!page.missing().empty())
        return refuse(custody::kUnprintable, fmt::format("{}", fmt::join(page.missing(), " ")));
    document.add_page(page);
    document.finish();
    return {};
}

http::Response take_command_cards(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    pdf::TextSink sink;
    const auto written = write_command_cards(scope.moment().at, sink, rooms.press.fonts);
    if (!written) return office::show_refusal(visit, written.error(), 409);
    return http::Response::download("突合の台のカード.pdf", "application/pdf", std::move(sink).take());
}

} // namespace azukari::guidance::sealing_pages
