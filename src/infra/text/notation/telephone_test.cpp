#include "infra/text/notation/telephone.h"

#include "infra/text/notation/notation_refusals.h"

#include <doctest/doctest.h>

using namespace azukari::text;

TEST_CASE("a telephone number is the same in any notation")
{
    for (const auto* notation :
         {"03-1234-5678", "(03)1234-5678", "03(1234)5678", "０３－１２３４－５６７８", "+81 3 1234 5678",
          "+81-(0)3-1234-5678", "＋８１ ３ １２３４ ５６７８", "0081312345678", "〇三ー一二三四ー五六七八",
          "０３（１２３４）５６７８", "TEL: 03.1234.5678", "電話番号：03 1234 5678", "℡0312345678"}) {
        CAPTURE(std::string(notation));
        CHECK(read_telephone(notation).value() == Telephone{"0312345678", ""});
    }
    CHECK(read_telephone("03-1234-5678 内線12").value() == Telephone{"0312345678", "12"});
    CHECK(read_telephone("03-1234-5678(内線：12)").value() == Telephone{"0312345678", "12"});
    CHECK(read_telephone("携帯 090-0000-0001").value().digits == "09000000001");
    CHECK(read_telephone("0120-000-000").value().digits == "0120000000");
    CHECK(read_telephone("04-7000-0000").value().digits == "0470000000");
}

TEST_CASE("what cannot be dialled is refused with the reason")
{
    CHECK(read_telephone("").error().is(kNoTelephone));
    CHECK(read_telephone("なし").error().is(kNoTelephone));
    CHECK(read_telephone("+1 202 555 0100").error().is(kNoTelephone));
    CHECK(read_telephone("1234-5678").error().is(kNotDiallable));
    CHECK(read_telephone("090-0000-000").error().sentence() ==
          "電話番号「0900000000」は10桁です。この番号は11桁のはずです。");
    CHECK(read_telephone("03-1234-56789").error().is(kDigitsOfTelephone));
}

TEST_CASE("a part of a telephone number is looked for from four digits on")
{
    CHECK(telephone_part("5678").value() == "5678");
    CHECK(telephone_part("１２３４－５６").value() == "123456");
    CHECK(telephone_part("+81 90").value_or("") == "");
    CHECK(telephone_part("+81 90 12").value() == "09012");
    CHECK_FALSE(telephone_part("567"));
    CHECK_FALSE(telephone_part("西新宿2-8-1"));
}
