#include "infra/html/url.h"

#include <algorithm>

namespace azukari::html {
namespace {

bool unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

// Browsers drop tabs and line ends inside addresses and read "\" as "/": "/\t/host" would leave this site.
bool deceives(char c)
{
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '\\';
}

bool acceptable(std::string_view text)
{
    if (text.empty() || std::any_of(text.begin(), text.end(), deceives)) return false;
    if (text.front() == '/') return !text.starts_with("//");
    return text.front() == '#' || text.front() == '?' || text.starts_with("https://") || text.starts_with("mailto:") ||
           text.starts_with("tel:");
}

} // namespace

void percent_encode_into(std::string& out, std::string_view text)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    for (const char c : text) {
        if (unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
}

Url::Url(std::string_view text) : text_(acceptable(text) ? text : "#") {}

Url Url::with(std::string_view name, std::string_view value) const
{
    const auto hash = text_.find('#');
    std::string out = text_.substr(0, hash);
    out += out.find('?') == std::string::npos ? '?' : '&';
    percent_encode_into(out, name);
    out += '=';
    percent_encode_into(out, value);
    if (hash != std::string::npos && text_ != "#") out.append(text_, hash);
    return Url(out);
}

} // namespace azukari::html
