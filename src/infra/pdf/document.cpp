#include "infra/pdf/document.h"

#include "base/check.h"
#include "infra/pdf/file/archival.h"
#include "infra/pdf/file/text_string.h"
#include "infra/pdf/type/font_objects.h"

#include <fmt/format.h>

namespace azukari::pdf {

namespace {

constexpr std::size_t kKidsPerNode = 64;
constexpr std::string_view kProducer = "azukari";

std::string media_box(PageSize size)
{
    return fmt::format("/MediaBox[0 0 {:.2f} {:.2f}]", size.width * kPointsPerMm, size.height * kPointsPerMm);
}

// "D:20230403101500+09'00'"
std::string pdf_date(Instant at)
{
    std::string digits;
    for (const char c : to_iso(at).substr(0, 19))
        if (c >= '0' && c <= '9') digits += c;
    return fmt::format("(D:{}+09'00')", digits);
}

} // namespace

Document::Document(Sink& sink, const FontBook& fonts, Metadata metadata)
    : writer_(sink), fonts_(fonts), metadata_(std::move(metadata)), shaper_(fonts), fonts_id_(writer_.reserve())
{
}

Form Document::add_form(Canvas& canvas, const PageTemplate* beneath)
{
    AZK_CHECK(pages_ == 0);
    const auto size = canvas.size();
    const auto ground =
        beneath == nullptr ? std::string() : fmt::format("/XObject<</T {}>>", reference(take_in(*beneath)));
    const auto id = writer_.reserve();
    writer_.stream(id,
                   fmt::format("/Type/XObject/Subtype/Form/BBox[0 0 {:.2f} {:.2f}]/Resources<</Font {}{}>>",
                               size.width * kPointsPerMm, size.height * kPointsPerMm, reference(fonts_id_), ground),
                   (ground.empty() ? "" : "/T Do\n") + canvas.content());
    forms_.push_back(id);
    return {static_cast<unsigned>(forms_.size() - 1)};
}

// The template's objects under numbers of this paper; returns the page's, a form XObject.
ObjectId Document::take_in(const PageTemplate& page)
{
    all_ours_ = false;
    const auto& objects = page.objects();
    std::vector<ObjectId> ids;
    for (std::size_t i = 0; i < objects.size(); ++i) ids.push_back(writer_.reserve());
    for (std::size_t i = 0; i < objects.size(); ++i) {
        std::string text;
        for (const auto& piece : objects[i].pieces) {
            text += piece.text;
            if (piece.object != PageTemplate::kNone) text += reference(ids[piece.object]);
        }
        if (objects[i].is_stream)
            writer_.ready_stream(ids[i], text, objects[i].bytes);
        else
            writer_.object(ids[i], text);
    }
    return ids[0];
}

void Document::add_page(Canvas& canvas)
{
    scratch_.clear();
    deflater_.deflate_into(scratch_, canvas.content());
    add_page(scratch_, canvas.size());
}

void Document::add_page(std::string_view deflated_content, PageSize size)
{
    const auto page = writer_.reserve();
    const auto content = writer_.reserve();
    const auto parent = leaf_for_next_page();
    writer_.object(page, fmt::format("<</Type/Page/Parent {}/Contents {}{}>>", reference(parent), reference(content),
                                     size == PageSize::a4() ? std::string() : media_box(size)));
    writer_.deflated_stream(content, "", deflated_content);
    attach(0, page, 1);
    ++pages_;
}

ObjectId Document::leaf_for_next_page()
{
    if (tree_.empty()) tree_.push_back({writer_.reserve(), {}});
    if (tree_[0].kid_count == kKidsPerNode) close_node(0);
    return tree_[0].id;
}

void Document::attach(std::size_t level, ObjectId kid, std::size_t pages)
{
    auto& node = tree_[level];
    node.kids += reference(kid) + " ";
    ++node.kid_count;
    node.page_count += pages;
}

void Document::write_node(const Node& node, std::string_view more)
{
    writer_.object(node.id, fmt::format("<</Type/Pages/Count {}/Kids[{}]{}>>", node.page_count, node.kids, more));
}

// Writes the open node of a level, hangs it below the one above, and opens its successor.
void Document::close_node(std::size_t level)
{
    if (tree_.size() == level + 1) tree_.push_back({writer_.reserve(), {}});
    if (tree_[level + 1].kid_count == kKidsPerNode) close_node(level + 1);
    write_node(tree_[level], "/Parent " + reference(tree_[level + 1].id));
    attach(level + 1, tree_[level].id, tree_[level].page_count);
    tree_[level] = {writer_.reserve(), {}};
}

// The root carries what all pages inherit: the paper size and the resources.
ObjectId Document::close_page_tree()
{
    AZK_CHECK(!tree_.empty());
    for (std::size_t level = 0; level + 1 < tree_.size(); ++level) {
        if (tree_[level + 1].kid_count == kKidsPerNode) close_node(level + 1);
        write_node(tree_[level], "/Parent " + reference(tree_[level + 1].id));
        attach(level + 1, tree_[level].id, tree_[level].page_count);
    }
    std::string forms;
    for (std::size_t i = 0; i < forms_.size(); ++i) forms += fmt::format("/X{} {}", i, reference(forms_[i]));
    write_node(tree_.back(), fmt::format("{}/Resources<</Font {}/XObject<<{}>>>>", media_box(PageSize::a4()),
                                         reference(fonts_id_), forms));
    return tree_.back().id;
}

std::string Document::write_fonts()
{
    std::string fonts;
    for (Face face = 0; face < kFaces; ++face) {
        const auto cids = use_.of(face);
        if (cids.empty()) continue;
        const auto id = writer_.reserve();
        write_font(writer_, id, fonts_.face(face), cids);
        fonts += fmt::format("/F{} {}", face, reference(id));
    }
    return fonts;
}

// The catalog's entries for an archive.
std::string Document::write_archival()
{
    if (!all_ours_) return {};
    const auto profile = writer_.reserve();
    const auto about = writer_.reserve();
    writer_.stream(profile, "/N 3", srgb_profile());
    // Not compressed: it is for programs that know no PDF.
    writer_.ready_stream(about, "/Type/Metadata/Subtype/XML",
                         xmp_packet(metadata_.title, metadata_.author, kProducer, metadata_.made));
    return fmt::format("/Metadata {}/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
                       "/Info(sRGB IEC61966-2.1)/DestOutputProfile {}>>]",
                       reference(about), reference(profile));
}

void Document::finish()
{
    use_.add(shaper_.use());
    writer_.object(fonts_id_, fmt::format("<<{}>>", write_fonts()));
    const auto pages = close_page_tree();
    const auto catalog = writer_.reserve();
    const auto info = writer_.reserve();
    const auto archival = write_archival();
    writer_.object(catalog,
                   fmt::format("<</Type/Catalog/Pages {}/Lang(ja)/ViewerPreferences<</DisplayDocTitle true>>{}>>",
                               reference(pages), archival));
    std::string entries = fmt::format("/Title{}", text_string(metadata_.title));
    if (!metadata_.author.empty()) entries += fmt::format("/Author{}", text_string(metadata_.author));
    if (metadata_.made != Instant{}) entries += fmt::format("/CreationDate{}", pdf_date(metadata_.made));
    writer_.object(info, fmt::format("<</Producer({}){}>>", kProducer, entries));
    writer_.finish(catalog, info);
}

} // namespace azukari::pdf
