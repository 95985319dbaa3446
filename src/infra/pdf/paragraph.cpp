#include "infra/pdf/paragraph.h"

#include "infra/text/utf8.h"

namespace azukari::pdf {

using text::next_code_point;

namespace {

bool is_one_of(char32_t c, std::u32string_view set)
{
    return set.find(c) != std::u32string_view::npos;
}

bool may_not_begin_a_line(char32_t c)
{
    return is_one_of(c, U"、。，．・：；？！゛゜ヽヾゝゞ々ー－〜～…‥）］｝〕〉》」』】〙〗〟’”»ぁぃぅぇぉっゃゅょゎァィ"
                        U"ゥェォッャュョヮヵヶ,.:;?!)]}％%℃㎎㎏㎝‐−");
}

bool may_not_end_a_line(char32_t c)
{
    return is_one_of(c, U"（［｛〔〈《「『【〘〖〝‘“«([{＃＄￥№");
}

bool belongs_to_a_word(char32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || is_one_of(c, U".,-/%'@:_+&") ||
           (c >= 0xC0 && c < 0x250);
}

bool follows_inseparably(char32_t c)
{
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || c == 0x3099 || c == 0x309A;
}

struct Piece { // what stands between two places where a line may end
    std::string_view text;
    double width;
};

std::vector<Piece> pieces_of(Shaper& shaper, std::string_view utf8, const TextStyle& style)
{
    std::vector<Piece> pieces;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t before = next_code_point(utf8, at);
        std::size_t next = at;
        if (at < utf8.size() && !may_break_between(before, next_code_point(utf8, next))) continue;
        const auto text = utf8.substr(begin, at - begin);
        const auto& shaped = shaper.shape(text, style.face, style.size);
        pieces.push_back(
            {text, (shaped.width_em * style.size + static_cast<double>(shaped.codes) * style.spacing) / kPointsPerMm});
        begin = at;
    }
    return pieces;
}

void break_paragraph(std::vector<TextLine>& lines, Shaper& shaper, std::string_view utf8, const TextStyle& style,
                     double width)
{
    constexpr double kHair = 1e-6;
    TextLine line;
    for (const auto& piece : pieces_of(shaper, utf8, style)) {
        if (!line.text.empty() && line.width + piece.width > width + kHair) {
            lines.push_back(std::exchange(line, {}));
            if (piece.text == " ") continue;
        }
        line.text += piece.text;
        line.width += piece.width;
    }
    line.last = true;
    lines.push_back(std::move(line));
}

std::size_t length_of(std::string_view utf8)
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < utf8.size(); ++count) next_code_point(utf8, at);
    return count;
}

} // namespace

bool may_break_between(char32_t before, char32_t after)
{
    if (may_not_begin_a_line(after) || may_not_end_a_line(before) || follows_inseparably(after)) return false;
    if (before == U'―' && after == U'―') return false;
    return !(belongs_to_a_word(before) && belongs_to_a_word(after));
}

std::vector<TextLine> break_lines(Shaper& shaper, std::string_view utf8, const TextStyle& style, double width)
{
    std::vector<TextLine> lines;
    for (std::size_t begin = 0; begin <= utf8.size();) {
        const auto end = std::min(utf8.find('\n', begin), utf8.size());
        break_paragraph(lines, shaper, utf8.substr(begin, end - begin), style, width);
        begin = end + 1;
    }
    return lines;
}

double set_paragraph(Canvas& canvas, const Column& column, std::string_view utf8, const TextStyle& style)
{
    double y = column.y;
    for (const auto& line : break_lines(canvas.shaper(), utf8, style, column.width)) {
        auto stretched = style;
        const double room = (column.width - line.width) * kPointsPerMm;
        const auto gaps = length_of(line.text);
        // A line of two or three characters would be torn apart: it stays as it is.
        if (!line.last && gaps > 3 && room < style.size * 3) stretched.spacing += room / static_cast<double>(gaps - 1);
        canvas.text(column.x, y, line.text, stretched);
        y += column.leading;
    }
    return y;
}

} // namespace azukari::pdf
