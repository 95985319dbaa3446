// One request by one person, and the routes that answer it. A route names its guard; the dispatcher asks for a decision
// before the handler runs, so a handler that runs has a Scope.
#pragma once

#include "access/policy.h"
#include "access/session.h"
#include "base/instant.h"
#include "infra/http/message.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::access {
class Scope;
}

namespace azukari::office {

// One line of the navigation; people whose role may not do `guard` do not see it.
struct MenuEntry {
    std::string label;
    std::string path;
    const access::Action* guard;
};

struct Visit {
    const http::Request& request;
    Moment moment;
    const access::Session* session = nullptr; // nullptr when nobody is signed in
    std::string csrf{};                       // goes into every form by post_form()
    std::string notice{};                     // one sentence carried over a redirect
    std::span<const MenuEntry> menu{};
};

using PublicHandler = std::function<http::Response(const Visit&)>;
using Handler = std::function<http::Response(const Visit&, const access::Scope&)>;

inline constexpr std::uint64_t kFormBytes = 1U << 20;
inline constexpr std::uint64_t kUploadBytes = 64U << 20; // of all files of a form together

struct Route {
    http::Method method;
    std::string pattern; // "/entrustments/{entrustment}/roster"; {entrustment} makes the decision about that one
    const access::Action* guard;   // nullptr: open to everybody (sign-in, styles); such routes are listed in a test
    Handler handle;                // when guarded
    PublicHandler handle_public{}; // when not
    std::uint64_t body_limit = kFormBytes;
    // Shows the form again to whoever sent more than that (Request::too_large): nothing they typed is lost. Without
    // it, a page says that it was too large.
    Handler handle_too_large{};
};

inline Route get(std::string pattern, const access::Action& guard, Handler handle)
{
    return {http::Method::get, std::move(pattern), &guard, std::move(handle)};
}
inline Route post(std::string pattern, const access::Action& guard, Handler handle)
{
    return {http::Method::post, std::move(pattern), &guard, std::move(handle)};
}
// A post that may carry files, of so many bytes together. Its form puts them after what is typed.
inline Route upload(std::string pattern, const access::Action& guard, Handler handle, Handler handle_too_large,
                    std::uint64_t file_bytes = kUploadBytes)
{
    return {http::Method::post,      std::move(pattern),         &guard, std::move(handle), {},
            file_bytes + kFormBytes, std::move(handle_too_large)};
}
inline Route public_get(std::string pattern, PublicHandler handle)
{
    return {http::Method::get, std::move(pattern), nullptr, {}, std::move(handle)};
}
inline Route public_post(std::string pattern, PublicHandler handle)
{
    return {http::Method::post, std::move(pattern), nullptr, {}, std::move(handle)};
}

} // namespace azukari::office
