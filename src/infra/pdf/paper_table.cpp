// Tables of a Paper: rows that run on over the end of a page.
#include "infra/pdf/paper.h"

#include "base/check.h"

#include <algorithm>

namespace azukari::pdf {
namespace {

constexpr double kSide = 1.8;           // between a rule and the text beside it
constexpr double kAbove = 1.1;          // and above and below
constexpr double kRule = 0.5;           // points
constexpr std::size_t kFewestLines = 2; // of a row that are worth beginning at the foot of a page

std::vector<double> widths_of(const std::vector<double>& columns, double total)
{
    auto widths = columns;
    double taken = 0;
    for (const double width : columns) taken += width;
    for (auto& width : widths)
        if (width == 0) width = std::max(0.0, total - taken);
    return widths;
}

} // namespace

std::vector<Paper::LaidCell> Paper::lay_out_row(const PaperTable& table, const std::vector<double>& widths,
                                                const TableRow& row)
{
    AZK_CHECK(row.size() == widths.size());
    std::vector<LaidCell> cells;
    double x = layout_.left;
    for (std::size_t i = 0; i < row.size(); ++i) {
        cells.push_back(
            {lay_out(row[i].text, table.size, widths[i] - 2 * kSide), x, widths[i], row[i].align, row[i].label});
        x += widths[i];
    }
    return cells;
}

void Paper::set_part(const std::vector<LaidCell>& cells, double size, std::size_t from, std::size_t lines, bool whole)
{
    const double leading = leading_of(size);
    const double height = static_cast<double>(lines) * leading + 2 * kAbove;
    const double first = y_ + kAbove + leading / 2 + size / kPointsPerMm * 0.36;
    for (const auto& cell : cells) {
        if (cell.label) canvas_.fill(cell.x, y_, cell.width, height, Ink::grey(242));
        canvas_.rectangle(cell.x, y_, cell.width, height, kRule);
        const auto end = std::min(from + lines, cell.lines.size());
        const auto own = end > from ? end - from : 0;
        double baseline = first;
        if (whole && cell.label) baseline += static_cast<double>(lines - own) * leading / 2;
        for (auto line = from; line < end; ++line) {
            set_line(cell.lines[line], cell.x + kSide, baseline, cell.width - 2 * kSide, size, cell.align);
            baseline += leading;
        }
    }
    y_ += height;
    touched_ = true;
}

void Paper::set_row(const std::vector<LaidCell>& cells, double size, const std::function<void()>& on_new_page)
{
    std::size_t lines = 1;
    for (const auto& cell : cells) lines = std::max(lines, cell.lines.size());
    const double leading = leading_of(size);
    const auto fitting = [&] {
        const double room = bottom() - y_ - 2 * kAbove;
        return room < leading ? std::size_t{0} : static_cast<std::size_t>(room / leading + 1e-6);
    };
    for (std::size_t from = 0; from < lines;) {
        const auto left = lines - from;
        auto now = std::min(left, fitting());
        if (now < left && now < std::min(left, kFewestLines) && !page_is_empty()) {
            new_page();
            on_new_page();
            now = std::max<std::size_t>(1, std::min(left, fitting()));
        }
        set_part(cells, size, from, std::max<std::size_t>(1, now), from == 0 && now == left);
        from += std::max<std::size_t>(1, now);
        if (from < lines) {
            new_page();
            on_new_page();
        }
    }
}

void Paper::table(const PaperTable& table)
{
    const auto widths = widths_of(table.columns, text_width());
    std::vector<LaidCell> header;
    if (!table.header.empty()) {
        TableRow row;
        for (const auto& label : table.header) row.push_back({Runs::bold(label), Align::centre, true});
        header = lay_out_row(table, widths, row);
    }
    const auto set_header = [&] {
        if (!header.empty()) set_row(header, table.size, [] {});
    };
    make_room(leading_of(table.size) * 4);
    set_header();
    for (const auto& row : table.rows) set_row(lay_out_row(table, widths, row), table.size, set_header);
}

} // namespace azukari::pdf
