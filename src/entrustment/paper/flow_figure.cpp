#include "entrustment/paper/flow_figure.h"

#include "entrustment/paper/spoken.h"

#include <algorithm>
#include <cmath>

namespace azukari::entrustment {
namespace {

constexpr double kPad = 2.2;       // inside a box
constexpr double kSideColumn = 38; // width of stores and other agencies
constexpr double kSideGap = 34;    // between them and the contractor: labels stand here
constexpr double kStackGap = 5;    // between two of them
constexpr double kAroundLane = 30; // a lane that passes the contractor
constexpr double kShortest = 9;    // of an arrow

enum Layer { above, middle, side, below };

Layer layer_of(PlaceKind kind)
{
    switch (kind) {
    case PlaceKind::person:
        return above;
    case PlaceKind::contractor:
        return middle;
    case PlaceKind::ward:
        return below;
    default:
        return side;
    }
}

// Full-width characters take one width, ASCII half of it: close enough for labels.
std::vector<std::string> wrapped(std::string_view text, double width)
{
    std::vector<std::string> lines(1);
    double used = 0;
    for (std::size_t i = 0; i < text.size();) {
        auto end = i + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
        const auto character = text.substr(i, end - i);
        const double advance = character.size() == 1 ? kFigureType / 2 : kFigureType;
        const bool clings = character == "、" || character == "。" || character == "）" || character == "」" ||
                            character == "・" || character == "ー";
        const bool opens = character == "（" || character == "「"; // never the last of a line
        if (used + advance * (opens ? 2 : 1) > width && !clings && !lines.back().empty()) {
            lines.emplace_back();
            used = 0;
        }
        lines.back() += character;
        used += advance;
        i = end;
    }
    return lines;
}

double height_of(const std::vector<std::string>& lines)
{
    return static_cast<double>(lines.size()) * kFigureLeading;
}

struct Stream { // everything that goes from one place to another: one arrow
    std::size_t from, to;
    std::vector<std::string> labels;
};

struct Lane { // an arrow that runs between two layers, or around the middle
    std::size_t stream;
    double x, label_width;
};

std::vector<std::string> label_lines(const Stream& stream, double width)
{
    std::vector<std::string> lines;
    for (const auto& label : stream.labels)
        for (auto& line : wrapped(label, width)) lines.push_back(std::move(line));
    return lines;
}

class Layout {
public:
    Layout(const InformationFlow& flow, double width) : flow_(flow) { figure_.width = width; }

    FlowFigure make()
    {
        for (std::size_t i = 0; i < flow_.nodes.size(); ++i) layers_[layer_of(flow_.nodes[i].kind)].push_back(i);
        figure_.boxes.resize(flow_.nodes.size());
        gather();
        sort_streams();
        place_across();
        choose_lanes();
        place_down();
        draw_vertical();
        draw_beside();
        return std::move(figure_);
    }

private:
    std::size_t index_of(const std::string& code) const
    {
        for (std::size_t i = 0; i < flow_.nodes.size(); ++i)
            if (flow_.nodes[i].code == code) return i;
        return 0;
    }
    Layer layer(std::size_t node) const { return layer_of(flow_.nodes[node].kind); }
    std::vector<std::string> label(std::size_t stream, double width) const
    {
        return label_lines(streams_[stream], width);
    }

    void gather();
    void sort_streams();
    void place_across();
    void spread(const std::vector<std::size_t>& nodes, double x, double width, double gap);
    void choose_lanes();
    void place_down();
    double tallest(const std::vector<Lane>& lanes) const;
    void set_row(const std::vector<std::size_t>& nodes, double y, double height);
    double row_height(const std::vector<std::size_t>& nodes) const;
    void draw_vertical();
    void draw_beside();
    void add_arrow(std::size_t stream, std::vector<FigurePoint> points, FigurePoint at, double label_width);

