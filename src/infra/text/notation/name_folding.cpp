#include "infra/text/notation/name_folding.h"

#include "base/check.h"
#include "infra/text/utf8.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace azukari::text {

namespace {

// What stands in the table instead of a character.
constexpr char16_t kDrop = 0;
constexpr char16_t kSeveral = 1;
constexpr char16_t kSpace = u' ';
constexpr char16_t kDash = u'-';
constexpr char16_t kRepeat = u'々';
constexpr char16_t kVoiced = 0x3099, kHalfVoiced = 0x309A; // combining

constexpr std::u16string_view kKana =
    u"ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘ"
    u"ベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶ";
constexpr std::u16string_view kSound =
    u"アアイイウウエエオオカガキギクグケゲコゴサザシジスズセゼソゾタダチジツツズテデトドナニヌネノハバパヒビピフブプヘ"
    u"ベペホボポマミムメモヤヤユユヨヨラリルレロワワイエオンブカケ";
constexpr std::u16string_view kVowels =
    u"アアイイウウエエオオアアイイウウエエオオアアイイウウエエオオアアイイウウウエエオオアイウエオアアアイイイウウウエ"
    u"エエオオオアイウエオアアウウオオアイウエオアアイエオ0ウアエ";
static_assert(kKana.size() == kSound.size() && kKana.size() == 86 && kKana.size() == kVowels.size());

constexpr std::u16string_view kVoiceable = u"カキクケコサシスセソタチツテトハヒフヘホウ";
constexpr std::u16string_view kVoicedForm = u"ガギグゲゴザジズゼゾダジズデドバビブベボブ";
constexpr std::u16string_view kHalfVoiceable = u"ハヒフヘホ";
constexpr std::u16string_view kHalfVoicedForm = u"パピプペポ";

char16_t sound_of(char16_t katakana)
{
    const auto at = kKana.find(katakana);
    return at == kKana.npos ? katakana : kSound[at];
}

char16_t voiced(char16_t kana, char16_t mark)
{
    const auto& from = mark == kVoiced ? kVoiceable : kHalfVoiceable;
    const auto at = from.find(kana);
    return at == from.npos ? kana : (mark == kVoiced ? kVoicedForm : kHalfVoicedForm)[at];
}

bool is_dash(char32_t c)
{
    return c == u'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2500 || c == 0x2501 || c == 0x3161 ||
           c == u'ー' || c == u'~' || c == 0x301C || c == 0x223C;
}

// Latin letters with a stroke, which Unicode does not decompose into a letter and a mark.
char16_t without_stroke(char32_t c)
{
    switch (c) {
    case u'đ':
        return u'd';
    case u'ø':
        return u'o';
    case u'ł':
        return u'l';
    case u'ħ':
        return u'h';
    case u'ı':
        return u'i';
    default:
        return 0;
    }
}

bool is_dropped(char32_t c)
{
    // Variation selectors, joiners, apostrophes within a name (O'Brien, N'Diaye).
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || (c >= 0x200B && c <= 0x200D) ||
           c == 0xFEFF || c == u'\'' || c == 0x2019 || c == 0x02BC;
}

} // namespace

// Writes folded units one by one; looks back at what stands there already.
class NameFolding::Writer {
public:
    explicit Writer(std::u16string& out) : out_(out), begin_(out.size()) {}

    void write(char16_t unit, bool digit_follows)
    {
        switch (unit) {
        case kSpace:
            space_ = true;
            return;
        case kDash:
            dash(digit_follows);
            return;
        case kRepeat:
            plain(last() != 0 && !space_ && is_kanji(last()) ? last() : kRepeat);
            return;
        case kVoiced:
        case kHalfVoiced:
            if (last() != 0) out_.back() = voiced(last(), unit);
            return;
        default:
            plain(unit);
        }
    }

private:
    char16_t last() const { return out_.size() > begin_ ? out_.back() : char16_t{0}; }

    // A dash after kana lengthens it, as people type it; before a digit it parts numbers.
    void dash(bool digit_follows)
    {
        const bool after_kana = !space_ && is_katakana(last());
        if (after_kana && !digit_follows) {
            const char16_t vowel = vowel_of(last());
            if (vowel != 0) out_ += vowel == u'エ' ? u'イ' : vowel == u'オ' ? u'ウ' : vowel;
        } else {
            plain(kDash);
        }
    }

    void plain(char16_t unit)
    {
        if (space_ && out_.size() > begin_) out_ += kSpace;
        space_ = false;
        const auto size = out_.size() - begin_;
        if (size >= 2 && is_kanji(unit) && last() == u'ガ' && is_kanji(out_[out_.size() - 2])) out_.back() = u'ケ';
        out_ += unit;
    }

    std::u16string& out_;
    std::size_t begin_;
    bool space_ = false;
};

