#include "entrustment/pages/flow_svg.h"

#include "entrustment/paper/flow_figure.h"
#include "infra/html/elements.h"

#include <cmath>
#include <fmt/format.h>

namespace azukari::entrustment {
namespace {

using namespace html;

std::string mm(double length)
{
    return fmt::format("{:.2f}", length);
}

Html line_of_text(double x, double y, std::string_view anchor, std::string_view weight, const std::string& text)
{
    return text_element({{"x", mm(x)},
                         {"y", mm(y)},
                         {"text-anchor", anchor},
                         {"font-weight", weight},
                         {"font-size", mm(kFigureType)},
                         {"fill", "#1a1a1a"}},
                        text);
}

std::string_view fill_of(PlaceKind kind)
{
    switch (kind) {
    case PlaceKind::person:
        return "#fff8e6";
    case PlaceKind::contractor:
        return "#e8f1fe";
    case PlaceKind::ward:
        return "#e9f7ef";
    case PlaceKind::store:
        return "#f2f2f2";
    case PlaceKind::third:
        return "#ffffff";
    }
    return "#ffffff";
}

Html box(const FigureBox& place)
{
    Html out = rect({{"x", mm(place.x)},
                     {"y", mm(place.y)},
                     {"width", mm(place.width)},
                     {"height", mm(place.height)},
                     {"rx", "1.2"},
                     {"fill", fill_of(place.kind)},
                     {"stroke", "#1a1a1a"},
                     {"stroke-width", "0.35"},
                     {"stroke-dasharray", "1.6 1", place.kind == PlaceKind::third}});
    double y = place.y + (place.height - static_cast<double>(place.lines.size()) * kFigureLeading) / 2 + kFigureType;
    for (const auto& text : place.lines) {
        out += line_of_text(place.x + place.width / 2, y, "middle", "700", text);
        y += kFigureLeading;
    }
    return out;
}

Html arrow(const FigureArrow& path_of)
{
    const auto& tip = path_of.points.back();
    const auto& before = path_of.points[path_of.points.size() - 2];
    const double length = std::hypot(tip.x - before.x, tip.y - before.y);
    const double ux = (tip.x - before.x) / length, uy = (tip.y - before.y) / length;
    const double neck_x = tip.x - ux * 2, neck_y = tip.y - uy * 2;
    Html out = line({{"x1", mm(before.x)},
                     {"y1", mm(before.y)},
                     {"x2", mm(neck_x)},
                     {"y2", mm(neck_y)},
                     {"stroke", "#1a1a1a"},
                     {"stroke-width", "0.4"}});
    out += html::path({{"d", fmt::format("M{:.2f} {:.2f}L{:.2f} {:.2f}L{:.2f} {:.2f}Z", tip.x, tip.y, neck_x - uy * 0.9,
                                         neck_y + ux * 0.9, neck_x + uy * 0.9, neck_y - ux * 0.9)},
                       {"fill", "#1a1a1a"}});
    double y = path_of.label.y;
    for (const auto& text : path_of.lines) {
        out += line_of_text(path_of.label.x, y, "start", "400", text);
        y += kFigureLeading;
    }
    return out;
}

} // namespace

Html flow_svg(const InformationFlow& flow)
{
    constexpr double kEdge = 0.5;
    const auto drawn = lay_out(flow, 170);
    return svg({{"viewBox", fmt::format("{:.2f} {:.2f} {:.2f} {:.2f}", -kEdge, -kEdge, drawn.width + 2 * kEdge,
                                        drawn.height + 2 * kEdge)},
                {"role", "img"},
                {"aria-label", flow.title + "の図。矢印の内容は下の一覧に同じ順で示す。"}},
               each(drawn.boxes, box), each(drawn.arrows, arrow));
}

} // namespace azukari::entrustment
