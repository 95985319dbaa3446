#include "infra/pdf/type/shaper.h"

#include "infra/pdf/file/text_string.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace azukari::pdf {

using text::next_code_point;

namespace {

constexpr std::size_t kRemembered = 4096;
constexpr double kSeen = 0.05; // thousandths of an em: a shift smaller than this is nobody's concern

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

// Writes glyphs with as few operators as their positions allow.
class ShowOperators {
public:
    explicit ShowOperators(std::string& out) : out_(out) {}

    void code(Cid cid) { append_code(codes_, cid); }
    void move_right(double thousandths)
    {
        if (!codes_.empty()) moves_ += "(" + std::exchange(codes_, {}) + ")";
        moves_ += fmt::format("{:.1f}", -thousandths);
    }
    // Something between glyphs, e.g. the mark of a span.
    void raw(std::string_view operators)
    {
        flush();
        out_ += operators;
    }
    void flush()
    {
        if (moves_.empty() && codes_.empty()) return;
        if (moves_.empty())
            out_ += "(" + codes_ + ")Tj";
        else
            out_ += "[" + moves_ + "(" + codes_ + ")]TJ";
        moves_.clear();
        codes_.clear();
    }

private:
    std::string& out_;
    std::string codes_; // since the last move
    std::string moves_; // what stands before them within the brackets
};

struct Cluster { // the text a glyph stands for, alone or with its neighbours
    std::string_view text;
    bool begins, ends; // whether this glyph is its first, its last
};

Cluster cluster_of(const std::vector<PlacedGlyph>& placed, std::size_t i, std::string_view utf8)
{
    const auto begin = placed[i].text_begin;
    std::size_t next = i + 1;
    while (next < placed.size() && placed[next].text_begin == begin) ++next;
    const std::size_t end = next < placed.size() ? placed[next].text_begin : utf8.size();
    return {utf8.substr(begin, end - begin), i == 0 || placed[i - 1].text_begin != begin, next == i + 1};
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
    ShowOperators show(out.operators);
    double drift = 0; // how far the viewer's own advances have left HarfBuzz's, in thousandths of an em
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const auto& glyph = placed[i];
        const auto cluster = cluster_of(placed, i, utf8);
        std::size_t at = 0;
        const Cid nominal = typeface.cid_of(next_code_point(cluster.text, at));
        // Text that does not follow from the glyph alone (a variation sequence, a ligature) is said
        // beside it.
        const bool own =
            cluster.begins && cluster.ends && at == cluster.text.size() && typeface.glyph_of(nominal) == glyph.glyph;
        const Cid cid = own ? nominal : glyph.glyph;
        use_.mark(face, cid);
        if (!own && cluster.begins) show.raw(fmt::format("/Span<</ActualText{}>>BDC", text_string(cluster.text)));
        if (glyph.y_offset != 0)
            show.raw(fmt::format(" {:.3f} Ts", glyph.y_offset * size_pt / typeface.units_per_em()));
        const double before = glyph.x_offset * per_em - drift;
        if (std::abs(before) >= kSeen) {
            show.move_right(before);
            drift = glyph.x_offset * per_em;
        }
        show.code(cid);
        drift += (typeface.advance_of(cid) - glyph.advance) * per_em;
        if (glyph.y_offset != 0) show.raw(" 0 Ts");
        if (!own && cluster.ends) show.raw(" EMC");
        out.width_em += static_cast<double>(glyph.advance) / typeface.units_per_em();
        ++out.codes;
    }
    if (std::abs(drift) >= kSeen) show.move_right(-drift);
    show.flush();
    out.segments.push_back({face, begin, static_cast<std::uint32_t>(out.operators.size())});
}

} // namespace azukari::pdf
