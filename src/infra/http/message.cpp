#include "infra/http/message.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::http {
namespace {

// RFC 8187: attr-char stays, every other byte of the UTF-8 text is percent-encoded.
std::string extended_value(std::string_view text)
{
    constexpr std::string_view kAlso = "!#$&+-.^_`|~", kDigits = "0123456789ABCDEF";
    std::string out = "UTF-8''";
    for (const char c : text) {
        const bool alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (alnum || kAlso.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

// For browsers that know only the quoted form: what is not plain ASCII becomes "_"; a name of which nothing is left
// becomes what the file is, "paper.pdf" or "file.csv".
std::string ascii_name(std::string_view name)
{
    const auto stem = name.substr(0, name.rfind('.'));
    const auto tells = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    std::string out;
    if (std::none_of(stem.begin(), stem.end(), tells)) {
        name.remove_prefix(stem.size());
        out = name == ".pdf" ? "paper" : "file";
    }
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) == 0x80) continue; // the rest of a character that is already one "_"
        out += byte < 0x20 || byte > 0x7E || c == '"' || c == '\\' || c == '/' || c == '%' ? '_' : c;
    }
    return out;
}

Response attachment(std::string_view name, std::string type)
{
    Response response;
    response.type = std::move(type);
    response.set("Content-Disposition",
                 fmt::format("attachment; filename=\"{}\"; filename*={}", ascii_name(name), extended_value(name)));
    return response;
}

} // namespace

std::string_view Fields::get(std::string_view name) const
{
    for (const auto& [key, value] : pairs_)
        if (key == name) return value;
    return {};
}

bool Fields::has(std::string_view name) const
{
    return std::any_of(pairs_.begin(), pairs_.end(), [&](const auto& pair) { return pair.first == name; });
}

std::vector<std::string_view> Fields::all(std::string_view name) const
{
    std::vector<std::string_view> values;
    for (const auto& [key, value] : pairs_)
        if (key == name) values.push_back(value);
    return values;
}

Response Response::see_other(std::string location, std::string notice)
{
    Response response;
    response.status = 303;
    response.set("Location", std::move(location));
    response.notice = std::move(notice);
    return response;
}

Response Response::text(int status, std::string text)
{
    Response response;
    response.status = status;
    response.type = "text/plain; charset=utf-8";
    response.body = std::move(text);
    return response;
}

Response Response::download(std::string_view name, std::string type, std::string content)
{
    auto response = attachment(name, std::move(type));
    response.body = std::move(content);
    return response;
}

Response Response::download(std::string_view name, std::string type, BodySource source)
{
    auto response = attachment(name, std::move(type));
    response.source = std::move(source);
    return response;
}

std::string_view reason_of(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 422:
        return "Unprocessable Content";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 507:
        return "Insufficient Storage";
    default:
        return status < 400 ? "OK" : "Error";
    }
}

std::string cookie_name(bool secure, std::string_view name)
{
    return fmt::format("{}{}", secure ? "__Host-azukari-" : "azukari-", name);
}

std::string_view cookie(const Request& request, std::string_view name)
{
    return request.cookies.get(cookie_name(request.secure, name));
}

void set_cookie(Response& response, bool secure, std::string_view name, std::string_view value,
                std::optional<std::int64_t> max_age_seconds)
{
    auto text = fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict", cookie_name(secure, name), value);
    if (max_age_seconds) text += fmt::format("; Max-Age={}", *max_age_seconds);
    if (secure) text += "; Secure";
    response.set("Set-Cookie", std::move(text));
}

void drop_cookie(Response& response, bool secure, std::string_view name)
{
    set_cookie(response, secure, name, "", 0);
}

} // namespace azukari::http
