#include "infra/pdf/canvas.h"

#include "base/check.h"

#include <cmath>
#include <fmt/format.h>

namespace azukari::pdf {

namespace {

std::int64_t to_hundredths(double points)
{
    return std::llround(points * 100);
}

} // namespace

Canvas::Canvas(Shaper& shaper, PageSize size) : shaper_(shaper), size_(size)
{
    out_.reserve(8192);
}

// 12.5, -3, .07: hundredths of a point without the zeros that say nothing. Pages are written by the
// ten thousand.
void Canvas::hundredths(std::int64_t value)
{
    if (value < 0) {
        out_ += '-';
        value = -value;
    }
    const auto fraction = static_cast<int>(value % 100);
    char digits[20];
    int count = 0;
    for (value /= 100; value > 0; value /= 10) digits[count++] = static_cast<char>('0' + value % 10);
    if (count == 0 && fraction == 0) digits[count++] = '0';
    while (count > 0) out_ += digits[--count];
    if (fraction > 0) {
        out_ += '.';
        out_ += static_cast<char>('0' + fraction / 10);
        if (fraction % 10) out_ += static_cast<char>('0' + fraction % 10);
    }
    out_ += ' ';
}

void Canvas::number(double points)
{
    hundredths(to_hundredths(points));
}

void Canvas::point(double x, double y)
{
    number(x * kPointsPerMm);
    number((size_.height - y) * kPointsPerMm);
}

void Canvas::begin_text()
{
    if (in_text_) return;
    out_ += "BT\n";
    in_text_ = true;
    line_x_ = line_y_ = 0;
}

void Canvas::end_text()
{
    if (in_text_) out_ += "ET\n";
    in_text_ = false;
}

void Canvas::use_face(Face face, double size)
{
    if (state_.face == face && state_.size == size) return;
    state_.face = face;
    state_.size = size;
    out_ += "/F";
    out_ += static_cast<char>('0' + face);
    out_ += ' ';
    number(size);
    out_ += "Tf\n";
}

void Canvas::use_spacing(double spacing)
{
    if (state_.spacing == spacing) return;
    state_.spacing = spacing;
    out_ += fmt::format("{:.4g} Tc\n", spacing);
}

void Canvas::use_fill(Ink ink)
{
    if (state_.fill == ink) return;
    state_.fill = ink;
    if (ink.red == ink.green && ink.green == ink.blue)
        out_ += fmt::format("{:.3g} g\n", ink.red / 255.0);
    else
        out_ += fmt::format("{:.3g} {:.3g} {:.3g} rg\n", ink.red / 255.0, ink.green / 255.0, ink.blue / 255.0);
}

void Canvas::use_stroke(Ink ink, double width_pt, Dash dash)
{
    if (!(state_.stroke == ink)) {
        state_.stroke = ink;
        if (ink.red == ink.green && ink.green == ink.blue)
            out_ += fmt::format("{:.3g} G\n", ink.red / 255.0);
        else
            out_ += fmt::format("{:.3g} {:.3g} {:.3g} RG\n", ink.red / 255.0, ink.green / 255.0, ink.blue / 255.0);
    }
    if (state_.line_width != width_pt) {
        state_.line_width = width_pt;
        out_ += fmt::format("{:.4g} w\n", width_pt);
    }
    if (!(state_.dash == dash)) {
        state_.dash = dash;
        out_ += dash.on > 0 ? fmt::format("[{:.4g} {:.4g}]0 d\n", dash.on, dash.off) : std::string("[]0 d\n");
    }
}

double Canvas::width_of(std::string_view utf8, const TextStyle& style)
{
    const auto& shaped = shaper_.shape(utf8, style.face, style.size);
    return (shaped.width_em * style.size + static_cast<double>(shaped.codes) * style.spacing) / kPointsPerMm;
}

double Canvas::text(double x, double y, std::string_view utf8, const TextStyle& style, Align align)
{
    if (utf8.empty()) return 0;
    return place(x, y, shaper_.shape(utf8, style.face, style.size), style, align);
}

bool Canvas::text_within(double x, double y, std::string_view utf8, const TextStyle& style, Align align, double most,
                         double least_size)
{
    if (utf8.empty()) return true;
    const auto& shaped = shaper_.shape(utf8, style.face, style.size);
    const double natural = shaped.width_em * style.size + static_cast<double>(shaped.codes) * style.spacing;
    if (natural <= most * kPointsPerMm) {
        place(x, y, shaped, style, align);
        return true;
    }
    auto smaller = style;
    smaller.spacing = 0;
    smaller.size = std::floor(most * kPointsPerMm / shaped.width_em * 4) / 4; // in quarters of a point
    if (smaller.size < least_size) return false;
    text(x, y, utf8, smaller, align);
    return true;
}

double Canvas::place(double x, double y, const ShapedText& shaped, const TextStyle& style, Align align)
{
    missing_.insert(missing_.end(), shaped.missing.begin(), shaped.missing.end());
    const double width = shaped.width_em * style.size + static_cast<double>(shaped.codes) * style.spacing;
    double left = x * kPointsPerMm;
    // The space behind the last glyph is not seen, so it does not count when text is centred or
    // pushed to the right.
    if (align == Align::centre) left -= (width - style.spacing) / 2;
    if (align == Align::right) left -= width - style.spacing;
    begin_text();
    use_fill(style.ink);
    use_spacing(style.spacing);
    const auto to_x = to_hundredths(left);
    const auto to_y = to_hundredths((size_.height - y) * kPointsPerMm);
    hundredths(to_x - line_x_);
    hundredths(to_y - line_y_);
    out_ += "Td\n";
    line_x_ = to_x;
    line_y_ = to_y;
    for (const auto& segment : shaped.segments) {
        use_face(segment.face, style.size);
        out_.append(shaped.operators, segment.begin, segment.end - segment.begin);
        out_ += '\n';
    }
    return width / kPointsPerMm;
}

void Canvas::underline(double x, double y, double width, const TextStyle& style)
{
    const double below = style.size * 0.18 / kPointsPerMm;
    line(x, y + below, x + width, y + below, style.size * 0.055, style.ink);
}

void Canvas::line(double x1, double y1, double x2, double y2, double width_pt, Ink ink, Dash dash)
{
    end_text();
    use_stroke(ink, width_pt, dash);
    point(x1, y1);
    out_ += "m ";
    point(x2, y2);
    out_ += "l S\n";
}

void Canvas::rectangle(double x, double y, double width, double height, double width_pt, Ink ink)
{
    end_text();
    use_stroke(ink, width_pt, {});
    point(x, y + height);
    number(width * kPointsPerMm);
    number(height * kPointsPerMm);
    out_ += "re S\n";
}

void Canvas::curve(double x1, double y1, double x2, double y2, double x3, double y3)
{
    point(x1, y1);
    point(x2, y2);
    point(x3, y3);
    out_ += "c ";
}

void Canvas::rounded_rectangle(double x, double y, double width, double height, double radius, double width_pt, Ink ink)
{
    end_text();
    use_stroke(ink, width_pt, {});
    const double right = x + width;
    const double bottom = y + height;
    const double away = radius * (1 - 0.5523); // a quarter circle as a Bézier curve
    const auto line_to = [this](double to_x, double to_y) {
        point(to_x, to_y);
        out_ += "l ";
    };
    point(x + radius, y);
    out_ += "m ";
    line_to(right - radius, y);
    curve(right - away, y, right, y + away, right, y + radius);
    line_to(right, bottom - radius);
    curve(right, bottom - away, right - away, bottom, right - radius, bottom);
    line_to(x + radius, bottom);
    curve(x + away, bottom, x, bottom - away, x, bottom - radius);
    line_to(x, y + radius);
    curve(x, y + away, x + away, y, x + radius, y);
    out_ += "h S\n";
}

void Canvas::fill(double x, double y, double width, double height, Ink ink)
{
    end_text();
    use_fill(ink);
    point(x, y + height);
    number(width * kPointsPerMm);
    number(height * kPointsPerMm);
    out_ += "re f\n";
}

void Canvas::polygon(const std::vector<double>& corners, Ink ink)
{
    AZK_CHECK(corners.size() >= 6 && corners.size() % 2 == 0);
    end_text();
    use_fill(ink);
    for (std::size_t i = 0; i < corners.size(); i += 2) {
        point(corners[i], corners[i + 1]);
        out_ += i == 0 ? "m " : "l ";
    }
    out_ += "h f\n";
}

// The modules are drawn in a coordinate system of their own, one unit to a module, so that the
// numbers stay short.
void Canvas::code(double x, double y, double width, const Matrix& matrix)
{
    end_text();
    use_fill({});
    const double module = width * kPointsPerMm / matrix.size;
    out_ += fmt::format("q {:.4f} 0 0 {:.4f} ", module, module);
    point(x, y + width);
    out_ += "cm\n";
    for (int row = 0; row < matrix.size; ++row) {
        for (int from = 0; from < matrix.size; ++from) {
            if (!matrix.at(from, row)) continue;
            int to = from;
            while (to < matrix.size && matrix.at(to, row)) ++to;
            hundredths(from * 100);
            hundredths((matrix.size - 1 - row) * 100);
            hundredths((to - from) * 100);
            out_ += "1 re\n";
            from = to;
        }
    }
    out_ += "f Q\n";
}

// In a coordinate system of their own, too: a bar and the space behind it are one unit wide each, a
// long bar is six high, a timing bar stands in the middle two.
void Canvas::bars(double x, double y, double size_pt, const CustomerBarcode& barcode)
{
    end_text();
    use_fill({});
    const double unit = 0.06 * size_pt * kPointsPerMm;
    out_ += fmt::format("q {:.4f} 0 0 {:.4f} ", unit, unit);
    point(x, y + barcode_height(size_pt));
    out_ += "cm\n";
    for (std::size_t i = 0; i < barcode.size(); ++i) {
        const bool rises = barcode[i] == Bar::upper || barcode[i] == Bar::full;
        const bool falls = barcode[i] == Bar::lower || barcode[i] == Bar::full;
        const std::int64_t bottom = falls ? 0 : 2;
        const std::int64_t top = rises ? 6 : 4;
        hundredths(static_cast<std::int64_t>(i) * 200);
        hundredths(bottom * 100);
        out_ += "1 ";
        hundredths((top - bottom) * 100);
        out_ += "re\n";
    }
    out_ += "f Q\n";
}

void Canvas::form(Form form)
{
    end_text();
    out_ += fmt::format("/X{} Do\n", form.number);
}

void Canvas::clip(double x, double y, double width, double height)
{
    end_text();
    saved_.push_back(state_);
    out_ += "q ";
    point(x, y + height);
    number(width * kPointsPerMm);
    number(height * kPointsPerMm);
    out_ += "re W n\n";
}

void Canvas::restore()
{
    AZK_CHECK(!saved_.empty());
    end_text();
    state_ = saved_.back();
    saved_.pop_back();
    out_ += "Q\n";
}

const std::string& Canvas::content()
{
    AZK_CHECK(saved_.empty());
    end_text();
    return out_;
}

void Canvas::clear()
{
    out_.clear();
    in_text_ = false;
    state_ = {};
    saved_.clear();
    missing_.clear();
}

} // namespace azukari::pdf
