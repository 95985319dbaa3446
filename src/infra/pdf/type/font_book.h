// The fonts a process prints with: Mincho for text, Gothic for headings and emphasis, and a third
// with rare characters that stands in when the first two lack one. Opened once, shared by all
// threads.
#pragma once

#include "infra/pdf/type/typeface.h"

#include <array>
#include <mutex>

namespace azukari::pdf {

enum class Style : std::uint8_t { mincho, gothic };

struct FontPaths { // where Debian's fonts-ipaexfont and fonts-ipamj-mincho put them
    std::string mincho = "/usr/share/fonts/opentype/ipaexfont-mincho/ipaexm.ttf";
    std::string gothic = "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf";
    std::string rare = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf"; // may be absent
};

using Face = std::uint8_t; // 0 Mincho, 1 Gothic, 2 rare characters
inline constexpr Face kRareFace = 2;
inline constexpr std::size_t kFaces = 3;

inline Face face_of(Style style)
{
    return style == Style::mincho ? 0 : 1;
}

class FontBook {
public:
    // Throws Fault when Mincho or Gothic is missing.
    explicit FontBook(const FontPaths& paths = {});

    const Typeface& face(Face face) const; // opens the rare face when it is first asked for
    bool has_rare_face() const { return !rare_path_.empty(); }

private:
    Typeface mincho_, gothic_;
    std::string rare_path_;
    mutable std::once_flag rare_opened_;
    mutable std::unique_ptr<Typeface> rare_;
};

// Which characters of which face a paper uses: what its embedded fonts must hold.
class GlyphUse {
public:
    void mark(Face face, Cid cid) { used_[face][cid] = 1; }
    void add(const GlyphUse& other);
    bool any(Face face) const;
    std::vector<Cid> of(Face face) const; // ascending

private:
    using Flags = std::vector<std::uint8_t>;
    std::array<Flags, kFaces> used_{Flags(65536), Flags(65536), Flags(65536)};
};

} // namespace azukari::pdf
