#define POINTERHOLDER_TRANSITION 4

#include "infra/pdf/page_template.h"

#include "infra/pdf/file/deflater.h"
#include "infra/pdf/pdf_refusals.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <qpdf/Buffer.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <stdexcept>

namespace azukari::pdf {

namespace {

using Handle = QPDFObjectHandle;

constexpr std::size_t kMostMegabytes = 20;
constexpr std::size_t kMostContent = 64U << 20; // bytes of drawing when unpacked
constexpr std::size_t kMostObjects = 20'000;
constexpr int kDeepest = 64;
constexpr double kNearEnough = 1; // mm: programs round paper sizes to whole points

// Drawing that unpacks to more than any form needs is an attack.
class Drawing final : public Pipeline {
public:
    Drawing() : Pipeline("drawing", nullptr) {}
    void write(const unsigned char* data, std::size_t size) override
    {
        if (bytes_.size() + size > kMostContent) throw std::runtime_error("too much drawing");
        bytes_.append(reinterpret_cast<const char*>(data), size);
    }
    void finish() override {}
    const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

bool names(Handle object, std::initializer_list<const char*> any)
{
    return object.isName() && std::ranges::find(any, object.getName()) != any.end();
}

// What one dictionary, or a stream's, has that a printed form must not have.
Result<void> judge(Handle dictionary, bool of_stream, const std::string& name)
{
    auto action = dictionary.getKey("/S");
    if (dictionary.hasKey("/JS") || dictionary.hasKey("/JavaScript") || names(action, {"/JavaScript", "/Rendition"}))
        return refuse(kTemplateScript, name);
    if (names(action, {"/Launch", "/URI", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData"}))
        return refuse(kTemplateOutside, name, action.getName().substr(1));
    for (const auto* key : {"/EF", "/OPI", "/Ref", "/EmbeddedFiles"})
        if (dictionary.hasKey(key)) return refuse(kTemplateOutside, name, std::string(key + 1));
    if (names(dictionary.getKey("/Type"), {"/Filespec", "/EmbeddedFile"}))
        return refuse(kTemplateOutside, name, "添付");
    if (of_stream && (dictionary.hasKey("/F") || names(dictionary.getKey("/Subtype"), {"/PS"})))
        return refuse(kTemplateOutside, name, dictionary.hasKey("/F") ? "F" : "PS");
    return {};
}

Result<void> judge_tree(Handle object, const std::string& name, int depth)
{
    if (depth > kDeepest) return refuse(kTemplateTorn, name);
    if (object.isArray()) {
        for (auto& item : object.getArrayAsVector())
            if (!item.isIndirect()) AZK_REQUIRE(judge_tree(item, name, depth + 1));
        return {};
    }
    if (!object.isDictionary() && !object.isStream()) return {};
    auto dictionary = object.isStream() ? object.getDict() : object;
    AZK_REQUIRE(judge(dictionary, object.isStream(), name));
    for (auto& [key, value] : dictionary.getDictAsMap())
        if (!value.isIndirect()) AZK_REQUIRE(judge_tree(value, name, depth + 1));
    return {};
}

// Whether a font's outlines come with it. A composite font's do with its descendant, and a Type 3
// font's are drawings.
bool is_embedded(Handle font)
{
    if (names(font.getKey("/Subtype"), {"/Type0", "/Type3"})) return true;
    auto descriptor = font.getKey("/FontDescriptor");
    return descriptor.isDictionary() &&
           (descriptor.hasKey("/FontFile") || descriptor.hasKey("/FontFile2") || descriptor.hasKey("/FontFile3"));
}

// Takes what a page needs out of its file, object by object, each once.
class Taking {
public:
    Taking(std::vector<PageTemplate::Object>& objects, const std::string& name) : objects_(objects), name_(name) {}

    // Appends the object as text; indirect ones as the place of their number.
    Result<void> append(std::vector<PageTemplate::Piece>& pieces, Handle object, int depth = 0)
    {
        if (depth > kDeepest) return refuse(kTemplateTorn, name_);
        if (object.isIndirect() && depth > 0) {
            AZK_TRY(const auto index, take(object));
            text(pieces) += ' ';
            pieces.back().object = index;
            return {};
        }
        if (object.isArray()) {
            text(pieces) += '[';
            for (auto& item : object.getArrayAsVector()) {
                AZK_REQUIRE(append(pieces, item, depth + 1));
                text(pieces) += ' ';
            }
            text(pieces) += ']';
            return {};
        }
        if (object.isDictionary()) {
            AZK_REQUIRE(judge_font(object));
            text(pieces) += "<<";
            AZK_REQUIRE(append_entries(pieces, object, depth));
            text(pieces) += ">>";
            return {};
        }
        text(pieces) += ' ';
        text(pieces) += object.unparse();
        return {};
    }

    // The objects met but not yet taken: drawings can lie deep within each other.
    Result<void> take_waiting()
    {
        for (; done_ < waiting_.size(); ++done_) {
            auto [object, index] = waiting_[done_];
            PageTemplate::Object made;
            if (object.isStream()) {
                made.is_stream = true;
                AZK_REQUIRE(append_entries(made.pieces, object.getDict(), 0));
                const auto raw = object.getRawStreamData();
                made.bytes.assign(reinterpret_cast<const char*>(raw->getBuffer()), raw->getSize());
            } else {
                AZK_REQUIRE(append(made.pieces, object));
            }
            objects_[index] = std::move(made);
        }
        return {};
    }

private:
    Result<void> judge_font(Handle dictionary) const
    {
        if (!names(dictionary.getKey("/Type"), {"/Font"}) || is_embedded(dictionary)) return {};
        auto font = dictionary.getKey("/BaseFont");
        return refuse(kTemplateFont, name_, font.isName() ? font.getName().substr(1) : "名前なし");
    }
    static std::string& text(std::vector<PageTemplate::Piece>& pieces)
    {
        if (pieces.empty() || pieces.back().object != PageTemplate::kNone) pieces.emplace_back();
        return pieces.back().text;
    }
    Result<void> append_entries(std::vector<PageTemplate::Piece>& pieces, Handle dictionary, int depth)
    {
        for (auto& [key, value] : dictionary.getDictAsMap()) {
            // A structure tree, the page before and private data of programs would bring in the whole file.
            if (value.isNull() || key == "/Length" || key == "/Parent" || key == "/StructParents" ||
                key == "/StructParent" || key == "/PieceInfo" || key == "/Metadata" || key == "/LastModified")
                continue;
            text(pieces) += Handle::newName(key).unparse();
            AZK_REQUIRE(append(pieces, value, depth + 1));
        }
        return {};
    }
    Result<std::size_t> take(Handle object)
    {
        const auto [known, is_new] = index_.try_emplace(object.getObjGen(), objects_.size());
        if (!is_new) return known->second;
        if (objects_.size() >= kMostObjects) return refuse(kTemplateTorn, name_);
        objects_.emplace_back();
        waiting_.emplace_back(object, known->second);
        return known->second;
    }

    std::vector<PageTemplate::Object>& objects_;
    const std::string& name_;
    std::map<QPDFObjGen, std::size_t> index_;
    std::vector<std::pair<Handle, std::size_t>> waiting_;
    std::size_t done_ = 0;
};

Result<Handle::Rectangle> box_of(QPDFPageObjectHelper page, PageSize size, const std::string& name)
{
    auto turned = page.getAttribute("/Rotate", false);
    if (turned.isInteger() && turned.getIntValue() % 360 != 0) return refuse(kTemplateTurned, name);
    auto box = page.getTrimBox();
    if (!box.isRectangle()) return refuse(kTemplateTorn, name);
    auto unit = page.getObjectHandle().getKey("/UserUnit");
    const double scale = (unit.isNumber() ? unit.getNumericValue() : 1) / kPointsPerMm;
    const auto rectangle = box.getArrayAsRectangle();
    const double width = std::abs(rectangle.urx - rectangle.llx) * scale;
    const double height = std::abs(rectangle.ury - rectangle.lly) * scale;
    if (std::abs(width - size.width) > kNearEnough || std::abs(height - size.height) > kNearEnough ||
        scale != 1 / kPointsPerMm)
        return refuse(kTemplateSize, name, fmt::format("{:.0f}", width), fmt::format("{:.0f}", height),
                      fmt::format("{:.0f}", size.width), fmt::format("{:.0f}", size.height));
    return rectangle;
}

Result<void> judge_file(QPDF& file, const std::string& name)
{
    for (auto& object : file.getAllObjects()) AZK_REQUIRE(judge_tree(object, name, 0));
    auto root = file.getRoot();
    if (root.hasKey("/OCProperties")) return refuse(kTemplateLayers, name);
    if (root.hasKey("/AcroForm")) return refuse(kTemplateAnnotated, name);
    return {};
}

Result<std::vector<PageTemplate::Object>> take_first_page(QPDF& file, const std::string& name, PageSize size)
{
    AZK_REQUIRE(judge_file(file, name));
    const auto pages = QPDFPageDocumentHelper(file).getAllPages();
    if (pages.empty()) return refuse(kTemplateWithoutPage, name);
    auto page = pages.front();
    AZK_TRY(const auto box, box_of(page, size, name));
    auto annotations = page.getObjectHandle().getKey("/Annots");
    if (annotations.isArray() && annotations.getArrayNItems() > 0) return refuse(kTemplateAnnotated, name);

    std::vector<PageTemplate::Object> objects(1);
    Taking taking(objects, name);
    PageTemplate::Object form;
    form.is_stream = true;
    // Its corner comes to ours; a paper rounded to whole points is stretched by less than a hair.
    const double sx = size.width * kPointsPerMm / (box.urx - box.llx);
    const double sy = size.height * kPointsPerMm / (box.ury - box.lly);
    form.pieces.push_back({fmt::format("/Type/XObject/Subtype/Form/Filter/FlateDecode/BBox[{:.4f} {:.4f} {:.4f} {:.4f}]"
                                       "/Matrix[{:.6f} 0 0 {:.6f} {:.4f} {:.4f}]/Resources",
                                       box.llx, box.lly, box.urx, box.ury, sx, sy, -box.llx * sx, -box.lly * sy)});
    auto resources = page.getAttribute("/Resources", false);
    AZK_REQUIRE(taking.append(form.pieces, resources.isDictionary() ? resources : Handle::newDictionary()));
    auto group = page.getObjectHandle().getKey("/Group");
    if (group.isDictionary()) {
        form.pieces.push_back({"/Group"});
        AZK_REQUIRE(taking.append(form.pieces, group));
    }
    AZK_REQUIRE(taking.take_waiting());
    Drawing drawing;
    page.pipeContents(&drawing);
    Deflater().deflate_into(form.bytes, drawing.bytes());
    objects[0] = std::move(form);
    return objects;
}

} // namespace

Result<PageTemplate> PageTemplate::read(const std::string& path, PageSize size)
{
    const auto name = path.substr(path.rfind('/') + 1);
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    const auto length = file ? static_cast<std::streamoff>(file.tellg()) : -1;
    if (length < 0) return refuse(kTemplateAbsent, name);
    if (length > static_cast<std::streamoff>(kMostMegabytes << 20))
        return refuse(kTemplateTooLarge, name, std::to_string(kMostMegabytes));
    std::string bytes(static_cast<std::size_t>(length), '\0');
    file.seekg(0);
    if (!file.read(bytes.data(), length)) return refuse(kTemplateAbsent, name);
    return parse(bytes, name, size);
}

Result<PageTemplate> PageTemplate::parse(std::string_view bytes, const std::string& name, PageSize size)
{
    QPDF file;
    file.setSuppressWarnings(true);
    file.setAttemptRecovery(false); // a form that has to be guessed at is not the ward's form
    try {
        file.processMemoryFile(name.c_str(), bytes.data(), bytes.size());
        if (file.isEncrypted()) return refuse(kTemplateEncrypted, name);
        PageTemplate made;
        AZK_TRY(made.objects_, take_first_page(file, name, size));
        if (file.anyWarnings()) return refuse(kTemplateTorn, name);
        return made;
    } catch (const QPDFExc& fault) {
        return fault.getErrorCode() == qpdf_e_password ? refuse(kTemplateEncrypted, name) : refuse(kTemplateTorn, name);
    } catch (const std::exception&) { // qpdf's own limits, and ours
        return refuse(kTemplateTorn, name);
    }
}

} // namespace azukari::pdf
