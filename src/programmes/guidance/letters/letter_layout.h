// How the letters look: positions, fonts and texts of the ward's forms, as data from a layout
// directory (letters.toml names the pages). Places are millimetres from the upper left corner of
// A4; sizes of type are points.
#pragma once

#include "infra/pdf/page_template.h"
#include "programmes/guidance/letters/paper_code.h"
#include "programmes/guidance/letters/phrase.h"

#include <memory>

namespace azukari::guidance {

// The categories an element is printed for.
using Categories = std::array<bool, kCategories.size()>;

struct TextElement {
    Categories categories{};
    Phrase phrase;
    double x = 0, y = 0;
    pdf::TextStyle style;
    pdf::Align align = pdf::Align::left;
    double most = 0;       // width available; 0: as wide as it gets
    double least_size = 0; // to which the type may be made smaller
};

struct FlowLine {
    Phrase phrase;
    pdf::TextStyle style;
    double gap = 0; // above
};
struct FlowElement { // an address block: lines that wrap and follow one another, empty ones leave no gap
    Categories categories{};
    double x = 0, y = 0, width = 0, leading = 0, bottom = 0;
    std::vector<FlowLine> lines;
};

struct ParagraphElement {
    Categories categories{};
    double x = 0, y = 0, width = 0, leading = 0, hang = 0; // hang: how far further lines are indented
    std::string text;
    pdf::TextStyle style;
};

struct LineElement {
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0, width_pt = 0.4;
    pdf::Dash dash{};
};

struct BoxElement {
    double x = 0, y = 0, width = 0, height = 0, line_pt = 0, radius = 0;
    std::optional<std::uint8_t> shade; // grey level of the ground
};

// When a result is marked: against 保健指導判定値 and 受診勧奨判定値
// (標準的な健診・保健指導プログラム, 別紙5).
struct Threshold {
    std::optional<double> at_least, below;
    std::optional<double> at_least_female; // where the sexes differ
    std::vector<std::string> words;        // for results that are words
    bool reached(std::string_view value, bool female) const;
};
struct ResultElement {
    Phrase value;
    Threshold guidance, referral;
    double value_x = 0, mark_x = 0, y = 0; // value_x: where it ends
    double most = 0;                       // width available
    pdf::TextStyle style;
};

struct CodeElement {
    double x = 0, y = 0, width = 0;
};

struct PostalElement { // カスタマバーコード; nothing where an address does not give one for certain
    double x = 0, y = 0, size_pt = 0;
};

struct PageLayout {
    std::shared_ptr<const pdf::PageTemplate> beneath; // the ward's own form, if the page names one
    std::vector<BoxElement> boxes;
    std::vector<LineElement> lines;
    std::vector<TextElement> texts;
    std::vector<ParagraphElement> paragraphs;
    std::vector<FlowElement> flows;
    std::vector<ResultElement> results;
    std::vector<CodeElement> codes;
    std::vector<PostalElement> postals;
};

struct LetterLayout {
    std::string title; // of the PDF files
    std::string author;
    std::size_t lot_sheets = 0;                   // a print lot has at most this many sheets, and at least one letter
    std::unique_ptr<const Vocabulary> vocabulary; // phrases point into it
    std::vector<PageLayout> voucher_pages;        // 利用券, 健康診査結果
    std::vector<PageLayout> referral_pages;       // 受診勧奨通知
    std::size_t sex_column = 0, postcode_column = 0; // the latter only for pages that have a [[postal]]
    IdentityColumns identity;

    // `columns` must outlive the layout.
    static Result<LetterLayout> read(const std::string& directory, const RecipientLayout& columns);
    std::size_t letters_per_lot(Category category) const
    {
        return std::max<std::size_t>(1, lot_sheets / pages_of(category).size());
    }
    const std::vector<PageLayout>& pages_of(Category category) const
    {
        return facts_of(category).has_voucher ? voucher_pages : referral_pages;
    }
};

} // namespace azukari::guidance