    const InformationFlow& flow_;
    FlowFigure figure_;
    std::vector<std::size_t> layers_[4];
    std::vector<Stream> streams_;
    std::vector<std::size_t> upper_, lower_, around_, beside_; // streams
    std::vector<Lane> upper_lanes_, lower_lanes_, around_lanes_;
};

void Layout::gather()
{
    for (std::size_t i = 0; i < flow_.edges.size(); ++i) {
        const auto from = index_of(flow_.edges[i].from), to = index_of(flow_.edges[i].to);
        auto found = std::find_if(streams_.begin(), streams_.end(),
                                  [&](const Stream& stream) { return stream.from == from && stream.to == to; });
        if (found == streams_.end()) found = streams_.insert(found, {from, to, {}});
        found->labels.push_back(circled(i + 1) + flow_.edges[i].what);
    }
}

void Layout::sort_streams()
{
    for (std::size_t i = 0; i < streams_.size(); ++i) {
        auto a = layer(streams_[i].from), b = layer(streams_[i].to);
        if (a > b) std::swap(a, b);
        if (a == above && b == below) {
            around_.push_back(i);
        } else if (a == above && b != above) {
            upper_.push_back(i);
        } else if (b == below && a != below) {
            lower_.push_back(i);
        } else {
            beside_.push_back(i);
        }
    }
    // Whoever is reached from above stands first in the column, whoever is reached from below last.
    auto& stack = layers_[side];
    const auto touches = [&](const std::vector<std::size_t>& streams, std::size_t node) {
        return std::any_of(streams.begin(), streams.end(), [&](std::size_t stream) {
            return streams_[stream].from == node || streams_[stream].to == node;
        });
    };
    std::stable_sort(stack.begin(), stack.end(), [&](std::size_t a, std::size_t b) {
        return touches(upper_, a) - touches(lower_, a) > touches(upper_, b) - touches(lower_, b);
    });
}

void Layout::spread(const std::vector<std::size_t>& nodes, double x, double width, double gap)
{
    const auto count = static_cast<double>(nodes.size());
    const double each = (width - gap * (count - 1)) / count;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        auto& box = figure_.boxes[nodes[i]];
        box.kind = flow_.nodes[nodes[i]].kind;
        box.x = x + static_cast<double>(i) * (each + gap);
        box.width = each;
        box.lines = wrapped(flow_.nodes[nodes[i]].name, each - 2 * kPad);
    }
}

void Layout::place_across()
{
    const double around = around_.empty() ? 0 : kAroundLane * static_cast<double>(around_.size());
    const double aside = layers_[side].empty() ? 0 : kSideColumn + kSideGap;
    spread(layers_[above], 0, figure_.width, 6);
    spread(layers_[below], 0, figure_.width, 6);
    spread(layers_[middle], around, figure_.width - around - aside, 6);
    for (const auto node : layers_[side]) spread({node}, figure_.width - kSideColumn, kSideColumn, 0);
}

// Arrows between the same two places share the width that both have in common.
void Layout::choose_lanes()
{
    const auto choose = [&](const std::vector<std::size_t>& streams, std::vector<Lane>& lanes) {
        for (const auto stream : streams) {
            const auto a = streams_[stream].from, b = streams_[stream].to;
            std::size_t same = 0, before = 0;
            for (const auto other : streams) {
                const auto c = streams_[other].from, d = streams_[other].to;
                if (!(a == c && b == d) && !(a == d && b == c)) continue;
                ++same;
                if (other < stream) ++before;
            }
            const auto &one = figure_.boxes[a], &two = figure_.boxes[b];
            const double left = std::max(one.x, two.x), right = std::min(one.x + one.width, two.x + two.width);
            const double pitch = (right - left) / static_cast<double>(same);
            lanes.push_back({stream, left + pitch * static_cast<double>(before) + 4, pitch - 6});
        }
    };
    choose(upper_, upper_lanes_);
    choose(lower_, lower_lanes_);
    for (std::size_t i = 0; i < around_.size(); ++i)
        around_lanes_.push_back({around_[i], 3 + kAroundLane * static_cast<double>(i), kAroundLane - 6});
}

double Layout::tallest(const std::vector<Lane>& lanes) const
{
    double height = kShortest;
    for (const auto& lane : lanes) height = std::max(height, height_of(label(lane.stream, lane.label_width)) + 6);
    return height;
}

double Layout::row_height(const std::vector<std::size_t>& nodes) const
{
    double height = 0;
    for (const auto node : nodes) height = std::max(height, height_of(figure_.boxes[node].lines) + 2 * kPad);
    return height;
}

void Layout::set_row(const std::vector<std::size_t>& nodes, double y, double height)
{
    for (const auto node : nodes) {
        figure_.boxes[node].y = y;
        figure_.boxes[node].height = height;
    }
}

void Layout::place_down()
{
    double y = 0;
    const double top = row_height(layers_[above]);
    set_row(layers_[above], y, top);
    y += top + (layers_[above].empty() ? 0 : tallest(upper_lanes_));

    // A box of the side column is as high as the labels of the arrows that reach it.
    double stack = 0;
    for (const auto node : layers_[side]) {
        double labels = 2;
        for (const auto stream : beside_)
            if (streams_[stream].from == node || streams_[stream].to == node)
                labels += height_of(label(stream, kSideGap - 4)) + 3;
        const double height = std::max(row_height({node}), labels);
        set_row({node}, y + stack + (stack > 0 ? kStackGap : 0), height);
        stack += height + (stack > 0 ? kStackGap : 0);
    }
    const double centre = std::max({row_height(layers_[middle]), stack, around_.empty() ? 0 : kShortest * 1.5});
    set_row(layers_[middle], y, centre);
    y += centre;
    if (!layers_[below].empty()) {
        y += tallest(lower_lanes_);
        const double bottom = row_height(layers_[below]);
        set_row(layers_[below], y, bottom);
        y += bottom;
    }
    figure_.height = y;
}

void Layout::add_arrow(std::size_t stream, std::vector<FigurePoint> points, FigurePoint at, double label_width)
{
    figure_.arrows.push_back({std::move(points), label(stream, label_width), at});
}

void Layout::draw_vertical()
{
    const auto draw = [&](const std::vector<Lane>& lanes) {
        for (const auto& lane : lanes) {
            const auto& from = figure_.boxes[streams_[lane.stream].from];
            const auto& to = figure_.boxes[streams_[lane.stream].to];
            const bool down = from.y < to.y;
            const double start = down ? from.y + from.height : from.y, end = down ? to.y : to.y + to.height;
            const double top = std::min(start, end), room = std::abs(end - start);
            const auto height = height_of(label(lane.stream, lane.label_width));
            add_arrow(lane.stream, {{lane.x, start}, {lane.x, end}},
                      {lane.x + 1.6, top + (room - height) / 2 + kFigureType}, lane.label_width);
        }
    };
    draw(upper_lanes_);
    draw(lower_lanes_);
    draw(around_lanes_);
}

void Layout::draw_beside()
{
    std::vector<double> used(flow_.nodes.size(), 0); // how much of each side box's height is taken
    for (const auto stream : beside_) {
        const auto from = streams_[stream].from, to = streams_[stream].to;
        const auto inner = figure_.boxes[from].x < figure_.boxes[to].x ? from : to;
        const auto outer = inner == from ? to : from;
        const double left = figure_.boxes[inner].x + figure_.boxes[inner].width, right = figure_.boxes[outer].x;
        const double height = height_of(label(stream, kSideGap - 4));
        const double top = figure_.boxes[outer].y + 1 + used[outer];
        const double y = top + height + 1;
        used[outer] += height + 3;
        if (right <= left) continue; // two of the same column: told by the list below the figure
        std::vector<FigurePoint> points{{left, y}, {right, y}};
        if (inner == to) std::reverse(points.begin(), points.end());
        add_arrow(stream, std::move(points), {left + 2, top + kFigureType}, kSideGap - 4);
    }
}

} // namespace

FlowFigure lay_out(const InformationFlow& flow, double width)
{
    return Layout(flow, width).make();
}

} // namespace azukari::entrustment
