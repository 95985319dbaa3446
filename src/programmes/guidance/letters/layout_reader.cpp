#include "programmes/guidance/letters/layout_reader.h"

#include <algorithm>

namespace azukari::guidance {

namespace {

using text::Definition;

Result<Categories> read_categories(const Definition& from)
{
    Categories categories{};
    if (!from.has("categories")) {
        categories.fill(true);
        return categories;
    }
    AZK_TRY(const auto slugs, from.texts_or_none("categories"));
    for (const auto& slug : slugs) {
        const auto category = category_with_slug(slug);
        if (!category) return tl::unexpected(from.wrong("categories", "に知らない対象者区分があります: " + slug));
        categories[static_cast<std::size_t>(*category)] = true;
    }
    return categories;
}

Result<pdf::Align> read_align(const Definition& from)
{
    AZK_TRY(const auto name, from.text_or("align", "left"));
    if (name == "left") return pdf::Align::left;
    if (name == "centre") return pdf::Align::centre;
    if (name == "right") return pdf::Align::right;
    return tl::unexpected(from.wrong("align", "は left、centre、right のいずれかです"));
}

Result<void> read_place(const Definition& from, double& x, double& y)
{
    AZK_TRY(const auto at, from.numbers("at", 2));
    x = at[0];
    y = at[1];
    return {};
}

Result<void> read_words(const Definition& from, const LayoutWords& words, Phrase& phrase, pdf::TextStyle& style)
{
    AZK_TRY(const auto text, from.text("text"));
    AZK_TRY(phrase, read_phrase(from, "text", text, words));
    AZK_TRY(style, named_style(from, "style", words));
    return {};
}

// What running text has, flow and paragraph alike: for whom, where, how wide, how far from line to line.
template <class Element>
Result<void> read_measure(const Definition& from, Element& element)
{
    AZK_TRY(element.categories, read_categories(from));
    AZK_REQUIRE(read_place(from, element.x, element.y));
    AZK_TRY(element.width, from.number("width"));
    AZK_TRY(element.leading, from.number("leading"));
    return {};
}

Result<TextElement> read_text(const Definition& from, const LayoutWords& words)
{
    AZK_REQUIRE(from.allow_only({"at", "text", "style", "align", "most", "least_size", "categories"}));
    TextElement element;
    AZK_TRY(element.categories, read_categories(from));
    AZK_REQUIRE(read_place(from, element.x, element.y));
    AZK_REQUIRE(read_words(from, words, element.phrase, element.style));
    AZK_TRY(element.align, read_align(from));
    AZK_TRY(element.most, from.number_or("most", 0));
    AZK_TRY(element.least_size, from.number_or("least_size", element.style.size * 0.7));
    return element;
}

Result<FlowElement> read_flow(const Definition& from, const LayoutWords& words)
{
    AZK_REQUIRE(from.allow_only({"at", "width", "leading", "bottom", "line", "categories"}));
    FlowElement element;
    AZK_REQUIRE(read_measure(from, element));
    AZK_TRY(element.bottom, from.number("bottom"));
    AZK_TRY(const auto lines, from.tables_or_none("line"));
    for (const auto& table : lines) {
        AZK_REQUIRE(table.allow_only({"text", "style", "gap"}));
        FlowLine line;
        AZK_REQUIRE(read_words(table, words, line.phrase, line.style));
        AZK_TRY(line.gap, table.number_or("gap", 0));
        element.lines.push_back(std::move(line));
    }
    return element;
}

Result<ParagraphElement> read_paragraph(const Definition& from, const LayoutWords& words)
{
    AZK_REQUIRE(from.allow_only({"at", "width", "leading", "hang", "text", "style", "categories"}));
    ParagraphElement element;
    AZK_REQUIRE(read_measure(from, element));
    AZK_TRY(element.hang, from.number_or("hang", 0));
    Phrase phrase;
    AZK_REQUIRE(read_words(from, words, phrase, element.style));
    if (!phrase.is_literal()) return tl::unexpected(from.wrong("text", "の中に、人によって変わる項目は使えません"));
    element.text = phrase.literal_text();
    return element;
}

Result<LineElement> read_line(const Definition& from)
{
    AZK_REQUIRE(from.allow_only({"from", "to", "width_pt", "dash"}));
    LineElement element;
    AZK_TRY(const auto begin, from.numbers("from", 2));
    AZK_TRY(const auto end, from.numbers("to", 2));
    element.x1 = begin[0];
    element.y1 = begin[1];
    element.x2 = end[0];
    element.y2 = end[1];
    AZK_TRY(element.width_pt, from.number_or("width_pt", 0.4));
    if (from.has("dash")) {
        AZK_TRY(const auto dash, from.numbers("dash", 2));
        element.dash = {dash[0], dash[1]};
    }
    return element;
}

Result<BoxElement> read_box(const Definition& from)
{
    AZK_REQUIRE(from.allow_only({"at", "size", "line_pt", "radius", "shade"}));
    BoxElement element;
    AZK_REQUIRE(read_place(from, element.x, element.y));
    AZK_TRY(const auto size, from.numbers("size", 2));
    element.width = size[0];
    element.height = size[1];
    AZK_TRY(element.line_pt, from.number_or("line_pt", 0));
    AZK_TRY(element.radius, from.number_or("radius", 0));
    if (from.has("shade")) {
        AZK_TRY(const auto level, from.integer("shade"));
        if (level < 0 || level > 255) return tl::unexpected(from.wrong("shade", "は0(黒)から255(白)までです"));
        element.shade = static_cast<std::uint8_t>(level);
    }
    return element;
}

Result<CodeElement> read_code(const Definition& from)
{
    AZK_REQUIRE(from.allow_only({"at", "width"}));
    AZK_TRY(const auto at, from.numbers("at", 2));
    AZK_TRY(const auto width, from.number("width"));
    return CodeElement{at[0], at[1], width};
}

Result<PostalElement> read_postal(const Definition& from)
{
    AZK_REQUIRE(from.allow_only({"at", "size"}));
    PostalElement element;
    AZK_REQUIRE(read_place(from, element.x, element.y));
    AZK_TRY(element.size_pt, from.number("size"));
    if (element.size_pt < pdf::kSmallestBarcode || element.size_pt > pdf::kLargestBarcode)
        return tl::unexpected(from.wrong("size", "は8から11.5までです(カスタマバーコードの大きさ、ポイント)"));
    return element;
}

// Reads all tables of one name into one of the page's lists.
template <class Element, class Read>
Result<void> read_all(std::vector<Element>& into, const Definition& from, std::string_view key, Read&& read)
{
    AZK_TRY(const auto tables, from.tables_or_none(key));
    for (const auto& table : tables) {
        AZK_TRY(auto element, read(table));
        into.push_back(std::move(element));
    }
    return {};
}

} // namespace

Result<pdf::TextStyle> read_style(const Definition& from)
{
    AZK_REQUIRE(from.allow_only({"face", "size", "spacing", "grey"}));
    pdf::TextStyle style;
    AZK_TRY(const auto face, from.text("face"));
    if (face != "mincho" && face != "gothic") return tl::unexpected(from.wrong("face", "は mincho か gothic です"));
    style.face = face == "mincho" ? pdf::Style::mincho : pdf::Style::gothic;
    AZK_TRY(style.size, from.number("size"));
    if (style.size < 4 || style.size > 72) return tl::unexpected(from.wrong("size", "は4から72までです"));
    AZK_TRY(style.spacing, from.number_or("spacing", 0));
    AZK_TRY(const auto grey, from.integer_or("grey", 0));
    style.ink = pdf::Ink::grey(static_cast<std::uint8_t>(std::clamp<std::int64_t>(grey, 0, 255)));
    return style;
}

Result<Phrase> read_phrase(const Definition& from, std::string_view key, std::string_view text,
                           const LayoutWords& words)
{
    auto phrase = Phrase::parse(text, words.vocabulary);
    if (!phrase) return tl::unexpected(from.wrong(key, phrase.error()));
    return *std::move(phrase);
}

Result<pdf::TextStyle> named_style(const Definition& from, std::string_view key, const LayoutWords& words)
{
    AZK_TRY(const auto name, from.text(key));
    const auto style = words.styles.find(name);
    if (style == words.styles.end())
        return tl::unexpected(from.wrong(key, "の書体 " + name + " が letters.toml の [style] にありません"));
    return style->second;
}

double centred_baseline(double top, double height, double size)
{
    constexpr double kMiddleOfType = 0.37; // of an em, above the baseline: between the middle of kanji and of figures
    return top + height / 2 + size * kMiddleOfType / pdf::kPointsPerMm;
}

Result<PageLayout> read_page(const Definition& from, const LayoutWords& words)
{
    AZK_REQUIRE(from.allow_only(
        {"template", "text", "flow", "paragraph", "line", "box", "facts", "results", "code", "postal"}));
    PageLayout page;
    AZK_REQUIRE(read_all(page.texts, from, "text", [&](const auto& t) { return read_text(t, words); }));
    AZK_REQUIRE(read_all(page.flows, from, "flow", [&](const auto& t) { return read_flow(t, words); }));
    AZK_REQUIRE(read_all(page.paragraphs, from, "paragraph", [&](const auto& t) { return read_paragraph(t, words); }));
    AZK_REQUIRE(read_all(page.lines, from, "line", read_line));
    AZK_REQUIRE(read_all(page.boxes, from, "box", read_box));
    AZK_REQUIRE(read_all(page.codes, from, "code", read_code));
    AZK_REQUIRE(read_all(page.postals, from, "postal", read_postal));
    AZK_TRY(const auto facts, from.tables_or_none("facts"));
    for (const auto& table : facts) AZK_REQUIRE(add_facts(page, table, words));
    if (from.has("results")) {
        AZK_TRY(const auto results, from.table("results"));
        AZK_REQUIRE(add_results(page, results, words));
    }
    return page;
}

} // namespace azukari::guidance
