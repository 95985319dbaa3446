// A paper as offices write them: headings, paragraphs and numbered lists that hang under their number, tables whose
// cells run on over the page's end, figures, page numbers. Text flows from top to bottom; lengths are millimetres.
//
//     TextSink sink;
//     Paper paper(sink, fonts, {.title = "取扱者名簿"});
//     paper.heading("取扱者名簿");
//     paper.paragraph("特記事項13に基づき、次のとおり報告します。");
//     paper.table({.columns = {30, 40, 0}, .header = {"区分", "氏名", "備考"}, .rows = rows});
//     paper.finish();
//
// In a text, '\n' begins a new paragraph. A paragraph that begins with a number ("1 ", "(1) ", "①", "・", "※1…", "ア ")
// hangs: its further lines stand under its text. Bold is Gothic, as in the ward's papers.
#pragma once

#include "infra/pdf/document.h"

#include <functional>

namespace azukari::pdf {

struct Run { // a stretch of text in one look
    std::string text;
    bool bold = false;
    bool underline = false;
};

class Runs { // what a paragraph or a cell holds
public:
    Runs(const char* text) : Runs(std::string(text)) {}
    Runs(std::string text) : parts_{Run{std::move(text)}} {}
    Runs(std::vector<Run> parts) : parts_(std::move(parts)) {}
    static Runs bold(std::string text) { return Runs(std::vector<Run>{{std::move(text), true, false}}); }
    const std::vector<Run>& parts() const { return parts_; }

private:
    std::vector<Run> parts_;
};

struct ParagraphStyle {
    double size = 10.5;
    Align align = Align::left; // left means flush on both sides
    double indent = 0;
    double space_before = 0;
    double space_after = 0;
};

struct TableCell {
    Runs text = "";
    Align align = Align::left;
    bool label = false; // shaded and, when the row stands on one page, in the middle of its height
};
using TableRow = std::vector<TableCell>;

struct PaperTable {
    std::vector<double> columns;       // widths; a single 0 takes what is left
    std::vector<std::string> header{}; // repeated on every page; empty: none
    std::vector<TableRow> rows{};
    double size = 10.5;
};

struct PaperLayout {
    PageSize page{};
    double top = 25, bottom = 25, left = 25, right = 25;
    double leading = 1.55;    // of the size of type
    std::string header{};     // small, right above the text, on every page but the first
    bool page_numbers = true; // "－ 2 －" below
};

class Paper {
public:
    Paper(Sink& sink, const FontBook& fonts, Metadata metadata, PaperLayout layout = {});

    double text_width() const;
    void heading(const Runs& text, double size = 14, Align align = Align::left);
    void paragraph(const Runs& text, const ParagraphStyle& style = {});
    void table(const PaperTable& table);
    // A drawing `height` high, on one page: draw(canvas, x, y of its upper left corner, width).
    void figure(double height, const std::function<void(Canvas&, double, double, double)>& draw);
    void space(double height);
    void new_page(); // nothing when the page is still empty
    void finish();   // once, at the end

    std::size_t pages() const { return document_.pages(); }
    // Characters no font holds. A paper that has any must not be handed out.
    const std::vector<std::string>& missing() const { return missing_; }

private:
    struct Bit { // a stretch of a line in one look
        std::string text;
        double width;
        std::size_t characters;
        bool bold, underline;
    };
    struct Line {
        std::vector<Bit> bits{};
        double indent = 0;
        double width = 0;
        bool stretch = false; // to the full width
    };
    using Lines = std::vector<Line>;
    struct LaidCell {
        Lines lines;
        double x, width;
        Align align;
        bool label;
    };

    TextStyle style_of(bool bold, double size) const;
    double leading_of(double size) const;
    Lines lay_out(const Runs& text, double size, double width);
    void lay_out_paragraph(Lines& lines, const std::vector<Run>& runs, double size, double width);
    static void append(std::vector<Bit>& bits, Bit bit);
    double hang_of(std::string_view label, double size);
    void set_line(const Line& line, double x, double baseline, double width, double size, Align align);
    std::vector<LaidCell> lay_out_row(const PaperTable& table, const std::vector<double>& widths, const TableRow& row);
    void set_row(const std::vector<LaidCell>& cells, double size, const std::function<void()>& on_new_page);
    void set_part(const std::vector<LaidCell>& cells, double size, std::size_t from, std::size_t lines, bool whole);
    double bottom() const { return layout_.page.height - layout_.bottom; }
    bool page_is_empty() const { return y_ == layout_.top; }
    void make_room(double height);

    Document document_;
    PaperLayout layout_;
    Canvas canvas_;
    double y_; // upper edge of what comes next
    bool touched_ = false;
    std::vector<std::string> missing_;
};

} // namespace azukari::pdf
