#include "infra/http/message.h"

#include <doctest/doctest.h>

using namespace azukari::http;

TEST_CASE("a Japanese file name reaches old and new browsers")
{
    const auto response = Response::download("名簿 2026\".pdf", "application/pdf", "x");
    REQUIRE(response.headers.size() == 1);
    CHECK(response.headers[0].second == "attachment; filename=\"__ 2026_.pdf\"; "
                                        "filename*=UTF-8''%E5%90%8D%E7%B0%BF%202026%22.pdf");
}

TEST_CASE("a wholly Japanese file name has a fallback that says what the file is")
{
    const auto told = [](std::string_view name) { return Response::download(name, "x", "x").headers[0].second; };
    CHECK(told("審議会資料.pdf").starts_with("attachment; filename=\"paper.pdf\"; filename*=UTF-8''%E5%AF%A9"));
    CHECK(told("対象者.csv").starts_with("attachment; filename=\"file.csv\"; "));
    CHECK(told("名簿").starts_with("attachment; filename=\"file\"; "));
}

TEST_CASE("line ends in a file name cannot start a header of their own")
{
    const auto response = Response::download("a\r\nSet-Cookie: x=1.pdf", "application/pdf", "x");
    CHECK(response.headers[0].second.find_first_of("\r\n") == std::string::npos);
}

TEST_CASE("cookies over TLS carry the __Host- prefix, and are not readable by scripts [K13]")
{
    Response response;
    set_cookie(response, true, "session", "abc");
    set_cookie(response, false, "session", "abc", 60);
    drop_cookie(response, true, "session");
    CHECK(response.headers[0].second == "__Host-azukari-session=abc; Path=/; HttpOnly; SameSite=Strict; Secure");
    CHECK(response.headers[1].second == "azukari-session=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=60");
    CHECK(response.headers[2].second ==
          "__Host-azukari-session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0; Secure");
}

TEST_CASE("names may repeat; the first value answers, all can be asked for")
{
    Fields fields;
    fields.add("item", "氏名");
    fields.add("item", "住所");
    CHECK(fields.get("item") == "氏名");
    CHECK(fields.all("item").size() == 2);
    CHECK(fields.get("other").empty());
    CHECK_FALSE(fields.has("other"));
}
