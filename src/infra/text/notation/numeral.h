// Numbers as people write them in Japanese text: ASCII or full-width digits, kanji digits one by one (一九六五), kanji
// numerals with 十百千 (六十四), circled digits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace azukari::text {

// Full width made ASCII, every kind of dash (and ー) made '-', the ideographic space made a space. Anything else is
// itself.
char32_t plain_character(char32_t c);
std::u32string plain_characters(std::string_view utf8);

// 0 to 9 for an ASCII or full-width digit, 〇, 零, 一 to 九 and the forms of deeds (壱 弐 参); else nothing.
std::optional<int> digit_value(char32_t c);
bool is_kanji_numeral(char32_t c); // a kanji digit, 十, 百 or 千

// Reads the number at `at`, which moves behind it; nothing when none stands there or it exceeds 99,999,999. ASCII and
// kanji digits are not mixed in one number.
std::optional<std::int32_t> number_at(std::u32string_view text, std::size_t& at);
std::optional<std::int32_t> number_at(std::u16string_view text, std::size_t& at);

} // namespace azukari::text
