// A paper of one or of a hundred thousand pages, written as it is made: memory does not grow with
// its length, apart from eight bytes for each object's place in the file.
//
//     TextSink sink;
//     Document paper(sink, fonts, {.title = "名簿"});
//     Canvas page(paper.shaper());
//     page.text(20, 30, "取扱者名簿", {.face = Style::gothic, .size = 16});
//     paper.add_page(page);
//     paper.finish();
//
// It is PDF/A-2b, and says so, unless it lies on a template: what others made we cannot answer for.
#pragma once

#include "base/instant.h"
#include "infra/pdf/canvas.h"
#include "infra/pdf/file/object_writer.h"
#include "infra/pdf/page_template.h"

namespace azukari::pdf {

struct Metadata {
    std::string title{};  // shown in the viewer's title bar
    std::string author{}; // the ward or the contractor
    Instant made{};       // 0: not said
};

class Document {
public:
    Document(Sink& sink, const FontBook& fonts, Metadata metadata);

    // For pages drawn one after another on one thread. Other threads bring shapers of their own and
    // hand in their use().
    Shaper& shaper() { return shaper_; }
    void add_use(const GlyphUse& use) { use_.add(use); }

    // All forms come before the first page. What lies beneath, if anything, is drawn first.
    Form add_form(Canvas& canvas, const PageTemplate* beneath = nullptr);
    // Draws nothing that is missing: look at canvas.missing() first.
    void add_page(Canvas& canvas);
    // A page whose content stream was compressed elsewhere.
    void add_page(std::string_view deflated_content, PageSize size = PageSize::a4());
    void finish();

    std::size_t pages() const { return pages_; }
    std::uint64_t bytes() const { return writer_.bytes_written(); }

private:
    struct Node { // of the page tree, not yet written
        ObjectId id;
        std::string kids;
        std::size_t kid_count = 0, page_count = 0;
    };
    ObjectId take_in(const PageTemplate& page);
    ObjectId leaf_for_next_page();
    void attach(std::size_t level, ObjectId kid, std::size_t pages);
    void write_node(const Node& node, std::string_view more);
    void close_node(std::size_t level);
    ObjectId close_page_tree();
    std::string write_fonts();
    std::string write_archival();

    ObjectWriter writer_;
    const FontBook& fonts_;
    Metadata metadata_;
    Shaper shaper_;
    GlyphUse use_;
    Deflater deflater_;
    std::string scratch_;
    ObjectId fonts_id_;
    std::vector<ObjectId> forms_;
    std::vector<Node> tree_; // one open node per level, leaves first
    std::size_t pages_ = 0;
    bool all_ours_ = true; // nothing in it that was made elsewhere
};

} // namespace azukari::pdf
