#include "infra/pdf/type/shaper.h"

#include "infra/pdf/file/text_string.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace azukari::pdf {

using text::next_code_point;

namespace {

constexpr std::size_t kRemembered = 4096;

void append_code(std::string& out, Cid cid)
{
    for (const unsigned byte : {static_cast<unsigned>(cid >> 8), static_cast<unsigned>(cid & 0xFF)}) {
        if (byte == '(' || byte == ')' || byte == '\\') out += '\\';
        if (byte == '\r')
            out += "\\r";
        else
            out += static_cast<char>(byte);
    }
}

bool is_variation_selector(char32_t c)
{
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

bool joins_what_precedes(char32_t c)
{
    return is_variation_selector(c) || c == 0x3099 || c == 0x309A || c == 0x200D || (c >= 0x0300 && c <= 0x036F);
}

bool holds(const Typeface& face, const std::u32string& cluster)
{
    for (std::size_t i = 0; i < cluster.size(); ++i) {
        if (is_variation_selector(cluster[i])) {
            if (i == 0 || !face.has_variation(cluster[i - 1], cluster[i])) return false;
        } else if (face.cid_of(cluster[i]) == 0) {
            return false;
        }
    }
    return true;
}

} // namespace

const ShapedText& Shaper::shape(std::string_view utf8, Style style, double size_pt)
{
    const Face face = face_of(style);
    if (set_plainly(utf8, face)) [[likely]]
        return plain_;
    auto key = fmt::format("{}|{}|{}", face, std::lround(size_pt * 100), utf8);
    if (const auto found = careful_.find(key); found != careful_.end()) return found->second;
    if (careful_.size() >= kRemembered) careful_.clear();
    return careful_.emplace(std::move(key), set_with_care(utf8, face, size_pt)).first->second;
}

bool Shaper::set_plainly(std::string_view utf8, Face face)
{
    const auto& typeface = fonts_.face(face);
    plain_.operators.assign(1, '(');
    plain_.codes = 0;
    std::uint64_t units = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t c = next_code_point(utf8, at);
        if (!typeface.is_plain(c)) return false;
        const Cid cid = typeface.cid_of(c);
        use_.mark(face, cid);
        append_code(plain_.operators, cid);
        units += typeface.advance_of(cid);
        ++plain_.codes;
    }
    plain_.operators += ")Tj";
    plain_.width_em = static_cast<double>(units) / typeface.units_per_em();
    plain_.segments.assign(1, {face, 0, static_cast<std::uint32_t>(plain_.operators.size())});
    return true;
}

ShapedText Shaper::set_with_care(std::string_view utf8, Face first, double size_pt)
{
    ShapedText out;
    std::string segment;
    Face segment_face = first;
    const auto close_segment = [&] {
        if (!segment.empty()) set_segment(out, segment, segment_face, size_pt);
        segment.clear();
    };
    for (std::size_t at = 0; at < utf8.size();) {
        const std::size_t begin = at;
        std::u32string cluster(1, next_code_point(utf8, at));
        for (std::size_t next = at; next < utf8.size(); at = next) {
            const char32_t c = next_code_point(utf8, next);
            if (!joins_what_precedes(c)) break;
            cluster += c;
        }
        Face face = first;
        bool held = holds(fonts_.face(first), cluster);
        if (!held && fonts_.has_rare_face() && holds(fonts_.face(kRareFace), cluster)) {
            face = kRareFace;
            held = true;
        }
        if (!held) {
            out.missing.emplace_back(utf8.substr(begin, at - begin));
            continue;
        }
        if (face != segment_face) close_segment();
        segment_face = face;
        segment += utf8.substr(begin, at - begin);
    }
    close_segment();
    return out;
}

void Shaper::set_segment(ShapedText& out, std::string_view utf8, Face face, double size_pt)
{
    const auto& typeface = fonts_.face(face);
    const auto placed = typeface.shape(utf8);
    const double per_em = 1000.0 / typeface.units_per_em();
    const auto begin = static_cast<std::uint32_t>(out.operators.size());
    double drift = 0; // how far the viewer's own advances have left HarfBuzz's, in thousandths of an em
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const auto& glyph = placed[i];
        std::size_t text_end = utf8.size();
        for (std::size_t j = i + 1; j < placed.size() && text_end == utf8.size(); ++j)
            if (placed[j].text_begin != glyph.text_begin) text_end = placed[j].text_begin;
        const bool continues = i > 0 && placed[i - 1].text_begin == glyph.text_begin;
        const bool continued = i + 1 < placed.size() && placed[i + 1].text_begin == glyph.text_begin;
        std::size_t at = glyph.text_begin;
        const char32_t c = next_code_point(utf8, at);
        Cid cid = typeface.cid_of(c);
        const bool own = !continues && !continued && at == text_end && typeface.glyph_of(cid) == glyph.glyph;
        if (!own) cid = glyph.glyph;
        use_.mark(face, cid);
        // Text that does not follow from the glyph alone (a variation sequence, a ligature) is said
        // beside it.
        if (!own && !continues)
            out.operators += fmt::format("/Span<</ActualText{}>>BDC",
                                         text_string(utf8.substr(glyph.text_begin, text_end - glyph.text_begin)));
        if (glyph.y_offset != 0)
            out.operators += fmt::format(" {:.3f} Ts", glyph.y_offset * size_pt / typeface.units_per_em());
        const double before = glyph.x_offset * per_em - drift;
        out.operators += std::abs(before) < 0.05 ? std::string("[(") : fmt::format("[{:.1f}(", -before);
        append_code(out.operators, cid);
        out.operators += ")]TJ";
        if (glyph.y_offset != 0) out.operators += " 0 Ts";
        if (!own && !continued) out.operators += " EMC";
        drift = std::abs(before) < 0.05 ? drift : glyph.x_offset * per_em;
        drift += (typeface.advance_of(cid) - glyph.advance) * per_em;
        out.width_em += static_cast<double>(glyph.advance) / typeface.units_per_em();
        ++out.codes;
    }
    if (std::abs(drift) >= 0.05) out.operators += fmt::format("[{:.1f}]TJ", drift);
    out.segments.push_back({face, begin, static_cast<std::uint32_t>(out.operators.size())});
}

} // namespace azukari::pdf
