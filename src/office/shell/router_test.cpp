#include "office/shell/router.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::office;
using http::Method;

namespace {

Route page(std::string pattern)
{
    return public_get(std::move(pattern), [](const Visit&) { return http::Response{}; });
}

std::string found(const Router& router, std::string_view path, Method method = Method::get)
{
    const auto match = router.find(method, path);
    return match.route != nullptr ? match.route->pattern : "";
}

} // namespace

TEST_CASE("an address leads to one page; fixed words win over parameters")
{
    std::vector<Route> routes;
    for (const auto* pattern :
         {"/", "/staff", "/staff/new", "/staff/{staff}", "/staff/{staff}/edit", "/staff/new/help"})
        routes.push_back(page(pattern));
    const Router router(std::move(routes));
    CHECK(found(router, "/") == "/");
    CHECK(found(router, "/staff/new") == "/staff/new");
    CHECK(found(router, "/staff/7") == "/staff/{staff}");
    CHECK(found(router, "/staff/new/edit") == "/staff/{staff}/edit"); // back from the fixed word to the parameter
    CHECK(router.find(Method::get, "/staff/7/edit").params.get("staff") == "7");
    for (const auto* nowhere : {"", "staff", "//", "/staff/", "/staff//edit", "/staff/7/edit/x", "/other"}) {
        CAPTURE(nowhere);
        CHECK(found(router, nowhere).empty());
        CHECK(router.find(Method::get, nowhere).allowed.empty());
    }
}

TEST_CASE("each address says which methods it takes")
{
    std::vector<Route> routes;
    routes.push_back(page("/staff"));
    routes.push_back(public_post("/staff", [](const Visit&) { return http::Response{}; }));
    routes.push_back(public_post("/only", [](const Visit&) { return http::Response{}; }));
    const Router router(std::move(routes));
    CHECK(router.find(Method::head, "/staff").route == router.find(Method::get, "/staff").route);
    CHECK(router.find(Method::post, "/staff").route != router.find(Method::get, "/staff").route);
    CHECK(router.find(Method::other, "/staff").allowed == "GET, HEAD, POST");
    CHECK(router.find(Method::get, "/only").route == nullptr);
    CHECK(router.find(Method::get, "/only").allowed == "POST");
}
