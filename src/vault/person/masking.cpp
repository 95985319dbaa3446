#include "vault/person/masking.h"

#include "vault/declared/item_shape.h"

#include <fmt/format.h>

namespace azukari::vault {
namespace {

constexpr std::string_view kRing = "〇", kWideBlank = "　";

std::size_t length_of(char first)
{
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// The first character stays; blanks too, so that family and given name are seen to be two.
std::string first_only(std::string_view text)
{
    std::string out;
    bool first = true;
    for (std::size_t at = 0; at < text.size();) {
        const auto character = text.substr(at, length_of(text[at]));
        at += character.size();
        if (first || character == " " || character == kWideBlank)
            out += character;
        else
            out += kRing;
        first = false;
    }
    return out;
}

// The last four digits stay, and the dashes.
std::string last_four(std::string_view text)
{
    std::string out;
    int digits = 0;
    for (auto at = text.size(); at-- > 0;) {
        const bool digit = text[at] >= '0' && text[at] <= '9';
        if (digit && ++digits > 4)
            out.insert(0, "*");
        else
            out.insert(0, 1, text[at]);
    }
    return out;
}

} // namespace

std::string masked(std::string_view item_code, std::string_view value)
{
    if (value.empty()) return {};
    switch (shape_of(item_code)) {
    case Shape::name:
    case Shape::kana:
        return first_only(value);
    case Shape::telephone:
        return last_four(value);
    case Shape::day:
        return value.size() == 10 ? fmt::format("{}-〇〇-〇〇", value.substr(0, 4)) : "〇〇〇";
    case Shape::email: {
        const auto at = value.find('@');
        if (at == std::string_view::npos) return "〇〇〇";
        return fmt::format("{}***{}", value.substr(0, 1), value.substr(at));
    }
    default:
        return "〇〇〇";
    }
}

} // namespace azukari::vault
