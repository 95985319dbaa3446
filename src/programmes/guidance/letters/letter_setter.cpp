#include "programmes/guidance/letters/letter_setter.h"

#include "infra/pdf/matrix.h"
#include "infra/pdf/paragraph.h"
#include "infra/text/utf8.h"
#include "programmes/guidance/letters/display_number.h"

#include <fmt/format.h>

namespace azukari::guidance {

namespace {

constexpr std::string_view kGuidanceMark = "△";
constexpr std::string_view kReferralMark = "▲";

bool is_for(const Categories& categories, Category category)
{
    return categories[static_cast<std::size_t>(category)];
}

void draw_box(pdf::Canvas& canvas, const BoxElement& box)
{
    if (box.shade) canvas.fill(box.x, box.y, box.width, box.height, pdf::Ink::grey(*box.shade));
    if (box.line_pt > 0 && box.radius > 0)
        canvas.rounded_rectangle(box.x, box.y, box.width, box.height, box.radius, box.line_pt);
    else if (box.line_pt > 0)
        canvas.rectangle(box.x, box.y, box.width, box.height, box.line_pt);
}

void draw_paragraph(pdf::Canvas& canvas, const ParagraphElement& paragraph)
{
    if (paragraph.hang == 0) {
        pdf::set_paragraph(canvas, {paragraph.x, paragraph.y, paragraph.width, paragraph.leading}, paragraph.text,
                           paragraph.style);
        return;
    }
    // A list: what stands before the first ideographic space of a line is its label.
    double y = paragraph.y;
    for (std::size_t begin = 0; begin < paragraph.text.size();) {
        const auto end = std::min(paragraph.text.find('\n', begin), paragraph.text.size());
        const auto item = std::string_view(paragraph.text).substr(begin, end - begin);
        const auto space = item.find("　");
        const auto label = item.substr(0, space == std::string_view::npos ? 0 : space);
        const auto text = space == std::string_view::npos ? item : item.substr(space + std::string_view("　").size());
        canvas.text(paragraph.x, y, label, paragraph.style);
        y = pdf::set_paragraph(canvas,
                               {paragraph.x + paragraph.hang, y, paragraph.width - paragraph.hang, paragraph.leading},
                               text, paragraph.style);
        begin = end + 1;
    }
}

} // namespace

std::string missing_sentence(const std::vector<std::string>& missing)
{
    std::string codes;
    for (const auto& character : missing) {
        std::size_t at = 0;
        codes += fmt::format("{}U+{:04X}", codes.empty() ? "" : "、",
                             static_cast<unsigned>(text::next_code_point(character, at)));
    }
    return fmt::format("印刷できない文字(外字など)があります: {}", codes);
}

std::vector<std::string> draw_fixed(pdf::Canvas& canvas, const std::vector<PageLayout>& pages, std::size_t index,
                                    Category category)
{
    std::vector<std::string> problems;
    const auto& page = pages[index];
    const auto number = static_cast<unsigned>(index + 1);
    const auto of = static_cast<unsigned>(pages.size());
    for (const auto& box : page.boxes)
        if (box.shade) draw_box(canvas, {box.x, box.y, box.width, box.height, 0, 0, box.shade});
    for (const auto& line : page.lines) canvas.line(line.x1, line.y1, line.x2, line.y2, line.width_pt, {}, line.dash);
    for (const auto& box : page.boxes)
        draw_box(canvas, {box.x, box.y, box.width, box.height, box.line_pt, box.radius, std::nullopt});
    for (const auto& text : page.texts) {
        if (!text.phrase.is_fixed() || !is_for(text.categories, category)) continue;
        const auto words = text.phrase.fixed_text(category, number, of);
        if (!canvas.text_within(text.x, text.y, words, text.style, text.align,
                                text.most > 0 ? text.most : canvas.size().width, text.least_size))
            problems.push_back(fmt::format("「{}」が欄に収まりません。", words));
    }
    for (const auto& paragraph : page.paragraphs)
        if (is_for(paragraph.categories, category)) draw_paragraph(canvas, paragraph);
    if (!canvas.missing().empty()) problems.push_back(missing_sentence(canvas.missing()));
    return problems;
}

bool draw_flow(pdf::Canvas& canvas, const FlowElement& flow, const Addressee& to, unsigned page, unsigned pages)
{
    double y = flow.y;
    std::string scratch;
    for (const auto& line : flow.lines) {
        const auto words = line.phrase.fill(to, page, pages, scratch);
        if (words.empty()) continue;
        y += line.gap;
        if (canvas.width_of(words, line.style) <= flow.width) {
            canvas.text(flow.x, y, words, line.style);
            y += flow.leading;
            continue;
        }
        const std::string whole(words);
        for (const auto& part : pdf::break_lines(canvas.shaper(), whole, line.style, flow.width)) {
            canvas.text(flow.x, y, part.text, line.style);
            y += flow.leading;
        }
    }
    return y - flow.leading <= flow.bottom;
}

LetterSetter::LetterSetter(const pdf::FontBook& fonts, const LetterLayout& layout) : layout_(layout)
{
    for (const auto& facts : kCategories) {
        auto desk = std::make_unique<Desk>(fonts);
        for (const auto& page : layout.pages_of(facts.category)) {
            auto& mine = desk->pages.emplace_back();
            for (const auto& text : page.texts)
                if (!text.phrase.is_fixed() && is_for(text.categories, facts.category)) mine.texts.push_back(&text);
            for (const auto& flow : page.flows)
                if (is_for(flow.categories, facts.category)) mine.flows.push_back(&flow);
        }
        desks_[static_cast<std::size_t>(facts.category)] = std::move(desk);
    }
}

const pdf::GlyphUse& LetterSetter::use(Category category) const
{
    return desks_[static_cast<std::size_t>(category)]->shaper.use();
}

SetLetter LetterSetter::set(const Addressee& to, std::string& out)
{
    auto& desk = *desks_[static_cast<std::size_t>(to.category)];
    const std::size_t before = out.size();
    SetLetter letter;
    problems_.clear();
    pages_ = static_cast<unsigned>(desk.pages.size());
    for (std::size_t page = 0; page < desk.pages.size(); ++page) {
        page_ = static_cast<unsigned>(page + 1);
        desk.canvas.clear();
        desk.canvas.form({static_cast<unsigned>(page)});
        draw_page(desk, page, to);
        if (!desk.canvas.missing().empty()) problems_.push_back(missing_sentence(desk.canvas.missing()));
        letter.page_sizes.push_back(deflater_.deflate_into(out, desk.canvas.content()));
    }
    if (!problems_.empty()) {
        out.resize(before);
        letter.page_sizes.clear();
        letter.problems = std::move(problems_);
    }
    return letter;
}

void LetterSetter::draw_page(Desk& desk, std::size_t page, const Addressee& to)
{
    auto& canvas = desk.canvas;
    const auto& layout = layout_.pages_of(to.category)[page];
    for (const auto* text : desk.pages[page].texts) {
        const auto words = text->phrase.fill(to, page_, pages_, scratch_);
        const double most = text->most > 0 ? text->most : canvas.size().width;
        if (!canvas.text_within(text->x, text->y, words, text->style, text->align, most, text->least_size))
            problems_.push_back(fmt::format("{}枚目の欄に文字が収まりません。", page_));
    }
    for (const auto* flow : desk.pages[page].flows)
        if (!draw_flow(canvas, *flow, to, page_, pages_)) problems_.push_back("宛名が枠に収まりません。");
    draw_results(canvas, layout, to);
    for (const auto& postal : layout.postals) draw_postal(canvas, postal, to);
    const auto mark = layout.codes.empty() ? std::string() : text_of(code_of(to, layout_.identity, page_, pages_));
    for (const auto& code : layout.codes) canvas.code(code.x, code.y, code.width, pdf::data_matrix(mark));
}

void LetterSetter::draw_postal(pdf::Canvas& canvas, const PostalElement& postal, const Addressee& to) const
{
    const auto code = to.recipient.value(layout_.postcode_column);
    if (!names_a_town(code)) return;
    const auto number = address_display_number(to.recipient.value(layout_.identity.address),
                                               to.recipient.value(layout_.identity.building));
    if (!number) return;
    std::string digits(code);
    std::erase(digits, '-');
    if (const auto barcode = pdf::customer_barcode(digits, *number))
        canvas.bars(postal.x, postal.y, postal.size_pt, *barcode);
}

void LetterSetter::draw_results(pdf::Canvas& canvas, const PageLayout& page, const Addressee& to)
{
    const bool female = to.recipient.value(layout_.sex_column) == "女";
    for (const auto& result : page.results) {
        const auto value = result.value.fill(to, page_, pages_, scratch_);
        auto style = result.style;
        const bool refer = result.referral.reached(value, female);
        const bool guide = refer || result.guidance.reached(value, female);
        if (guide) style.face = pdf::Style::gothic;
        canvas.text(result.value_x, result.y, value, style, pdf::Align::right);
        if (guide)
            canvas.text(result.mark_x, result.y, refer ? kReferralMark : kGuidanceMark, style, pdf::Align::centre);
    }
}

} // namespace azukari::guidance
