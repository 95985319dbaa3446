#include "programmes/guidance/sealing/pages/line_desk.h"

#include <fmt/format.h>

namespace azukari::guidance::sealing_pages {
namespace {

using namespace html;

// The one field that a scanner types into. `hint` says what Enter does.
Html scan_field(std::string_view hint, bool large)
{
    return join(label({{"for", "scan"}, cls("line-label")}, "読み取り欄"),
                input({{"id", "scan"},
                       {"name", "scan"},
                       {"type", "text"},
                       cls(large ? "input line-scan" : "input line-scan line-scan-small"),
                       {"autocomplete", "off"},
                       {"autocapitalize", "off"},
                       {"spellcheck", "false"},
                       {"enterkeyhint", "done"},
                       {"maxlength", 200},
                       {"aria-describedby", "scan-hint"},
                       flag("autofocus", true)}),
                p({{"id", "scan-hint"}, cls("line-hint")}, hint));
}

Html remark(const Desk& desk)
{
    if (desk.word.empty()) return {};
    return p({cls(desk.heeds ? "line-remark line-remark-heed" : "line-remark")}, desk.word);
}

// A ring and a cross that differ in shape, ground and hatching, not only in colour.
Html ring()
{
    return svg(
        {cls("verdict-sign"), {"viewBox", "0 0 100 100"}, {"aria-hidden", "true"}},
        circle(
            {{"cx", 50}, {"cy", 50}, {"r", 38}, {"fill", "none"}, {"stroke", "currentColor"}, {"stroke-width", 14}}));
}
Html cross()
{
    return svg({cls("verdict-sign"), {"viewBox", "0 0 100 100"}, {"aria-hidden", "true"}},
               path({{"d", "M16 16 L84 84 M84 16 L16 84"}, {"stroke", "currentColor"}, {"stroke-width", 18}}));
}

Html items_list(const std::vector<ItemVerdict>& items)
{
    if (items.empty()) return {};
    return ul({cls("verdict-items"), {"aria-label", "突合した項目"}}, each(items, [](const ItemVerdict& item) {
                  return li({cls(item.agrees ? "verdict-item" : "verdict-item verdict-item-no")},
                            span({cls("verdict-item-sign"), {"aria-hidden", "true"}}, item.agrees ? "○" : "×"),
                            item.name, span({cls("visually-hidden")}, item.agrees ? "は一致" : "は不一致"));
              }));
}

Html inserts_list(const Desk& desk)
{
    if (desk.stock.empty()) return {};
    return div({cls("verdict-fill")}, h3("この順に入れる"),
               ol({cls("verdict-inserts")},
                  li(span({cls("insert-name")}, desk.wanted == 1 ? "読み取った紙（1枚）" : "読み取った紙（①②の2枚）")),
                  each(desk.stock, [](const InsertStock& stock) {
                      return li(span({cls("insert-name")}, fmt::format("{} {}", stock.insert.mark, stock.insert.name)),
                                span({cls(stock.left() > 0 ? "insert-left" : "insert-left insert-left-none")},
                                     stock.left() > 0 ? fmt::format("残り {}", office::grouped(stock.left()))
                                                      : std::string("在庫の記録がありません")));
                  })));
}

Html reading(const office::Visit& visit, const Batch& batch, const Desk& desk)
{
    const auto count = desk.papers.size();
    Html carried;
    for (const auto& paper : desk.papers) carried += office::hidden_field("paper", paper);
    const auto heading = count == 0 ? std::string("1枚目の紙のコードを読み取ってください")
                                    : fmt::format("続けて {}枚目の紙を読み取ってください", count + 1);
    Html boxes;
    const auto boxes_shown = desk.wanted == 0 ? 2 : desk.wanted;
    for (unsigned n = 1; n <= boxes_shown; ++n)
        boxes += li({cls(n <= count ? "line-paper line-paper-read" : "line-paper")},
                    span({cls("line-paper-number")}, n), n <= count ? "読み取り済み" : "まだ");
    return section(
        {cls("line-reading")}, remark(desk), h2({cls("line-heading")}, heading),
        when(count > 0, p({cls("line-count")}, fmt::format("{}／{}", count, boxes_shown), "　",
                          span({cls("line-letter")}, desk.label))),
        ol({cls("line-papers"), {"aria-label", "読み取った紙"}}, boxes),
        office::post_form(visit, address_of(batch, "/line/match"), carried,
                          scan_field("スキャナーで読むと、そのまま進みます。手で入れたときは Enter を押します。", true),
                          office::button_row(join(
                              office::submit_button("読み取る"),
                              when(count > 0, office::submit_button("はじめから読み直す", office::Weight::secondary,
                                                                    "restart", "yes"))))));
}

Html yes(const office::Visit& visit, const Batch& batch, const Desk& desk)
{
    return section(
        {cls("verdict verdict-yes")}, remark(desk),
        div({cls("verdict-head")}, ring(),
            div(h2({cls("verdict-words")}, "一致　封入してください"), p({cls("verdict-letter")}, desk.label),
                p({cls("verdict-category")}, desk.category ? facts_of(*desk.category).title : std::string_view()))),
        div({cls("verdict-body")}, items_list(desk.items), inserts_list(desk)),
        office::post_form(visit, address_of(batch, "/line/seal"), office::hidden_field("letter", desk.label),
                          scan_field("封をしたら Enter を押すか、「封緘した」のカードを読み取ります。", false),
                          office::button_row(join(office::submit_button("封緘した"),
                                                  button({cls("button button-secondary"),
                                                          {"type", "submit"},
                                                          {"formaction", address_of(batch, "/line/release")}},
                                                         "封緘せずに戻す")))));
}

Html no(const office::Visit& visit, const Batch& batch, const Desk& desk)
{
    return section(
        {cls("verdict verdict-no")},
        div({cls("verdict-head")}, cross(),
            div(h2({cls("verdict-words")}, "不一致　封入しない"),
                when(!desk.label.empty(), p({cls("verdict-letter")}, desk.label)), p({cls("verdict-why")}, desk.why))),
        remark(desk), items_list(desk.items),
        office::post_form(visit, address_of(batch, "/line/match"), office::hidden_field("acknowledging", desk.why),
                          scan_field("紙を脇に置いたら、Enter を押すか「戻す」のカードを読み取ります。", false),
                          office::button_row(office::submit_button("確かめた。次へ進む"))));
}

} // namespace

std::string_view code_of(Stage stage)
{
    return stage == Stage::yes ? "yes" : stage == Stage::no ? "no" : "reading";
}

Html desk_form(const office::Visit& visit, const Batch& batch, const Desk& desk)
{
    return desk.stage == Stage::yes  ? yes(visit, batch, desk)
           : desk.stage == Stage::no ? no(visit, batch, desk)
                                     : reading(visit, batch, desk);
}

} // namespace azukari::guidance::sealing_pages
