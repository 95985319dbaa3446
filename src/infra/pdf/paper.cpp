#include "infra/pdf/paper.h"

#include "infra/pdf/paragraph.h"
#include "infra/text/utf8.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::pdf {

using text::next_code_point;

namespace {

constexpr double kHair = 1e-6;

double em(double size)
{
    return size / kPointsPerMm;
}

bool is_circled(char32_t c)
{
    return c >= 0x2460 && c <= 0x2473; // ① to ⑳
}

// The label a paragraph begins with, its spaces included: "1 ", "(1) ", "①", "・", "※", "※2…", "ア ".
std::string_view label_of(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size() && at < 2 && text[at] >= '0' && text[at] <= '9') ++at;
    if (at > 0) return at < text.size() && text[at] == ' ' ? text.substr(0, at + 1) : std::string_view();
    if (text.starts_with('(')) {
        const auto end = text.find(") ");
        return end != std::string_view::npos && end <= 4 ? text.substr(0, end + 2) : std::string_view();
    }
    if (text.empty()) return {};
    const char32_t first = next_code_point(text, at);
    if (is_circled(first) || first == U'・' || first == U'◇') return text.substr(0, at);
    if (first >= U'ア' && first <= U'ン' && at < text.size() && text[at] == ' ') return text.substr(0, at + 1);
    if (first != U'※') return {};
    const auto dots = text.find("…");
    return dots != std::string_view::npos && dots <= at + 2 ? text.substr(0, dots + 3) : text.substr(0, at);
}

// How deep a label stands, in widths of a character.
double depth_of(std::string_view label)
{
    if (label.starts_with("(")) return 0.5;
    std::size_t at = 0;
    if (label.empty()) return 0;
    const char32_t first = next_code_point(label, at);
    if (is_circled(first)) return 1;
    return first >= U'ア' && first <= U'ン' ? 1.5 : 0;
}

std::vector<std::vector<Run>> paragraphs_of(const Runs& runs)
{
    std::vector<std::vector<Run>> paragraphs(1);
    for (const auto& run : runs.parts()) {
        for (std::size_t begin = 0; begin <= run.text.size();) {
            const auto end = std::min(run.text.find('\n', begin), run.text.size());
            if (end > begin)
                paragraphs.back().push_back({run.text.substr(begin, end - begin), run.bold, run.underline});
            if (end < run.text.size()) paragraphs.emplace_back();
            begin = end + 1;
        }
    }
    return paragraphs;
}

std::string plain(const std::vector<Run>& runs)
{
    std::string text;
    for (const auto& run : runs) text += run.text;
    return text;
}

} // namespace

Paper::Paper(Sink& sink, const FontBook& fonts, Metadata metadata, PaperLayout layout)
    : document_(sink, fonts, std::move(metadata)),
      layout_(std::move(layout)),
      canvas_(document_.shaper(), layout_.page),
      y_(layout_.top)
{
}

double Paper::text_width() const
{
    return layout_.page.width - layout_.left - layout_.right;
}

TextStyle Paper::style_of(bool bold, double size) const
{
    return {.face = bold ? Style::gothic : Style::mincho, .size = size};
}

double Paper::leading_of(double size) const
{
    return em(size) * layout_.leading;
}

void Paper::heading(const Runs& text, double size, Align align)
{
    make_room(leading_of(size) * 3); // a heading does not stand alone at the foot of a page
    auto parts = text.parts();
    for (auto& part : parts) part.bold = true;
    paragraph(Runs(std::move(parts)), {.size = size, .align = align, .space_after = 2});
}

void Paper::paragraph(const Runs& text, const ParagraphStyle& style)
{
    if (!page_is_empty()) y_ += style.space_before;
    const double width = text_width() - style.indent;
    for (const auto& line : lay_out(text, style.size, width)) {
        make_room(leading_of(style.size));
        set_line(line, layout_.left + style.indent, y_ + em(style.size) * 1.1, width, style.size, style.align);
        y_ += leading_of(style.size);
    }
    y_ += style.space_after;
}

void Paper::figure(double height, const std::function<void(Canvas&, double, double, double)>& draw)
{
    make_room(height);
    draw(canvas_, layout_.left, y_, text_width());
    y_ += height;
    touched_ = true;
}

void Paper::space(double height)
{
    if (!page_is_empty()) y_ = std::min(y_ + height, bottom());
}

void Paper::make_room(double height)
{
    if (y_ + height > bottom() + kHair && !page_is_empty()) new_page();
}

