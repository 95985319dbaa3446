// The two kinds of table a letter has, taken apart into lines, boxes and texts when the layout is
// read.
#include "programmes/guidance/letters/layout_reader.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <numeric>

namespace azukari::guidance {

namespace {

using text::Definition;

constexpr double kPadding = 2.5; // millimetres between a cell's edge and its text
constexpr std::uint8_t kLabelShade = 238;
constexpr double kOuterLine = 0.8, kInnerLine = 0.3;

Categories all_categories()
{
    Categories categories{};
    categories.fill(true);
    return categories;
}

TextElement cell_text(Phrase phrase, double x, double y, const pdf::TextStyle& style, double most,
                      pdf::Align align = pdf::Align::left)
{
    return {all_categories(), std::move(phrase), x, y, style, align, most, style.size * 0.6};
}

void frame(PageLayout& page, double x, double y, double width, double height)
{
    page.boxes.push_back({x, y, width, height, kOuterLine, 0, std::nullopt});
}

Result<Threshold> read_threshold(const Definition& from, std::string_view key)
{
    Threshold threshold;
    if (!from.has(key)) return threshold;
    AZK_TRY(const auto table, from.table(key));
    AZK_REQUIRE(table.allow_only({"at_least", "at_least_female", "below", "words"}));
    const auto read = [&](std::string_view name, std::optional<double>& into) -> Result<void> {
        if (!table.has(name)) return {};
        AZK_TRY(into, table.number(name));
        return {};
    };
    AZK_REQUIRE(read("at_least", threshold.at_least));
    AZK_REQUIRE(read("at_least_female", threshold.at_least_female));
    AZK_REQUIRE(read("below", threshold.below));
    AZK_TRY(threshold.words, table.texts_or_none("words"));
    return threshold;
}

struct ResultColumns { // left edges and widths: group, item, unit, two reference values, result, mark
    std::array<double, 8> edge;
    double left(std::size_t column) const { return edge[column]; }
    double width(std::size_t column) const { return edge[column + 1] - edge[column]; }
    double centre(std::size_t column) const { return (edge[column] + edge[column + 1]) / 2; }
};
enum : std::size_t { kGroup, kItem, kUnit, kGuidance, kReferral, kResult, kMark };

struct ResultStyles {
    pdf::TextStyle head, item, small, value;
};

Result<void> add_result_row(PageLayout& page, const Definition& row, const LayoutWords& words,
                            const ResultColumns& columns, const ResultStyles& styles, double y, double height)
{
    AZK_REQUIRE(
        row.allow_only({"group", "item", "unit", "value", "guidance_text", "referral_text", "guidance", "referral"}));
    const auto put = [&](std::size_t column, std::string_view key, const pdf::TextStyle& style,
                         pdf::Align align) -> Result<void> {
        AZK_TRY(const auto text, row.text_or(key, "－")); // a cell with nothing to say says so
        AZK_TRY(auto phrase, read_phrase(row, key, text, words));
        const double x = align == pdf::Align::centre ? columns.centre(column) : columns.left(column) + kPadding;
        page.texts.push_back(cell_text(std::move(phrase), x, centred_baseline(y, height, style.size), style,
                                       columns.width(column) - 2, align));
        return {};
    };
    AZK_REQUIRE(put(kItem, "item", styles.item, pdf::Align::left));
    AZK_REQUIRE(put(kUnit, "unit", styles.small, pdf::Align::centre));
    AZK_REQUIRE(put(kGuidance, "guidance_text", styles.small, pdf::Align::centre));
    AZK_REQUIRE(put(kReferral, "referral_text", styles.small, pdf::Align::centre));
    ResultElement result;
    AZK_TRY(const auto value, row.text("value"));
    AZK_TRY(result.value, read_phrase(row, "value", value, words));
    AZK_TRY(result.guidance, read_threshold(row, "guidance"));
    AZK_TRY(result.referral, read_threshold(row, "referral"));
    result.value_x = columns.left(kMark) - 4;
    result.most = columns.width(kResult) - 5;
    result.mark_x = columns.centre(kMark);
    result.style = styles.value;
    result.y = centred_baseline(y, height, styles.value.size);
    page.results.push_back(std::move(result));
    return {};
}

void add_result_head(PageLayout& page, const ResultColumns& columns, const ResultStyles& styles,
                     const std::vector<std::string>& heads, const LayoutWords& words, double y, double height)
{
    page.boxes.push_back({columns.left(0), y, columns.edge[7] - columns.edge[0], height, 0, 0, kLabelShade});
    for (std::size_t i = 0; i < heads.size(); ++i) {
        auto phrase = Phrase::parse(heads[i], words.vocabulary).value_or(Phrase());
        page.texts.push_back(cell_text(std::move(phrase), columns.centre(i),
                                       centred_baseline(y, height, styles.head.size), styles.head, columns.width(i) - 1,
                                       pdf::Align::centre));
    }
}

} // namespace

bool Threshold::reached(std::string_view value, bool female) const
{
    if (!words.empty()) return std::ranges::find(words, value) != words.end();
    double number = 0;
    const auto parsed = std::from_chars(value.data(), value.data() + value.size(), number);
    if (parsed.ec != std::errc()) return false;
    const auto bound = female && at_least_female ? at_least_female : at_least;
    return (bound && number >= *bound) || (below && number < *below);
}

Result<void> add_facts(PageLayout& page, const Definition& from, const LayoutWords& words)
{
    AZK_REQUIRE(from.allow_only({"at", "widths", "row_height", "label_style", "value_style", "row"}));
    AZK_TRY(const auto at, from.numbers("at", 2));
    AZK_TRY(const auto height, from.number("row_height"));
    AZK_TRY(const auto label, named_style(from, "label_style", words));
    AZK_TRY(const auto value, named_style(from, "value_style", words));
    AZK_TRY(const auto rows, from.tables_or_none("row"));
    if (rows.empty()) return tl::unexpected(from.wrong("row", "の [[facts.row]] が1つ以上必要です"));
    AZK_TRY(const auto first, rows[0].texts_or_none("cells"));
    AZK_TRY(const auto widths, from.numbers("widths", first.size()));
    const double width = std::accumulate(widths.begin(), widths.end(), 0.0);
    double y = at[1];
    for (const auto& row : rows) {
        AZK_REQUIRE(row.allow_only({"cells", "value_style"}));
        AZK_TRY(const auto cells, row.texts_or_none("cells"));
        if (cells.size() != widths.size()) return tl::unexpected(row.wrong("cells", "の数が widths と違います"));
        auto own = value;
        if (row.has("value_style")) {
            AZK_TRY(own, named_style(row, "value_style", words));
        }
        double x = at[0];
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const bool is_label = i % 2 == 0;
            const auto& style = is_label ? label : own;
            AZK_TRY(auto phrase, read_phrase(row, "cells", cells[i], words));
            if (is_label) page.boxes.push_back({x, y, widths[i], height, 0, 0, kLabelShade});
            if (i > 0) page.lines.push_back({x, y, x, y + height, kInnerLine, {}});
            page.texts.push_back(cell_text(std::move(phrase), x + kPadding, centred_baseline(y, height, style.size),
                                           style, widths[i] - 2 * kPadding));
            x += widths[i];
        }
        if (y > at[1]) page.lines.push_back({at[0], y, at[0] + width, y, kInnerLine, {}});
        y += height;
    }
    frame(page, at[0], at[1], width, y - at[1]);
    return {};
}

