// One font file: which characters it holds, how wide each is, and how HarfBuzz sets a run of them.
//
// Inside a PDF a glyph goes by its CID. A character's CID is its glyph number, except that a second
// character drawn by the same glyph (〜 and ～, 文 and the radical ⽂) gets a CID of its own above
// the last glyph: so each CID stands for exactly one character, and copied text is what was
// printed. The numbering depends on the font file alone.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace azukari::pdf {

using Cid = std::uint16_t;

struct PlacedGlyph {
    std::uint16_t glyph;
    std::uint32_t text_begin;                 // byte offset of its cluster in the shaped text
    std::int32_t advance, x_offset, y_offset; // font units
};

class Typeface {
public:
    // Throws Fault when the file is absent or holds no TrueType outlines. Thread-safe afterwards.
    explicit Typeface(const std::string& path);
    ~Typeface();
    Typeface(const Typeface&) = delete;
    Typeface& operator=(const Typeface&) = delete;

    // 0 when the font lacks the character. Private-use characters are always lacking: what they
    // look like is an agreement between two systems, never a property of a font found on this
    // machine.
    Cid cid_of(char32_t c) const
    {
        if (c < 0x10000) [[likely]]
            return bmp_[c];
        const auto found = beyond_bmp_.find(c);
        return found == beyond_bmp_.end() ? Cid{0} : found->second;
    }
    // True when no default feature of the font touches the character: then a string of such
    // characters is simply their glyphs side by side, and HarfBuzz would say the same.
    bool is_plain(char32_t c) const { return c < 0x10000 && plain_[c]; }
    bool has_variation(char32_t base, char32_t selector) const;

    std::uint16_t advance_of(Cid cid) const { return advances_[cid]; } // font units
    std::uint16_t glyph_of(Cid cid) const { return glyphs_[cid]; }
    char32_t character_of(Cid cid) const { return characters_[cid]; } // 0: none of its own
    // Of a glyph without a character of its own: the variation sequence (IVS) it is the shape of.
    // Empty when there is none; of several, the first.
    std::u32string sequence_of(Cid cid) const;
    unsigned units_per_em() const { return units_per_em_; }
    std::size_t glyph_count() const { return glyph_count_; }

    std::vector<PlacedGlyph> shape(std::string_view text) const;
    // A TrueType file with the outlines of these glyphs only, their numbers kept.
    std::string subset(std::span<const std::uint16_t> glyphs) const;

    const std::string& postscript_name() const { return name_; }
    struct Metrics {
        int ascent, descent, box[4]; // thousandths of an em
    };
    const Metrics& metrics() const { return metrics_; }

private:
    struct Handles;
    void number_characters();
    void give_cid(char32_t c, std::uint16_t glyph);
    void find_plain_characters();
    void find_sequences() const;
    void read_metrics();

    std::unique_ptr<Handles> handles_;
    std::string name_;
    Metrics metrics_{};
    unsigned units_per_em_ = 1000;
    std::size_t glyph_count_ = 0;
    std::vector<Cid> bmp_;
    std::vector<bool> plain_;
    std::unordered_map<char32_t, Cid> beyond_bmp_;
    std::vector<std::uint16_t> advances_, glyphs_; // by CID
    std::vector<char32_t> characters_;             // by CID
    mutable std::once_flag sequences_found_;       // by the first that asks: few papers hold one
    mutable std::unordered_map<Cid, std::u32string> sequences_;
};

} // namespace azukari::pdf
