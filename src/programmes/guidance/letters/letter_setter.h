// Sets the type of one person's letter: what differs from person to person, over the fixed form.
// One per thread.
#pragma once

#include "infra/pdf/file/deflater.h"
#include "programmes/guidance/letters/letter_layout.h"

#include <memory>

namespace azukari::guidance {

// Draws what is the same on every page of this kind; becomes a form that is placed once per file.
// Returns what is wrong with it, in Japanese: characters no font holds, text that does not fit.
std::vector<std::string> draw_fixed(pdf::Canvas& canvas, const std::vector<PageLayout>& pages, std::size_t index,
                                    Category category);

// Sets an address block, wrapping what is long; false when it runs over the block's bottom.
bool draw_flow(pdf::Canvas& canvas, const FlowElement& flow, const Addressee& to, unsigned page, unsigned pages);

// "印刷できない文字(外字など)があります: U+E001"
std::string missing_sentence(const std::vector<std::string>& missing);

struct SetLetter {
    std::vector<std::size_t> page_sizes; // compressed, one after the other
    std::vector<std::string> problems;   // in Japanese; a letter with any is not to be printed
};

class LetterSetter {
public:
    LetterSetter(const pdf::FontBook& fonts, const LetterLayout& layout);

    // Appends the compressed content of the pages to `out`; nothing when there is a problem.
    SetLetter set(const Addressee& to, std::string& out);
    const pdf::GlyphUse& use(Category category) const;

private:
    struct Desk { // one category's own shaper, so that its file embeds only what it uses
        explicit Desk(const pdf::FontBook& fonts) : shaper(fonts), canvas(shaper) {}
        pdf::Shaper shaper;
        pdf::Canvas canvas;
        struct Page {
            std::vector<const TextElement*> texts;
            std::vector<const FlowElement*> flows;
        };
        std::vector<Page> pages;
    };
    void draw_page(Desk& desk, std::size_t page, const Addressee& to);
    void draw_results(pdf::Canvas& canvas, const PageLayout& page, const Addressee& to);
    void draw_postal(pdf::Canvas& canvas, const PostalElement& postal, const Addressee& to) const;

    const LetterLayout& layout_;
    // Packing is most of the work: the quickest level costs a twentieth of the size and saves half of the time.
    pdf::Deflater deflater_{1};
    std::array<std::unique_ptr<Desk>, kCategories.size()> desks_;
    std::vector<std::string> problems_;
    std::string scratch_;
    unsigned page_ = 0, pages_ = 0; // of the letter being set
};

} // namespace azukari::guidance
