// Running text in a column: where Japanese may be broken (禁則処理, JIS X 4051), and lines set
// flush on both sides.
#pragma once

#include "infra/pdf/canvas.h"

namespace azukari::pdf {

// Whether a line may end between these two characters.
bool may_break_between(char32_t before, char32_t after);

struct TextLine {
    std::string text;
    double width = 0;  // millimetres, natural
    bool last = false; // of its paragraph: not stretched
};

// Breaks at '\n' always, otherwise where the width ends: never before 、。」 or a small kana, never
// after 「, never inside a word or number in Latin letters.
std::vector<TextLine> break_lines(Shaper& shaper, std::string_view utf8, const TextStyle& style, double width);

struct Column {
    double x, y;    // y: the baseline of the first line
    double width;   // millimetres
    double leading; // millimetres from baseline to baseline
};
// Returns the baseline below the last line.
double set_paragraph(Canvas& canvas, const Column& column, std::string_view utf8, const TextStyle& style);

} // namespace azukari::pdf