Result<void> add_results(PageLayout& page, const Definition& from, const LayoutWords& words)
{
    AZK_REQUIRE(from.allow_only({"at", "widths", "row_height", "head_height", "heads", "head_style", "item_style",
                                 "small_style", "value_style", "row"}));
    AZK_TRY(const auto at, from.numbers("at", 2));
    AZK_TRY(const auto widths, from.numbers("widths", 7));
    AZK_TRY(const auto height, from.number("row_height"));
    AZK_TRY(const auto head_height, from.number("head_height"));
    AZK_TRY(const auto heads, from.texts_or_none("heads"));
    if (heads.size() != 7) return tl::unexpected(from.wrong("heads", "に見出しが7個必要です"));
    ResultStyles styles;
    AZK_TRY(styles.head, named_style(from, "head_style", words));
    AZK_TRY(styles.item, named_style(from, "item_style", words));
    AZK_TRY(styles.small, named_style(from, "small_style", words));
    AZK_TRY(styles.value, named_style(from, "value_style", words));
    ResultColumns columns{};
    columns.edge[0] = at[0];
    for (std::size_t i = 0; i < widths.size(); ++i) columns.edge[i + 1] = columns.edge[i] + widths[i];
    add_result_head(page, columns, styles, heads, words, at[1], head_height);

    AZK_TRY(const auto rows, from.tables_or_none("row"));
    const double right = columns.edge[7];
    double y = at[1] + head_height;
    for (std::size_t i = 0; i < rows.size();) { // one group of rows after the other
        AZK_TRY(const auto group, rows[i].text("group"));
        const double top = y;
        page.lines.push_back({at[0], y, right, y, i == 0 ? kOuterLine : 2 * kInnerLine, {}});
        for (bool same = true; i < rows.size() && same; y += height) {
            if (y > top) page.lines.push_back({columns.left(kItem), y, right, y, kInnerLine, {}});
            AZK_REQUIRE(add_result_row(page, rows[i], words, columns, styles, y, height));
            if (++i < rows.size()) {
                AZK_TRY(const auto next, rows[i].text("group"));
                same = next == group;
            }
        }
        AZK_TRY(auto phrase, read_phrase(from, "row", group, words));
        page.texts.push_back(cell_text(std::move(phrase), columns.centre(kGroup),
                                       centred_baseline(top, y - top, styles.item.size), styles.item,
                                       columns.width(kGroup) - 2, pdf::Align::centre));
    }
    for (std::size_t i = 1; i < 7; ++i)
        page.lines.push_back({columns.left(i), at[1], columns.left(i), y, kInnerLine, {}});
    frame(page, at[0], at[1], right - at[0], y - at[1]);
    return {};
}

} // namespace azukari::guidance
