#include "infra/pdf/type/typeface.h"

#include "base/check.h"
#include "base/fault.h"
#include "infra/text/utf8.h"

#include <algorithm>
#include <fmt/format.h>
#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <map>

namespace azukari::pdf {

namespace {

struct Release {
    void operator()(hb_blob_t* p) const { hb_blob_destroy(p); }
    void operator()(hb_face_t* p) const { hb_face_destroy(p); }
    void operator()(hb_font_t* p) const { hb_font_destroy(p); }
    void operator()(hb_set_t* p) const { hb_set_destroy(p); }
    void operator()(hb_buffer_t* p) const { hb_buffer_destroy(p); }
    void operator()(hb_subset_input_t* p) const { hb_subset_input_destroy(p); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

constexpr std::size_t kCids = 65536;

bool is_private_use(char32_t c)
{
    return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

// Characters that share their glyph with an ordinary one: radicals and the compatibility
// ideographs.
bool is_second_choice(char32_t c)
{
    return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

bool has_simple_script(char32_t c)
{
    auto* functions = hb_unicode_funcs_get_default();
    switch (hb_unicode_general_category(functions, c)) {
    case HB_UNICODE_GENERAL_CATEGORY_CONTROL:
    case HB_UNICODE_GENERAL_CATEGORY_FORMAT:
    case HB_UNICODE_GENERAL_CATEGORY_UNASSIGNED:
    case HB_UNICODE_GENERAL_CATEGORY_SURROGATE:
    case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
        return false;
    default:
        break;
    }
    switch (hb_unicode_script(functions, c)) {
    case HB_SCRIPT_COMMON:
    case HB_SCRIPT_LATIN:
    case HB_SCRIPT_GREEK:
    case HB_SCRIPT_CYRILLIC:
    case HB_SCRIPT_HAN:
    case HB_SCRIPT_HIRAGANA:
    case HB_SCRIPT_KATAKANA:
        return true;
    default:
        return false;
    }
}

// Every glyph that a feature which is on by default may replace or move.
Owned<hb_set_t> glyphs_under_default_features(hb_face_t* face)
{
    constexpr hb_tag_t kOn[] = {HB_TAG('r', 'v', 'r', 'n'), HB_TAG('c', 'c', 'm', 'p'),
                                HB_TAG('l', 'o', 'c', 'l'), HB_TAG('m', 'a', 'r', 'k'),
                                HB_TAG('m', 'k', 'm', 'k'), HB_TAG('r', 'l', 'i', 'g'),
                                HB_TAG('c', 'a', 'l', 't'), HB_TAG('c', 'l', 'i', 'g'),
                                HB_TAG('c', 'u', 'r', 's'), HB_TAG('d', 'i', 's', 't'),
                                HB_TAG('k', 'e', 'r', 'n'), HB_TAG('l', 'i', 'g', 'a'),
                                HB_TAG('r', 'c', 'l', 't'), HB_TAG_NONE};
    Owned<hb_set_t> touched(hb_set_create());
    for (const hb_tag_t table : {HB_OT_TAG_GSUB, HB_OT_TAG_GPOS}) {
        Owned<hb_set_t> lookups(hb_set_create());
        hb_ot_layout_collect_lookups(face, table, nullptr, nullptr, kOn, lookups.get());
        for (hb_codepoint_t lookup = HB_SET_VALUE_INVALID; hb_set_next(lookups.get(), &lookup);)
            hb_ot_layout_lookup_collect_glyphs(face, table, lookup, nullptr, touched.get(), nullptr, nullptr);
    }
    return touched;
}

} // namespace

struct Typeface::Handles {
    Owned<hb_blob_t> blob;
    Owned<hb_face_t> face;
    Owned<hb_font_t> font;
};

Typeface::Typeface(const std::string& path) : handles_(std::make_unique<Handles>())
{
    handles_->blob.reset(hb_blob_create_from_file_or_fail(path.c_str()));
    if (!handles_->blob) throw Fault(fmt::format("フォントが開けません: {}", path));
    handles_->face.reset(hb_face_create(handles_->blob.get(), 0));
    handles_->font.reset(hb_font_create(handles_->face.get()));
    hb_face_make_immutable(handles_->face.get());
    hb_font_make_immutable(handles_->font.get());
    glyph_count_ = hb_face_get_glyph_count(handles_->face.get());
    units_per_em_ = hb_face_get_upem(handles_->face.get());
    Owned<hb_blob_t> outlines(hb_face_reference_table(handles_->face.get(), HB_TAG('g', 'l', 'y', 'f')));
    if (glyph_count_ == 0 || glyph_count_ > kCids || hb_blob_get_length(outlines.get()) == 0)
        throw Fault(fmt::format("TrueType フォントではありません: {}", path));
    read_metrics();
    number_characters();
    find_plain_characters();
}

Typeface::~Typeface() = default;

void Typeface::read_metrics()
{
    auto* face = handles_->face.get();
    unsigned size = 128;
    char text[128] = {};
    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, text);
    name_.assign(text, size);
    const auto thousandths = [this](int units) { return units * 1000 / static_cast<int>(units_per_em_); };
    hb_font_extents_t extents{};
    hb_font_get_h_extents(handles_->font.get(), &extents);
    metrics_.ascent = thousandths(extents.ascender);
    metrics_.descent = thousandths(extents.descender);
    Owned<hb_blob_t> head(hb_face_reference_table(face, HB_TAG('h', 'e', 'a', 'd')));
    unsigned length = 0;
    const char* data = hb_blob_get_data(head.get(), &length);
    AZK_CHECK(length >= 44);
    for (std::size_t i = 0; i < 4; ++i) { // xMin, yMin, xMax, yMax
        const auto high = static_cast<unsigned char>(data[36 + 2 * i]);
        const auto low = static_cast<unsigned char>(data[37 + 2 * i]);
        metrics_.box[i] = thousandths(static_cast<std::int16_t>(high << 8 | low));
    }
}

void Typeface::give_cid(char32_t c, std::uint16_t glyph)
{
    Cid cid = glyph;
    if (characters_[glyph] != 0) {
        if (characters_.size() == kCids) return; // no number left: the character counts as lacking, and is reported
        cid = static_cast<Cid>(characters_.size());
        characters_.push_back(0);
        glyphs_.push_back(glyph);
        advances_.push_back(advances_[glyph]);
    }
    characters_[cid] = c;
    if (c < 0x10000)
        bmp_[c] = cid;
    else
        beyond_bmp_.emplace(c, cid);
}

void Typeface::number_characters()
{
    bmp_.assign(0x10000, 0);
    characters_.assign(glyph_count_, 0);
    for (std::size_t glyph = 0; glyph < glyph_count_; ++glyph) {
        const auto number = static_cast<hb_codepoint_t>(glyph);
        glyphs_.push_back(static_cast<std::uint16_t>(glyph));
        advances_.push_back(static_cast<std::uint16_t>(hb_font_get_glyph_h_advance(handles_->font.get(), number)));
    }
    Owned<hb_set_t> characters(hb_set_create());
    hb_face_collect_unicodes(handles_->face.get(), characters.get());
    for (const bool second_choice : {false, true}) {
        for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(characters.get(), &c);) {
            hb_codepoint_t glyph = 0;
            if (is_second_choice(c) != second_choice || is_private_use(c) || c < 0x20 || c == text::kNoCharacter)
                continue;
            if (hb_font_get_nominal_glyph(handles_->font.get(), c, &glyph) && glyph != 0)
                give_cid(c, static_cast<std::uint16_t>(glyph));
        }
    }
}

void Typeface::find_plain_characters()
{
    plain_.assign(0x10000, false);
    const auto touched = glyphs_under_default_features(handles_->face.get());
    Owned<hb_blob_t> kerning(hb_face_reference_table(handles_->face.get(), HB_TAG('k', 'e', 'r', 'n')));
    const bool kerned = hb_blob_get_length(kerning.get()) > 0;
    for (char32_t c = 0x20; c < 0x10000; ++c) {
        const Cid cid = bmp_[c];
        const bool alphabetic = c < 0x2000 && !(c >= '0' && c <= '9') && c != ' ';
        plain_[c] =
            cid != 0 && !hb_set_has(touched.get(), glyphs_[cid]) && has_simple_script(c) && !(kerned && alphabetic);
    }
}

bool Typeface::has_variation(char32_t base, char32_t selector) const
{
    hb_codepoint_t glyph = 0;
    return hb_font_get_variation_glyph(handles_->font.get(), base, selector, &glyph) && glyph != 0;
}

void Typeface::find_sequences() const
{
    auto* face = handles_->face.get();
    Owned<hb_set_t> selectors(hb_set_create());
    hb_face_collect_variation_selectors(face, selectors.get());
    for (hb_codepoint_t selector = HB_SET_VALUE_INVALID; hb_set_next(selectors.get(), &selector);) {
        Owned<hb_set_t> bases(hb_set_create());
        hb_face_collect_variation_unicodes(face, selector, bases.get());
        for (hb_codepoint_t base = HB_SET_VALUE_INVALID; hb_set_next(bases.get(), &base);) {
            hb_codepoint_t glyph = 0;
            if (hb_font_get_variation_glyph(handles_->font.get(), base, selector, &glyph) && glyph != 0 &&
                characters_[glyph] == 0)
                sequences_.try_emplace(static_cast<Cid>(glyph), std::u32string{base, selector});
        }
    }
}

std::u32string Typeface::sequence_of(Cid cid) const
{
    std::call_once(sequences_found_, [this] { find_sequences(); });
    const auto found = sequences_.find(cid);
    return found == sequences_.end() ? std::u32string() : found->second;
}

std::vector<PlacedGlyph> Typeface::shape(std::string_view text) const
{
    Owned<hb_buffer_t> buffer(hb_buffer_create());
    const int size = static_cast<int>(text.size());
    hb_buffer_add_utf8(buffer.get(), text.data(), size, 0, size);
    hb_buffer_guess_segment_properties(buffer.get());
    hb_buffer_set_language(buffer.get(), hb_language_from_string("ja", -1));
    hb_shape(handles_->font.get(), buffer.get(), nullptr, 0);
    unsigned count = 0;
    const auto* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
    const auto* positions = hb_buffer_get_glyph_positions(buffer.get(), &count);
    std::vector<PlacedGlyph> placed;
    placed.reserve(count);
    for (unsigned i = 0; i < count; ++i)
        placed.push_back({static_cast<std::uint16_t>(infos[i].codepoint), infos[i].cluster, positions[i].x_advance,
                          positions[i].x_offset, positions[i].y_offset});
    return placed;
}

std::string Typeface::subset(std::span<const std::uint16_t> glyphs) const
{
    Owned<hb_subset_input_t> input(hb_subset_input_create_or_fail());
    AZK_CHECK(input != nullptr);
    for (const auto glyph : glyphs) hb_set_add(hb_subset_input_glyph_set(input.get()), glyph);
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING |
                                               HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    // A font inside a PDF needs outlines and metrics; everything else has been used by now.
    for (const auto* tag : {"GSUB", "GPOS", "GDEF", "cmap", "name", "OS/2", "post", "BASE", "JSTF", "VORG", "vhea",
                            "vmtx", "kern", "DSIG", "mort", "morx", "EBLC", "EBDT", "gasp"})
        hb_set_add(hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG), hb_tag_from_string(tag, -1));
    Owned<hb_face_t> face(hb_subset_or_fail(handles_->face.get(), input.get()));
    if (!face) throw Fault(fmt::format("フォントの部分化に失敗しました: {}", name_));
    Owned<hb_blob_t> blob(hb_face_reference_blob(face.get()));
    unsigned length = 0;
    const char* data = hb_blob_get_data(blob.get(), &length);
    return {data, length};
}

} // namespace azukari::pdf
