#include "infra/http/decoding.h"

#include "base/bytes.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::http;

TEST_CASE("text is UTF-8 or it is refused")
{
    for (const auto* good : {"", "abc", "預かり", "𠮷野家", "\xF4\x8F\xBF\xBF"}) CHECK(is_utf8(good));
    for (const auto* bad : {"\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
                            "\xE3\x81", "\x82\xA0" /* CP932 */})
        CHECK_FALSE(is_utf8(bad));
}

TEST_CASE("a form is read pair by pair, in order, names may repeat")
{
    const auto form = decode_pairs("name=%E8%A6%8B%E6%9C%AC+%E5%A4%AA%E9%83%8E&item=a&item=b&empty=&alone&a=1%2B1%3D2");
    REQUIRE(form);
    CHECK(form->get("name") == "見本 太郎");
    CHECK(form->all("item") == std::vector<std::string_view>{"a", "b"});
    CHECK(form->has("empty"));
    CHECK(form->has("alone"));
    CHECK(form->get("a") == "1+1=2");
}

TEST_CASE("a form with control characters, broken escapes or another encoding is refused whole")
{
    for (const auto* bad : {"a=%", "a=%4", "a=%zz", "a=%00", "a=%1B", "a=%7F", "a=%C2%85", "a=%82%A0", "%00=a"}) {
        CAPTURE(bad);
        CHECK_FALSE(decode_pairs(bad));
    }
    std::string many;
    for (std::size_t i = 0; i <= kMostFields; ++i) many += "a&";
    CHECK_FALSE(decode_pairs(many));
}

TEST_CASE("line ends of a text area arrive as one kind")
{
    CHECK(decode_pairs("note=a%0D%0Ab%0Ac%0Dd")->get("note") == "a\nb\nc\nd");
}

TEST_CASE("a page has one address: no dots, no encoded slashes, no deceiving characters")
{
    CHECK(decode_path("/entrustments/1?x=/../").value() == "/entrustments/1");
    CHECK(decode_path("/%E5%A7%94%E8%A8%97").value() == "/委託");
    CHECK(decode_path("/a+b").value() == "/a+b");
    for (const auto* bad : {"", "x", "http://host/", "*", "/../etc", "/a/..", "/a/./b", "/%2e%2e/b", "/a%2Fb", "/a%5Cb",
                            "/a%00", "/a%0Ab", "/%FF"}) {
        CAPTURE(bad);
        CHECK_FALSE(decode_path(bad));
    }
}

TEST_CASE("cookies that are not well formed are left out, the others stay")
{
    const auto cookies = decode_cookies("azukari-session=abc;bad value=1; =x; other; q=\"1\"; last=9");
    CHECK(cookies.pairs().size() == 2);
    CHECK(cookies.get("azukari-session") == "abc");
    CHECK(cookies.get("last") == "9");
}
