#include "office/shell/headers.h"

#include <algorithm>

namespace azukari::office {

void protect(http::Response& response, bool secure)
{
    static constexpr std::pair<const char*, const char*> kAlways[] = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
         "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        // Not no-referrer: with it browsers send "Origin: null" for our own forms.
        {"Referrer-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"},
        {"X-Frame-Options", "DENY"},
    };
    auto& headers = response.headers;
    const auto has = [&](std::string_view name) {
        return std::any_of(headers.begin(), headers.end(), [&](const auto& header) { return header.first == name; });
    };
    const bool cached = has("Cache-Control");
    // A page that needs the camera says so itself; nothing else is a page's own to say.
    const bool permits = has("Permissions-Policy");
    headers.reserve(headers.size() + std::size(kAlways) + 2);
    for (const auto& [name, value] : kAlways)
        if (!permits || std::string_view(name) != "Permissions-Policy") headers.emplace_back(name, value);
    if (!cached) headers.emplace_back("Cache-Control", "no-store");
    if (secure) headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
}

bool comes_from_here(const http::Request& request)
{
    const auto site = request.headers.get("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return false;
    if (!request.headers.has("origin")) return true;
    const auto origin = request.headers.get("origin");
    const std::string_view scheme = request.secure ? "https://" : "http://";
    return origin.starts_with(scheme) && origin.substr(scheme.size()) == request.headers.get("host");
}

} // namespace azukari::office
