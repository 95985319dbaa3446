// How a reading may be spelt: long vowels in their ways (オオノ オウノ), and Latin letters in Hepburn or Kunrei as kana.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azukari::text {

inline constexpr std::size_t kMostSpellings = 16;

// The reading itself first, then with ウ and オ exchanged after an オ sound and イ and エ after an エ sound. At most
// kMostSpellings. `folded` is katakana as NameFolding leaves it.
std::vector<std::u16string> spellings_of(std::u16string_view folded);

// What Latin letters may stand for when they are a Japanese reading (sato: サト サトウ); none when they cannot be.
std::vector<std::u16string> readings_of_romaji(std::u16string_view folded);

} // namespace azukari::text
