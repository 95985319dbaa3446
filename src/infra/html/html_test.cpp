#include "infra/html/elements.h"

#include <doctest/doctest.h>

using namespace azukari::html;

namespace {

// What attackers write into names and notes. None of it may come out as markup.
constexpr std::string_view kAttacks[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</textarea><svg onload=alert(1)>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<iframe srcdoc=\"&lt;script&gt;alert(1)&lt;/script&gt;\">",
    "]]><script>x</script>",
    "&lt;script&gt;",
    "<a href=\"javascript:alert(1)\">x</a>",
    "\x01<\x00script>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
};

bool carries_markup(std::string_view html)
{
    return html.find_first_of("<>\"'") != std::string_view::npos;
}

} // namespace

TEST_CASE("nothing that a person wrote becomes markup")
{
    for (const auto attack : kAttacks) {
        CAPTURE(attack);
        CHECK_FALSE(carries_markup(Html(attack).markup()));
        const auto paragraph = p(attack).markup();
        CHECK_FALSE(carries_markup(paragraph.substr(3, paragraph.size() - 7)));
        std::string attribute;
        Attribute("title", attack).write_to(attribute);
        CHECK(attribute.starts_with(" title=\""));
        CHECK_FALSE(carries_markup(attribute.substr(8, attribute.size() - 9)));
    }
}

TEST_CASE("an ampersand is written once, and Japanese stays as it is")
{
    CHECK(Html("預かり & 返還").markup() == "預かり &amp; 返還");
    CHECK(p({cls("note")}, "委託", strong("区"), 21).markup() == "<p class=\"note\">委託<strong>区</strong>21</p>");
}

TEST_CASE("control characters, which no HTML may hold, are dropped; line ends stay")
{
    CHECK(Html(std::string_view("a\0b\x1f\x7f\nc\td", 9)).markup() == "ab\nc\td");
}

TEST_CASE("a flag is either there or not")
{
    CHECK(input({{"type", "checkbox"}, flag("checked", true), flag("disabled", false)}).markup() ==
          "<input type=\"checkbox\" checked=\"\">");
}

TEST_CASE("figures may be drawn: names with capitals are allowed")
{
    CHECK(svg({{"viewBox", "0 0 8 8"}}, path({{"d", "M0 0"}})).markup() ==
          "<svg viewBox=\"0 0 8 8\"><path d=\"M0 0\"></path></svg>");
}

TEST_CASE("lists and conditions are parts like others")
{
    const std::vector<std::string> names = {"見本 太郎", "試験 <花子>"};
    CHECK(ul(each(names, [](const auto& name) { return li(name); }), when(false, li("なし"))).markup() ==
          "<ul><li>見本 太郎</li><li>試験 &lt;花子&gt;</li></ul>");
    CHECK(join("a", 1, std::vector<Html>{p("x"), p("y")}).markup() == "a1<p>x</p><p>y</p>");
}

// What must not compile: attribute names with inline script or style, and addresses that are only text.
template <class T>
concept MakesAttribute = requires(T value)
{
    Attribute("href", value);
};
static_assert(MakesAttribute<Url>);
static_assert(!std::is_constructible_v<Name, std::string>);
static_assert(!std::is_constructible_v<Name, const char*>);
static_assert(!std::is_constructible_v<Attribute, AddressName, std::string_view>);
static_assert(!std::is_convertible_v<std::string, Url>);
