#include "infra/pdf/type/font_book.h"

#include "base/check.h"

#include <algorithm>
#include <filesystem>

namespace azukari::pdf {

FontBook::FontBook(const FontPaths& paths)
    : mincho_(paths.mincho),
      gothic_(paths.gothic),
      rare_path_(std::filesystem::exists(paths.rare) ? paths.rare : std::string())
{
}

const Typeface& FontBook::face(Face face) const
{
    if (face == 0) return mincho_;
    if (face == 1) return gothic_;
    AZK_CHECK(face == kRareFace && has_rare_face());
    std::call_once(rare_opened_, [this] { rare_ = std::make_unique<Typeface>(rare_path_); });
    return *rare_;
}

void GlyphUse::add(const GlyphUse& other)
{
    for (std::size_t face = 0; face < kFaces; ++face)
        for (std::size_t cid = 0; cid < used_[face].size(); ++cid) used_[face][cid] |= other.used_[face][cid];
}

bool GlyphUse::any(Face face) const
{
    return std::ranges::find(used_[face], 1) != used_[face].end();
}

std::vector<Cid> GlyphUse::of(Face face) const
{
    std::vector<Cid> cids;
    for (std::size_t cid = 0; cid < used_[face].size(); ++cid)
        if (used_[face][cid]) cids.push_back(static_cast<Cid>(cid));
    return cids;
}

} // namespace azukari::pdf
