// One form for all the ways in which people write a name or a town: kana of any kind and width, forms of a kanji, Latin
// letters of any case and with any marks. Only ever compared: what was written stays what is stored and printed.
#pragma once

#include "infra/text/notation/kanji_variants.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace azukari::text {

// Folded text is UTF-16, so that all but the rarest characters are one unit: words parted by one space, kana in large
// katakana, no marks. Variation sequences are dropped.
class NameFolding {
public:
    explicit NameFolding(const KanjiVariants& variants);

    // NFKC, case and marks of Latin letters; hiragana, half width and small kana to large katakana; ヂヅヲヰヱヴ to the kana
    // they sound like; ー to the vowel it lengthens; 々 to the kanji it repeats; ガ and ヶ between kanji to ケ (鬼ヶ島,
    // 霞が関); forms of a kanji to one. Malformed bytes are dropped. Every kind of dash that lengthens nothing is '-';
    // all other punctuation parts words.
    std::u16string fold(std::string_view utf8) const;
    void fold_into(std::u16string& out, std::string_view utf8) const;
    // The same for a name, in which a dash parts words too.
    std::u16string fold_name(std::string_view utf8) const;

    // Folded text in which characters that are often mistaken for one another (斎 斉) are one.
    std::u16string near(std::u16string_view folded) const;
    // The folded text with each such character in its place, itself left out; at most sixteen.
    std::vector<std::u16string> near_spellings(std::u16string_view folded) const;

private:
    class Writer;
    void learn(char32_t c, std::u16string_view form);

    std::vector<char16_t> single_; // by BMP character: its folded unit, or a mark of what to do
    std::unordered_map<char32_t, std::u16string> several_;
    std::unordered_map<char16_t, char16_t> near_;
};

bool is_katakana(char16_t c);
bool is_kanji(char16_t c); // a unified ideograph of the BMP, or half of one beyond
// The vowel a large katakana ends in (ア イ ウ エ オ), or 0 for ン and what is no kana.
char16_t vowel_of(char16_t katakana);

std::u16string without_spaces(std::u16string_view folded);

} // namespace azukari::text
