#include "vault/person/masking.h"

#include <doctest/doctest.h>

using azukari::vault::masked;

TEST_CASE("a list shows of a value what tells two people apart, and no more [K15]")
{
    CHECK(masked("name", "見本 太郎") == "見〇 〇〇");
    CHECK(masked("name", "見本　太郎") == "見〇　〇〇");
    CHECK(masked("kana", "ミホン タロウ") == "ミ〇〇 〇〇〇");
    CHECK(masked("telephone", "03-0000-1234") == "**-****-1234");
    CHECK(masked("birth_date", "1980-03-02") == "1980-〇〇-〇〇");
    CHECK(masked("email", "mihon@example.jp") == "m***@example.jp");
    CHECK(masked("address", "見本区架空町1-2-3") == "〇〇〇");
    CHECK(masked("survey", "") == "");
}
