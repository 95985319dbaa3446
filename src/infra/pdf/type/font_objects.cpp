#include "infra/pdf/type/font_objects.h"

#include "infra/pdf/file/text_string.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::pdf {

namespace {

// Six letters that tell one subset from another (9.6.4), drawn from what the subset holds.
std::string subset_tag(std::span<const Cid> cids)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const auto cid : cids) hash = (hash ^ cid) * 0x100000001b3ULL;
    std::string tag;
    for (int i = 0; i < 6; ++i, hash /= 26) tag += static_cast<char>('A' + hash % 26);
    return tag;
}

double thousandths(const Typeface& face, Cid cid)
{
    return face.advance_of(cid) * 1000.0 / face.units_per_em();
}

// /W: runs of neighbouring CIDs; a full-width glyph is the default and need not be said.
std::string widths(const Typeface& face, std::span<const Cid> cids)
{
    std::string out = "[";
    int previous = -2;
    for (const auto cid : cids) {
        const double width = thousandths(face, cid);
        if (width == 1000) continue;
        if (cid != previous + 1)
            out += fmt::format("{}{}[", previous < 0 ? "" : "]", cid);
        else
            out += ' ';
        out += fmt::format("{:.7g}", width);
        previous = cid;
    }
    return out + (previous < 0 ? "]" : "]]");
}

std::string to_unicode(const Typeface& face, std::span<const Cid> cids)
{
    std::string entries;
    std::string all = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
                      "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                      "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
                      "1 begincodespacerange<0000><FFFF>endcodespacerange\n";
    int count = 0;
    const auto close_block = [&] { // at most a hundred to a block
        if (count > 0) all += fmt::format("{} beginbfchar\n{}endbfchar\n", count, entries);
        entries.clear();
        count = 0;
    };
    for (const auto cid : cids) {
        const auto character = face.character_of(cid);
        const auto text = character != 0 ? std::u32string(1, character) : face.sequence_of(cid);
        if (text.empty()) continue;
        entries += '<';
        append_hex4(entries, cid);
        entries += "><";
        for (const char32_t c : text) append_utf16_hex(entries, c);
        entries += ">\n";
        if (++count == 100) close_block();
    }
    close_block();
    return all + "endcmap CMapName currentdict/CMap defineresource pop end end";
}

std::string cid_to_glyph(const Typeface& face, std::span<const Cid> cids)
{
    std::string map(2 * (std::size_t{cids.back()} + 1), '\0');
    for (const auto cid : cids) {
        map[2 * std::size_t{cid}] = static_cast<char>(face.glyph_of(cid) >> 8);
        map[2 * std::size_t{cid} + 1] = static_cast<char>(face.glyph_of(cid) & 0xFF);
    }
    return map;
}

std::string write_cid_to_glyph(ObjectWriter& out, const Typeface& face, std::span<const Cid> cids)
{
    if (std::ranges::all_of(cids, [&](Cid cid) { return face.glyph_of(cid) == cid; })) return "/Identity";
    const auto id = out.reserve();
    out.stream(id, "", cid_to_glyph(face, cids));
    return " " + reference(id);
}

} // namespace

void write_font(ObjectWriter& out, ObjectId id, const Typeface& face, std::span<const Cid> cids)
{
    const auto name = subset_tag(cids) + "+" + face.postscript_name();
    std::vector<std::uint16_t> glyphs;
    for (const auto cid : cids) glyphs.push_back(face.glyph_of(cid));
    const auto program = face.subset(glyphs);
    const auto program_id = out.reserve();
    const auto descriptor_id = out.reserve();
    const auto descendant_id = out.reserve();
    const auto unicode_id = out.reserve();
    out.stream(program_id, fmt::format("/Length1 {}", program.size()), program);
    const auto& m = face.metrics();
    out.object(descriptor_id,
               fmt::format("<</Type/FontDescriptor/FontName/{}/Flags 4/FontBBox[{} {} {} {}]/ItalicAngle 0/Ascent {}"
                           "/Descent {}/CapHeight {}/StemV 80/FontFile2 {}>>",
                           name, m.box[0], m.box[1], m.box[2], m.box[3], m.ascent, m.descent, m.ascent,
                           reference(program_id)));
    const auto map = write_cid_to_glyph(out, face, cids);
    out.object(descendant_id,
               fmt::format("<</Type/Font/Subtype/CIDFontType2/BaseFont/{}/CIDSystemInfo<</Registry(Adobe)"
                           "/Ordering(Identity)/Supplement 0>>/DW 1000/W{}/CIDToGIDMap{}/FontDescriptor {}>>",
                           name, widths(face, cids), map, reference(descriptor_id)));
    out.stream(unicode_id, "", to_unicode(face, cids));
    out.object(id, fmt::format("<</Type/Font/Subtype/Type0/BaseFont/{}/Encoding/Identity-H/DescendantFonts[{}]"
                               "/ToUnicode {}>>",
                               name, reference(descendant_id), reference(unicode_id)));
}

} // namespace azukari::pdf
