#include "party/name_rules.h"

#include "infra/text/utf8.h"

namespace azukari::party {
namespace {

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
    for (std::size_t at = 0; at < name.size();) {
        const auto c = text::next_code_point(name, at);
        if (c == text::kNoCharacter || is_control(c)) return refuse_field(std::string(field), kNameUnprintable);
        visible = visible || !is_blank(c);
        ++characters;
    }
    if (!visible) return refuse_field(std::string(field), kNameMissing);
    if (characters > kMaxName) return refuse_field(std::string(field), kNameTooLong, std::to_string(kMaxName));
    return {};
}

Result<void> check_kana(std::string_view kana, std::string_view field)
{
    AZK_REQUIRE(check_name(kana, field));
    for (std::size_t at = 0; at < kana.size();) {
        const auto c = text::next_code_point(kana, at);
        if (!is_katakana(c) && !is_blank(c)) return refuse_field(std::string(field), kKanaExpected);
    }
    return {};
}

} // namespace azukari::party
