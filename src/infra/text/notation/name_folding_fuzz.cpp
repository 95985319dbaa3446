// Whatever is typed, folding gives text that folds to itself, without marks, and no reader of it stumbles.
#include "infra/text/notation/name_folding.h"
#include "infra/text/notation/reading.h"

#include "base/check.h"
#include "infra/text/definition_file.h"

#include <algorithm>

using namespace azukari::text;

namespace {

std::string as_utf8(std::u16string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char32_t c = text[i];
        if (c >= 0xD800 && c < 0xDC00 && i + 1 < text.size())
            c = 0x10000 + ((c - 0xD800) << 10) + (text[++i] - 0xDC00U);
        for (const int shift : {18, 12, 6, 0}) {
            const int width = c < 0x80 ? 0 : c < 0x800 ? 6 : c < 0x10000 ? 12 : 18;
            if (shift > width) continue;
            const char32_t lead = width == 0 ? 0 : width == 6 ? 0xC0 : width == 12 ? 0xE0 : 0xF0;
            out += static_cast<char>(shift == width ? lead | c >> shift : 0x80 | (c >> shift & 0x3F));
        }
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const NameFolding folding(
        KanjiVariants::of(Definition::parse("same = ['高髙', '吉𠮷']\nnear = ['斎斉']", "table").value()).value());
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto name = folding.fold_name(text);
    AZK_CHECK(name.find(u"  ") == name.npos && !name.starts_with(u' ') && !name.ends_with(u' '));
    AZK_CHECK(name.find(u'髙') == name.npos && name.find(u'ー') == name.npos);
    AZK_CHECK(folding.near(name).size() == name.size());
    AZK_CHECK(folding.fold_name(as_utf8(name)) == name);
    const auto spellings = spellings_of(name);
    AZK_CHECK(spellings.front() == name && spellings.size() <= kMostSpellings);
    AZK_CHECK(readings_of_romaji(name).size() <= kMostSpellings);
    return 0;
}