void Paper::new_page()
{
    if (!touched_) return;
    const auto number = document_.pages() + 1;
    if (layout_.page_numbers)
        canvas_.text(layout_.page.width / 2, layout_.page.height - layout_.bottom / 2, fmt::format("－ {} －", number),
                     {.size = 9}, Align::centre);
    if (number > 1 && !layout_.header.empty())
        canvas_.text(layout_.page.width - layout_.right, layout_.top - 6, layout_.header, {.size = 8}, Align::right);
    missing_.insert(missing_.end(), canvas_.missing().begin(), canvas_.missing().end());
    document_.add_page(canvas_);
    canvas_.clear();
    touched_ = false;
    y_ = layout_.top;
}

void Paper::finish()
{
    if (document_.pages() == 0) touched_ = true;
    new_page();
    document_.finish();
}

double Paper::hang_of(std::string_view label, double size)
{
    if (label.empty()) return 0;
    // Numbers of one and two digits share a column, so that a list stands straight.
    if (label[0] >= '0' && label[0] <= '9') return em(size) * 1.6;
    return canvas_.width_of(label, style_of(false, size));
}

Paper::Lines Paper::lay_out(const Runs& text, double size, double width)
{
    Lines lines;
    for (const auto& runs : paragraphs_of(text)) lay_out_paragraph(lines, runs, size, width);
    return lines;
}

void Paper::append(std::vector<Bit>& bits, Bit bit)
{
    const bool another = bits.empty() || bits.back().characters == 0 || bits.back().bold != bit.bold ||
                         bits.back().underline != bit.underline;
    if (another) {
        bits.push_back(std::move(bit));
        return;
    }
    bits.back().text += bit.text;
    bits.back().width += bit.width;
    bits.back().characters += bit.characters;
}

void Paper::lay_out_paragraph(Lines& lines, const std::vector<Run>& runs, double size, double width)
{
    const auto text = plain(runs);
    const auto label = label_of(text);
    const double depth = em(size) * depth_of(label);
    const double hang = depth + hang_of(label, size);
    Line line{.indent = depth};
    double room = width - depth;
    const auto begin_line = [&] {
        lines.push_back(std::exchange(line, Line{.indent = hang}));
        room = width - hang;
    };
    std::string piece;     // since the last place where a line may end
    std::vector<Bit> bits; // the same, in its looks
    double piece_width = 0;
    const auto take_piece = [&] {
        if (!line.bits.empty() && line.width + piece_width > room + kHair) {
            line.stretch = true;
            begin_line();
            if (piece == " ") bits.clear(), piece_width = 0;
        }
        for (auto& bit : bits) {
            line.width += bit.width;
            append(line.bits, std::move(bit));
        }
        piece.clear();
        bits.clear();
        piece_width = 0;
    };
    std::size_t at = 0; // in `text`
    for (const auto& run : runs) {
        for (std::size_t in_run = 0; in_run < run.text.size();) {
            const auto begin = in_run;
            const char32_t c = next_code_point(run.text, in_run);
            at += in_run - begin;
            const auto character = run.text.substr(begin, in_run - begin);
            const double advance = canvas_.width_of(character, style_of(run.bold, size));
            append(bits, {character, advance, 1, run.bold, run.underline});
            piece += character;
            piece_width += advance;
            std::size_t next = at;
            const bool in_label = at < label.size();
            if (!in_label && (at >= text.size() || may_break_between(c, next_code_point(text, next)))) take_piece();
            if (at == label.size() && !label.empty()) { // the text after the label begins where further lines do
                take_piece();
                const double pad = hang - depth - line.width;
                if (pad > kHair) {
                    line.bits.push_back({"", pad, 0, false, false});
                    line.width += pad;
                }
            }
        }
    }
    lines.push_back(std::move(line));
}

void Paper::set_line(const Line& line, double x, double baseline, double width, double size, Align align)
{
    touched_ = true;
    double at = x + line.indent;
    const double room = width - line.indent - line.width;
    if (align == Align::centre) at += room / 2;
    if (align == Align::right) at += room;
    std::size_t gaps = 0;
    for (const auto& bit : line.bits) gaps += bit.characters;
    double extra = 0; // behind each character
    if (align == Align::left && line.stretch && gaps > 3 && room < em(size) * 3)
        extra = room / static_cast<double>(gaps - 1);
    for (const auto& bit : line.bits) {
        auto style = style_of(bit.bold, size);
        style.spacing = extra * kPointsPerMm;
        const double advance = bit.width + extra * static_cast<double>(bit.characters);
        if (bit.characters > 0) canvas_.text(at, baseline, bit.text, style);
        if (bit.underline) canvas_.underline(at, baseline, advance - extra, style);
        at += advance;
    }
}

} // namespace azukari::pdf
