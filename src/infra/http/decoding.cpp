#include "infra/http/decoding.h"

#include <algorithm>
#include <cstdint>

namespace azukari::http {
namespace {

int digit_of(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// The length of the character that begins with `lead`, and the smallest code point that needs it.
struct Shape {
    std::size_t length;
    std::uint32_t smallest;
    std::uint32_t bits;
};
Shape shape_of(unsigned char lead)
{
    if (lead < 0x80) return {1, 0, lead};
    if (lead >= 0xC2 && lead < 0xE0) return {2, 0x80, lead & 0x1FU};
    if (lead >= 0xE0 && lead < 0xF0) return {3, 0x800, lead & 0x0FU};
    if (lead >= 0xF0 && lead < 0xF5) return {4, 0x10000, lead & 0x07U};
    return {0, 0, 0};
}

bool is_control(unsigned char c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool is_cookie_octet(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
}

} // namespace

bool is_utf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto shape = shape_of(static_cast<unsigned char>(text[i]));
        if (shape.length == 0 || i + shape.length > text.size()) return false;
        auto point = shape.bits;
        for (std::size_t j = 1; j < shape.length; ++j) {
            const auto byte = static_cast<unsigned char>(text[i + j]);
            if ((byte & 0xC0) != 0x80) return false;
            point = point << 6 | (byte & 0x3FU);
        }
        if (point < shape.smallest || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return false;
        i += shape.length;
    }
    return true;
}

std::optional<std::string> field_text(std::string text)
{
    if (std::any_of(text.begin(), text.end(), [](char c) { return is_control(static_cast<unsigned char>(c)); }))
        return std::nullopt;
    if (!is_utf8(text)) return std::nullopt;
    // C1 controls (U+0080 to U+009F) are two bytes, C2 80 to C2 9F.
    for (std::size_t i = 0; i + 1 < text.size(); ++i)
        if (text[i] == '\xC2' && static_cast<unsigned char>(text[i + 1]) < 0xA0) return std::nullopt;
    if (text.find('\r') == std::string::npos) return text;
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r')
            out += text[i];
        else if (i + 1 == text.size() || text[i + 1] != '\n')
            out += '\n';
    }
    return out;
}

std::optional<std::string> percent_decode(std::string_view text, Plus plus)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::is_space) {
            out += ' ';
            continue;
        }
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = digit_of(text[i + 1]), low = digit_of(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

std::optional<std::string> decode_path(std::string_view target)
{
    const auto encoded = target.substr(0, target.find('?'));
    if (!encoded.starts_with('/')) return std::nullopt;
    const auto slashes = std::count(encoded.begin(), encoded.end(), '/');
    auto path = percent_decode(encoded, Plus::is_plus);
    if (!path || std::count(path->begin(), path->end(), '/') != slashes) return std::nullopt;
    if (path->find_first_of("\\\n\r\t") != std::string::npos) return std::nullopt;
    path = field_text(std::move(*path));
    if (!path) return std::nullopt;
    const auto marked = *path + "/";
    if (marked.find("/./") != std::string::npos || marked.find("/../") != std::string::npos) return std::nullopt;
    return path;
}

std::optional<Fields> decode_pairs(std::string_view text)
{
    Fields fields;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) continue;
        if (fields.pairs().size() >= kMostFields) return std::nullopt;
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = percent_decode(pair.substr(0, equals), Plus::is_space);
        auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), Plus::is_space);
        if (name) name = field_text(std::move(*name));
        if (value) value = field_text(std::move(*value));
        if (!name || !value) return std::nullopt;
        fields.add(std::move(*name), std::move(*value));
    }
    return fields;
}

Fields decode_cookies(std::string_view header)
{
    constexpr std::size_t kMostCookies = 50;
    Fields cookies;
    while (!header.empty() && cookies.pairs().size() < kMostCookies) {
        const auto end = std::min(header.find(';'), header.size());
        const auto pair = trimmed(header.substr(0, end));
        header.remove_prefix(std::min(end + 1, header.size()));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos || equals == 0) continue;
        const auto name = pair.substr(0, equals), value = pair.substr(equals + 1);
        if (!std::all_of(name.begin(), name.end(), is_cookie_octet)) continue;
        if (!std::all_of(value.begin(), value.end(), is_cookie_octet)) continue;
        cookies.add(std::string(name), std::string(value));
    }
    return cookies;
}

} // namespace azukari::http
