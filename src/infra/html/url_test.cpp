#include "infra/html/url.h"

#include "base/id.h"

#include <doctest/doctest.h>

using namespace azukari;
using html::Url;
using html::url;

TEST_CASE("addresses that leave the site or run script lead nowhere")
{
    for (const auto* bad :
         {"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
          "data:text/html,x", "vbscript:x", "//evil.example", "/\\evil.example", "/\t/evil.example", "\\\\evil.example",
          "http://evil.example", "ftp://x", "file:///etc/passwd", "", "blob:x", "evil.example", "/a b", "/a\nb"}) {
        CAPTURE(bad);
        CHECK(Url(bad).text() == "#");
    }
}

TEST_CASE("addresses of this site, secure ones, mail and telephone are kept")
{
    for (const auto* good : {"/", "/staff/1?x=1#top", "#errors", "?page=2", "https://www.ppc.go.jp/",
                             "mailto:a@example.jp", "tel:03-0000-0000"}) {
        CAPTURE(good);
        CHECK(Url(good).text() == good);
    }
}

TEST_CASE("parts of an address are encoded, so that a value cannot become a path or a query")
{
    const std::string name = "a/b?c=1&d#é";
    CHECK(url("/files/", name).text() == "/files/a%2Fb%3Fc%3D1%26d%23%C3%A9");
    const EntrustmentId id(IdBytes{1, 2, 3});
    CHECK(url("/entrustments/", id, "/roster").text() == "/entrustments/01020300-0000-0000-0000-000000000000/roster");
    CHECK(url("/list#rows").with("q", "区 内").with("page", 2).text() == "/list?q=%E5%8C%BA%20%E5%86%85&page=2#rows");
}
