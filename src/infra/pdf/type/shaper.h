// Turns text into the operators that show it. One per thread; remembers which glyphs were used.
#pragma once

#include "infra/pdf/type/font_book.h"

#include <unordered_map>

namespace azukari::pdf {

struct ShapedText {
    struct Segment { // a stretch set in one face
        Face face;
        std::uint32_t begin, end; // within `operators`
    };
    std::string operators; // "(…)Tj" and its like, segment after segment
    std::vector<Segment> segments;
    double width_em = 0;
    std::size_t codes = 0;            // how many glyphs letter spacing would follow
    std::vector<std::string> missing; // characters no face holds; they are not drawn
};

class Shaper {
public:
    explicit Shaper(const FontBook& fonts) : fonts_(fonts) {}

    // The result lives until the next call. Vertical offsets of glyphs depend on the size, hence
    // the parameter.
    const ShapedText& shape(std::string_view utf8, Style style, double size_pt);

    const GlyphUse& use() const { return use_; }
    const FontBook& fonts() const { return fonts_; }

private:
    bool set_plainly(std::string_view utf8, Face face);
    ShapedText set_with_care(std::string_view utf8, Face first, double size_pt);
    void set_segment(ShapedText& out, std::string_view utf8, Face face, double size_pt);

    const FontBook& fonts_;
    GlyphUse use_;
    ShapedText plain_;
    std::unordered_map<std::string, ShapedText> careful_; // by face, size and text
};

} // namespace azukari::pdf