NameFolding::NameFolding(const KanjiVariants& variants) : single_(0x10000, kDrop)
{
    UErrorCode error = U_ZERO_ERROR;
    const auto* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(error);
    const auto* nfd = icu::Normalizer2::getNFDInstance(error);
    AZK_CHECK(U_SUCCESS(error));
    for (char32_t c = 0x20; c < 0x2FA20; ++c) {
        if (c == 0x10000) c = 0x2F800; // beyond the BMP, only the compatibility ideographs
        const bool itself = (c >= 0x3400 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7A4) || (c >= 0xE000 && c < 0xF900);
        if (itself) single_[c] = static_cast<char16_t>(c);
        if (itself || (c >= 0xD800 && c < 0xE000) || is_dropped(c)) continue;
        const auto source = icu::UnicodeString(static_cast<UChar32>(c));
        std::u16string form;
        const auto folded = nfkc->normalize(source, error);
        const bool kana =
            c == kVoiced || c == kHalfVoiced || (c >= 0x3041 && c < 0x3100) || (c >= 0xFF65 && c < 0xFFA0);
        const auto parts = kana ? folded : nfd->normalize(folded, error);
        for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
            auto part = static_cast<char32_t>(parts.char32At(i));
            const auto category = u_charType(static_cast<UChar32>(part));
            if (part >= 0x3041 && part <= 0x3096) part += 0x60;
            if (part == kVoiced || part == kHalfVoiced || part == kRepeat)
                form += char16_t(part);
            else if (is_dash(part))
                form += kDash;
            else if (without_stroke(part) != 0)
                form += without_stroke(part);
            else if (category == U_NON_SPACING_MARK || category == U_FORMAT_CHAR || category == U_CONTROL_CHAR)
                continue;
            else if (!u_isalnum(static_cast<UChar32>(part)))
                form += kSpace;
            else if (part < 0x10000)
                form += sound_of(static_cast<char16_t>(part));
            else
                form += {static_cast<char16_t>(0xD7C0 + (part >> 10)), static_cast<char16_t>(0xDC00 | (part & 0x3FF))};
        }
        learn(c, form);
    }
    AZK_CHECK(U_SUCCESS(error));
    for (const auto* blank : {u"\t", u"\n", u"\r"}) single_[blank[0]] = kSpace;
    single_[u'゛'] = kVoiced;
    single_[u'゜'] = kHalfVoiced;
    single_[u'〇'] = u'〇'; // a number by its category, a character of names by use
    for (const auto& [form, first] : variants.same()) {
        std::string utf8;
        append_utf8(utf8, first);
        learn(form, fold(utf8));
    }
    for (const auto& [form, first] : variants.near())
        if (form < 0x10000 && first < 0x10000) near_[char16_t(form)] = char16_t(first);
}

void NameFolding::learn(char32_t c, std::u16string_view form)
{
    if (c < 0x10000) single_[c] = form.empty() ? kDrop : form.size() == 1 ? form[0] : kSeveral;
    if (c >= 0x10000 || form.size() > 1) several_[c] = form;
}

std::u16string NameFolding::fold(std::string_view utf8) const
{
    std::u16string out;
    fold_into(out, utf8);
    return out;
}

void NameFolding::fold_into(std::u16string& out, std::string_view utf8) const
{
    Writer writer(out);
    const auto digit_at = [&](std::size_t at) {
        if (at >= utf8.size()) return false;
        const char32_t next = next_code_point(utf8, at);
        return (next >= U'0' && next <= U'9') || (next >= U'０' && next <= U'９');
    };
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t c = next_code_point(utf8, at);
        if (c == kNoCharacter) continue;
        const char16_t unit = c < 0x10000 ? single_[c] : kSeveral;
        if (unit == kDrop) continue;
        if (unit != kSeveral) {
            writer.write(unit, unit == kDash && digit_at(at));
            continue;
        }
        const auto form = several_.find(c);
        if (form != several_.end()) {
            for (const char16_t part : form->second) writer.write(part, false);
        } else if (!is_dropped(c)) {
            writer.write(static_cast<char16_t>(0xD7C0 + (c >> 10)), false);
            writer.write(static_cast<char16_t>(0xDC00 | (c & 0x3FF)), false);
        }
    }
}

std::u16string NameFolding::fold_name(std::string_view utf8) const
{
    auto folded = fold(utf8);
    std::u16string name;
    for (const char16_t c : folded) {
        const char16_t unit = c == kDash ? kSpace : c;
        if (unit != kSpace || (!name.empty() && name.back() != kSpace)) name += unit;
    }
    if (!name.empty() && name.back() == kSpace) name.pop_back();
    return name;
}

std::u16string NameFolding::near(std::u16string_view folded) const
{
    std::u16string out(folded);
    for (auto& c : out)
        if (const auto found = near_.find(c); found != near_.end()) c = found->second;
    return out;
}

std::vector<std::u16string> NameFolding::near_spellings(std::u16string_view folded) const
{
    constexpr std::size_t kMost = 17;
    std::vector<std::u16string> spellings{std::u16string(folded)};
    for (std::size_t at = 0; at < folded.size(); ++at) {
        const auto first = near_.find(folded[at]);
        const char16_t head = first == near_.end() ? folded[at] : first->second;
        std::u16string others(head == folded[at] ? 0 : 1, head);
        for (const auto& [form, of] : near_)
            if (of == head && form != folded[at]) others += form;
        for (std::size_t i = 0, known = spellings.size(); i < known; ++i)
            for (const char16_t other : others) {
                if (spellings.size() >= kMost) break;
                spellings.push_back(spellings[i]);
                spellings.back()[at] = other;
            }
    }
    spellings.erase(spellings.begin());
    return spellings;
}

bool is_katakana(char16_t c)
{
    return c >= u'ァ' && c <= u'ヶ';
}

bool is_kanji(char16_t c)
{
    return (c >= 0x3400 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) || (c >= 0xD800 && c < 0xE000) || c == u'々';
}

char16_t vowel_of(char16_t katakana)
{
    const auto at = kKana.find(katakana);
    const char16_t vowel = at == kKana.npos ? u'0' : kVowels[at];
    return vowel == u'0' ? char16_t{0} : vowel;
}

std::u16string without_spaces(std::u16string_view folded)
{
    std::u16string out;
    for (const char16_t c : folded)
        if (c != kSpace) out += c;
    return out;
}

} // namespace azukari::text
