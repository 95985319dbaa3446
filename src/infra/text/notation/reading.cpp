#include "infra/text/notation/reading.h"

#include "infra/text/notation/name_folding.h"

#include <algorithm>
#include <array>
#include <optional>

namespace azukari::text {

namespace {

constexpr std::size_t kLongest = 40; // letters of a name
constexpr std::u16string_view kVowels = u"aiueo";

struct Row {
    std::u16string_view consonant;
    std::u16string_view kana; // by vowel a i u e o; '-' where there is none
    bool contracted = false;  // a, u and o with ヤ, ユ and ヨ behind the kana of i (しゃ), large as in folded text
};
constexpr std::array<Row, 32> kRows = {
    {{u"ky", u"-キ---", true}, {u"sh", u"-シ---", true}, {u"sy", u"-シ---", true}, {u"ch", u"-チ---", true},
     {u"ty", u"-チ---", true}, {u"ny", u"-ニ---", true}, {u"hy", u"-ヒ---", true}, {u"my", u"-ミ---", true},
     {u"ry", u"-リ---", true}, {u"gy", u"-ギ---", true}, {u"zy", u"-ジ---", true}, {u"jy", u"-ジ---", true},
     {u"by", u"-ビ---", true}, {u"py", u"-ピ---", true}, {u"ts", u"--ツ--"},       {u"k", u"カキクケコ"},
     {u"s", u"サシスセソ"},    {u"t", u"タチツテト"},    {u"n", u"ナニヌネノ"},    {u"h", u"ハヒフヘホ"},
     {u"m", u"マミムメモ"},    {u"y", u"ヤ-ユ-ヨ"},      {u"r", u"ラリルレロ"},    {u"w", u"ワ---オ"},
     {u"g", u"ガギグゲゴ"},    {u"z", u"ザジズゼゾ"},    {u"j", u"-ジ---", true},  {u"d", u"ダジズデド"},
     {u"b", u"バビブベボ"},    {u"p", u"パピプペポ"},    {u"f", u"--フ--"},        {u"", u"アイウエオ"}}};

struct Syllable {
    std::u16string kana;
    bool may_be_long; // o and u are often written short (Sato, Yuko)
};

// The syllable at `at`, which moves behind it.
std::optional<Syllable> syllable_at(std::u16string_view letters, std::size_t& at)
{
    for (const auto& row : kRows) {
        const auto vowel_at = at + row.consonant.size();
        if (!letters.substr(at).starts_with(row.consonant) || vowel_at >= letters.size()) continue;
        const auto vowel = kVowels.find(letters[vowel_at]);
        if (vowel == kVowels.npos) continue;
        std::u16string kana(1, row.kana[vowel]);
        if (row.contracted && vowel != 1) {
            if (vowel == 3) continue; // she, che: no Japanese name
            kana = {row.kana[1], vowel == 0 ? u'ヤ' : vowel == 2 ? u'ユ' : u'ヨ'};
        }
        if (kana[0] == u'-') continue;
        at = vowel_at + 1;
        return Syllable{kana, vowel == 2 || vowel == 4};
    }
    return std::nullopt;
}

std::optional<std::vector<Syllable>> syllables_of(std::u16string_view letters)
{
    std::vector<Syllable> syllables;
    for (std::size_t at = 0; at < letters.size();) {
        const char16_t c = letters[at];
        const char16_t next = at + 1 < letters.size() ? letters[at + 1] : char16_t{0};
        if (c == u' ') {
            syllables.push_back({u" ", false});
            ++at;
        } else if (auto syllable = syllable_at(letters, at)) {
            const bool oh = at < letters.size() && letters[at] == u'h' && syllable->may_be_long &&
                            (at + 1 == letters.size() || kVowels.find(letters[at + 1]) == kVowels.npos);
            const bool long_already = at < letters.size() && (letters[at] == u'u' || letters[at] == u'o');
            if (oh) { // Satoh, Ohno
                syllable->kana += u'ウ';
                ++at;
            }
            syllable->may_be_long &= !oh && !long_already;
            syllables.push_back(*syllable);
        } else if (c == u'n' || (c == u'm' && (next == u'b' || next == u'p' || next == u'm'))) {
            syllables.push_back({u"ン", false});
            ++at;
        } else if ((c == next && c != 0) || (c == u't' && next == u'c')) { // Hattori, Hatchoubori
            syllables.push_back({u"ツ", false});
            ++at;
        } else {
            return std::nullopt;
        }
    }
    return syllables;
}

void add(std::vector<std::u16string>& spellings, std::u16string spelling)
{
    if (spellings.size() < kMostSpellings && std::ranges::find(spellings, spelling) == spellings.end())
        spellings.push_back(std::move(spelling));
}

char16_t other_length(char16_t before, char16_t kana)
{
    const char16_t vowel = vowel_of(before);
    if (vowel == u'オ') return kana == u'ウ' ? u'オ' : kana == u'オ' ? u'ウ' : char16_t{0};
    if (vowel == u'エ') return kana == u'イ' ? u'エ' : kana == u'エ' ? u'イ' : char16_t{0};
    return 0;
}

} // namespace

std::vector<std::u16string> spellings_of(std::u16string_view folded)
{
    std::vector<std::u16string> spellings{std::u16string(folded)};
    for (std::size_t at = 1; at < folded.size(); ++at) {
        const char16_t other = other_length(folded[at - 1], folded[at]);
        if (other == 0) continue;
        for (std::size_t i = 0, known = spellings.size(); i < known; ++i) {
            auto spelling = spellings[i];
            spelling[at] = other;
            add(spellings, std::move(spelling));
        }
    }
    return spellings;
}

std::vector<std::u16string> readings_of_romaji(std::u16string_view folded)
{
    if (folded.empty() || folded.size() > kLongest) return {};
    const auto syllables = syllables_of(folded);
    if (!syllables) return {};
    std::vector<std::u16string> readings{std::u16string()};
    for (const auto& syllable : *syllables) {
        const auto known = readings.size();
        for (auto& reading : readings) reading += syllable.kana;
        if (!syllable.may_be_long) continue;
        for (std::size_t i = 0; i < known; ++i) add(readings, readings[i] + u'ウ');
    }
    return readings;
}

} // namespace azukari::text
