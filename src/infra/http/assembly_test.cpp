#include "infra/http/assembly.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::http;

namespace {

RawRequest from(std::string peer, std::vector<std::pair<std::string, std::string>> headers)
{
    return {"GET", "/a?b=1", std::move(headers), "", std::move(peer), false};
}

} // namespace

TEST_CASE("what proxies say about the visitor is believed only when we trust the proxy")
{
    const std::vector<std::pair<std::string, std::string>> headers = {
        {"X-Forwarded-For", "10.9.9.9, 192.0.2.7, 10.0.0.2"}, {"X-Forwarded-Proto", "https"}};
    const std::vector<std::string> trusted = {"10.0.0.1", "10.0.0.2"};
    const auto through_ours = assemble(from("10.0.0.1", headers), trusted);
    CHECK(through_ours->remote_address == "192.0.2.7"); // not 10.9.9.9, which the visitor may have written
    CHECK(through_ours->secure);
    const auto directly = assemble(from("203.0.113.5", headers), trusted);
    CHECK(directly->remote_address == "203.0.113.5");
    CHECK_FALSE(directly->secure);
}

TEST_CASE("a request is decoded once: path, query, cookies, form")
{
    RawRequest raw{"POST",
                   "/staff/new?tab=%E5%90%8D%E7%B0%BF",
                   {{"Content-Type", "Application/x-www-form-urlencoded; charset=UTF-8"}, {"COOKIE", "a=1"}},
                   "name=x",
                   "::1",
                   true};
    const auto request = assemble(raw, {});
    REQUIRE(request);
    CHECK(request->method == Method::post);
    CHECK(request->path == "/staff/new");
    CHECK(request->query.get("tab") == "名簿");
    CHECK(request->cookies.get("a") == "1");
    CHECK(request->form.get("name") == "x");
    CHECK(request->secure);
    raw.body = "name=%82";
    CHECK_FALSE(assemble(raw, {}));
}

TEST_CASE("the date is the one of RFC 9110")
{
    CHECK(http_date({784111777LL * 1'000'000}) == "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST_CASE("a value cannot write headers of its own")
{
    const auto response = Response::see_other("/a\r\nSet-Cookie: evil=1");
    const auto head = head_text(response, "D", Framing::length, 0, true);
    CHECK(head.find("\r\nSet-Cookie") == std::string::npos);
    CHECK(head.starts_with("HTTP/1.1 303 See Other\r\nDate: D\r\n"));
    CHECK(head.find("\r\nContent-Length: 0\r\n\r\n") != std::string::npos);
}
