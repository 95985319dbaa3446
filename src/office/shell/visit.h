// One request by one person, and the routes that answer it. A route names its guard; the dispatcher asks decide() before
// the handler runs, so a handler that runs has a Scope.
#pragma once

#include "access/scope.h"
#include "access/session.h"
#include "base/instant.h"
#include "infra/html/html.h"
#include "infra/http/message.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::office {

struct Visit {
    const http::Request& request;
    Moment moment;
    const access::Session* session; // nullptr when nobody is signed in
    std::string csrf;               // goes into every form by form()
    std::string flash;              // one message carried over a redirect
};

using PublicHandler = std::function<http::Response(const Visit&)>;
using Handler = std::function<http::Response(const Visit&, const access::Scope&)>;

struct Route {
    http::Method method;
    std::string pattern;           // "/entrustments/{entrustment}/roster"; {entrustment} makes the decision about that one
    const access::Action* guard;   // nullptr: open to everybody (sign-in, styles); such routes are listed in a test
    Handler handle;                // when guarded
    PublicHandler handle_public{}; // when not
};

inline Route get(std::string pattern, const access::Action& guard, Handler handle)
{
    return {http::Method::get, std::move(pattern), &guard, std::move(handle)};
}
inline Route post(std::string pattern, const access::Action& guard, Handler handle)
{
    return {http::Method::post, std::move(pattern), &guard, std::move(handle)};
}

} // namespace azukari::office
