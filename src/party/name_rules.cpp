#include "party/name_rules.h"

#include <optional>

namespace azukari::party {
namespace {

// The next character of UTF-8, in the shortest form only; nothing when the text is not UTF-8.
std::optional<char32_t> next_character(std::string_view& text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
    if (length == 0 || text.size() < length) return std::nullopt;
    char32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto trail = static_cast<unsigned char>(text[i]);
        if (trail >> 6 != 0x2) return std::nullopt;
        code = code << 6 | (trail & 0x3FU);
    }
    constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < kSmallest[length] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return std::nullopt;
    text.remove_prefix(length);
    return code;
}

bool is_control(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_blank(char32_t c)
{
    return c == U' ' || c == 0x3000;
}

bool is_katakana(char32_t c)
{
    return (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC || c == 0x30FB;
}

} // namespace

Result<void> check_name(std::string_view name, std::string_view field)
{
    int characters = 0;
    bool visible = false;
    while (!name.empty()) {
        const auto c = next_character(name);
        if (!c || is_control(*c)) return refuse_field(std::string(field), kNameUnprintable);
        visible = visible || !is_blank(*c);
        ++characters;
    }
    if (!visible) return refuse_field(std::string(field), kNameMissing);
    if (characters > kMaxName) return refuse_field(std::string(field), kNameTooLong, std::to_string(kMaxName));
    return {};
}

Result<void> check_kana(std::string_view kana, std::string_view field)
{
    AZK_REQUIRE(check_name(kana, field));
    while (!kana.empty()) {
        const auto c = next_character(kana);
        if (!c || !(is_katakana(*c) || is_blank(*c))) return refuse_field(std::string(field), kKanaExpected);
    }
    return {};
}

} // namespace azukari::party
