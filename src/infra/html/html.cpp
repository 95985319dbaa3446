#include "infra/html/html.h"

#include <array>

namespace azukari::html {
namespace {

// Bytes that may be copied as they are; everything else is looked at.
constexpr auto kPlain = [] {
    std::array<bool, 256> plain{};
    for (unsigned c = 0; c < 256; ++c) plain[c] = c >= 0x20 && c != 0x7F;
    plain['\t'] = plain['\n'] = plain['\r'] = true;
    for (const char c : {'&', '<', '>', '"', '\''}) plain[static_cast<unsigned char>(c)] = false;
    return plain;
}();

std::string_view replacement(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return {};
    }
}

} // namespace

void escape_into(std::string& out, std::string_view text)
{
    std::size_t copied = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (kPlain[static_cast<unsigned char>(text[i])]) continue;
        out.append(text, copied, i - copied);
        out += replacement(text[i]);
        copied = i + 1;
    }
    out.append(text, copied, text.size() - copied);
}

void Attribute::write_to(std::string& out) const
{
    if (name_.empty()) return;
    out += ' ';
    out += name_;
    out += "=\"";
    escape_into(out, value_);
    out += '"';
}

Attribute cls(std::string_view names)
{
    return {"class", names, !names.empty()};
}

Attribute href(const Url& url)
{
    return {"href", url};
}

Attribute flag(Name name, bool on)
{
    return {name, "", on};
}

Html void_el(Name tag, Attributes attributes)
{
    std::string out;
    detail::open(out, tag.text(), attributes);
    return Html::trusted(std::move(out));
}

namespace detail {

void open(std::string& out, std::string_view tag, Attributes attributes)
{
    out += '<';
    out += tag;
    for (const auto& attribute : attributes) attribute.write_to(out);
    out += '>';
}

void close(std::string& out, std::string_view tag)
{
    out += "</";
    out += tag;
    out += '>';
}

} // namespace detail
} // namespace azukari::html
