#include "infra/text/folding.h"

#include "infra/text/encoding.h"
#include "infra/text/utf8.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace azukari::text {

namespace {

char16_t without_kind(char16_t c)
{
    switch (c) {
    case 0x2010: // hyphen
    case 0x2011: // non-breaking hyphen
    case 0x2012: // figure dash
    case 0x2013: // en dash
    case 0x2014: // em dash
    case 0x2015: // horizontal bar
    case 0x2212: // minus
    case 0x30FC: // prolonged sound mark, often typed for a dash
        return u'-';
    case 0x301C: // wave dash
    case 0x223C: // tilde operator
        return u'~';
    default:
        return c;
    }
}

} // namespace

std::string nfkc(std::string_view utf8)
{
    std::size_t bad = 0;
    if (!is_utf8(utf8, bad)) return {};
    UErrorCode error = U_ZERO_ERROR;
    const auto* form = icu::Normalizer2::getNFKCInstance(error);
    const icu::StringPiece bytes(utf8.data(), static_cast<int32_t>(utf8.size()));
    std::string out;
    return form->normalize(icu::UnicodeString::fromUTF8(bytes), error).toUTF8String(out);
}

std::string comparison_key(std::string_view utf8)
{
    std::size_t bad = 0;
    if (!is_utf8(utf8, bad)) return {};
    UErrorCode error = U_ZERO_ERROR;
    const auto* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(error);
    const auto folded = nfkc->normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size()))), error);
    icu::UnicodeString key;
    for (int32_t i = 0; i < folded.length(); ++i) {
        const char16_t c = folded.charAt(i);
        if (c != u' ' && c != u'\t' && c != 0x3000) key.append(without_kind(c));
    }
    std::string out;
    return key.toUTF8String(out);
}

bool is_blank(std::string_view utf8)
{
    std::size_t bad = 0;
    if (!is_utf8(utf8, bad)) return true;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto c = static_cast<UChar32>(next_code_point(utf8, at));
        if (!u_isUWhiteSpace(c) && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) && !u_iscntrl(c))
            return false;
    }
    return true;
}

} // namespace azukari::text
