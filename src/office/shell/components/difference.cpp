#include "office/shell/components/difference.h"

#include "office/shell/components/status.h"

namespace azukari::office {

using namespace html;

Html difference_text(std::string_view before, std::string_view after)
{
    return each(difference(before, after), [](const Piece& piece) {
        switch (piece.change) {
        case Change::removed:
            return del(piece.text);
        case Change::added:
            return ins(piece.text);
        case Change::kept:
            break;
        }
        return Html(piece.text);
    });
}

Html difference_table(std::string_view caption, const std::vector<ChangedItem>& items)
{
    Html rows;
    for (const auto& item : items) {
        if (item.before == item.after) continue;
        Html before, after;
        for (const auto& piece : difference(item.before, item.after)) {
            if (piece.change != Change::added)
                before += piece.change == Change::removed ? del(piece.text) : Html(piece.text);
            if (piece.change != Change::removed)
                after += piece.change == Change::added ? ins(piece.text) : Html(piece.text);
        }
        rows += tr(th({{"scope", "row"}}, item.label), td({{"data-label", "変更前"}}, before),
                   td({{"data-label", "変更後"}}, after));
    }
    if (rows.empty()) return notice(Tone::info, "変更はありません。");
    return div({cls("table-frame"), {"tabindex", "0"}, {"role", "region"}, {"aria-label", caption}},
               html::table({cls("table difference")}, html::caption(caption),
                           thead(tr(th({{"scope", "col"}}, "項目"), th({{"scope", "col"}}, "変更前"),
                                    th({{"scope", "col"}}, "変更後"))),
                           tbody(rows)));
}

} // namespace azukari::office
