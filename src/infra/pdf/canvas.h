// One page, or one fixed form, being drawn. Lengths are millimetres from the upper left corner, as
// a form's designer measures them; a text's y is its baseline. Sizes of type and widths of lines
// are in points (1/72 inch).
#pragma once

#include "infra/pdf/customer_barcode.h"
#include "infra/pdf/matrix.h"
#include "infra/pdf/type/shaper.h"

#include <string>
#include <string_view>
#include <vector>

namespace azukari::pdf {

inline constexpr double kPointsPerMm = 72 / 25.4;

struct PageSize { // millimetres
    double width = 210, height = 297;
    bool operator==(const PageSize&) const = default;
    static PageSize a4() { return {}; }
    static PageSize a4_landscape() { return {297, 210}; }
};

struct Ink { // 0 to 255; black unless said otherwise
    std::uint8_t red = 0, green = 0, blue = 0;
    bool operator==(const Ink&) const = default;
    static Ink grey(std::uint8_t level) { return {level, level, level}; }
};

struct TextStyle {
    Style face = Style::mincho; // Gothic is the house's bold
    double size = 10.5;
    double spacing = 0; // points added behind each glyph
    Ink ink{};
};

enum class Align : std::uint8_t { left, centre, right };

struct Dash { // points; 0 0 is a solid line
    double on = 0, off = 0;
    bool operator==(const Dash&) const = default;
};

// A fixed part placed on many pages, written once per file; made by Document::add_form.
struct Form {
    unsigned number = 0;
};

class Canvas {
public:
    explicit Canvas(Shaper& shaper, PageSize size = PageSize::a4());

    PageSize size() const { return size_; }
    Shaper& shaper() { return shaper_; }
    double width_of(std::string_view utf8, const TextStyle& style);

    // Returns the width of what was set.
    double text(double x, double y, std::string_view utf8, const TextStyle& style, Align align = Align::left);
    // Sets text in a smaller size where it would be wider than `most`; false, and nothing drawn,
    // when that would be less than `least_size`.
    bool text_within(double x, double y, std::string_view utf8, const TextStyle& style, Align align, double most,
                     double least_size);
    // A line under text that begins at x and whose baseline is y.
    void underline(double x, double y, double width, const TextStyle& style);

    void line(double x1, double y1, double x2, double y2, double width_pt = 0.4, Ink ink = {}, Dash dash = {});
    void rectangle(double x, double y, double width, double height, double width_pt = 0.4, Ink ink = {});
    void rounded_rectangle(double x, double y, double width, double height, double radius, double width_pt = 0.4,
                           Ink ink = {});
    void fill(double x, double y, double width, double height, Ink ink);
    // A filled polygon, e.g. an arrow head: x, y, x, y, …
    void polygon(const std::vector<double>& corners, Ink ink = {});
    // A 2D code whose upper left corner is x, y.
    void code(double x, double y, double width, const Matrix& matrix);
    // Bars whose upper left corner is x, y, in one of the sizes Japan Post allows. Two millimetres of
    // white around them are the caller's.
    void bars(double x, double y, double size_pt, const CustomerBarcode& barcode);
    void form(Form form);

    // What is drawn until the matching restore() shows only inside the rectangle.
    void clip(double x, double y, double width, double height);
    void restore();

    // Characters that no font holds, in the order met. A page that has any must not be printed.
    const std::vector<std::string>& missing() const { return missing_; }
    // The finished content stream; the canvas may be used for another page afterwards.
    const std::string& content();
    void clear();

private:
    double place(double x, double y, const ShapedText& shaped, const TextStyle& style, Align align);
    void begin_text();
    void end_text();
    void use_face(Face face, double size);
    void use_spacing(double spacing);
    void use_fill(Ink ink);
    void use_stroke(Ink ink, double width_pt, Dash dash);
    void number(double points);
    void hundredths(std::int64_t value);
    void point(double x, double y);
    void curve(double x1, double y1, double x2, double y2, double x3, double y3);

    struct State { // as the viewer has it at this place of the stream
        Face face = kFaces;
        double size = 0, spacing = 0, line_width = 1;
        Ink fill{}, stroke{};
        Dash dash{};
    };
    Shaper& shaper_;
    PageSize size_;
    std::string out_;
    bool in_text_ = false;
    std::int64_t line_x_ = 0, line_y_ = 0; // hundredths of a point
    State state_;
    std::vector<State> saved_;
    std::vector<std::string> missing_;
};

} // namespace azukari::pdf
