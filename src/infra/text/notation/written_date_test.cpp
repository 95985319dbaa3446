#include "infra/text/notation/written_date.h"

#include "infra/text/notation/notation_refusals.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::text;

TEST_CASE("a day is the same in any notation")
{
    for (const auto* notation :
         {"令和5年4月3日", "R5.4.3", "㋿5.4.3", "r5/4/3", "Ｒ０５．０４．０３", "令和五年四月三日", "令5.4.3",
          "2023/4/3", "2023-04-03", "20230403", "2023年4月3日(月)", "西暦2023年4月3日", "5050403", "R050403",
          "令和 5年 4月 3日生", "２０２３．４．３", "二〇二三年四月三日"}) {
        CAPTURE(std::string(notation));
        CHECK(read_date(notation).value().iso() == "2023-04-03");
    }
    CHECK(read_date("S60/1/2").value().iso() == "1985-01-02");
    CHECK(read_date("昭和64.1.7").value().iso() == "1989-01-07");
    CHECK(read_date("昭和六十四年一月七日").value().iso() == "1989-01-07");
    CHECK(read_date("平成元年1月8日").value().iso() == "1989-01-08");
    CHECK(read_date("大正元年7月30日").value().iso() == "1912-07-30");
    CHECK(read_date("明治45年7月29日").value().iso() == "1912-07-29");
    CHECK(read_date("明治6年1月1日").value().iso() == "1873-01-01");
    CHECK(read_date("昭和15年2月29日").value().iso() == "1940-02-29");
}

TEST_CASE("a day that its era did not have is refused with the day that was meant")
{
    CHECK(read_date("昭和64年1月8日").error().sentence() == "昭和64年1月8日という日はありません。平成元年1月8日です。");
    CHECK(read_date("H31.5.1").error().sentence() == "平成31年5月1日という日はありません。令和元年5月1日です。");
    CHECK(read_date("平成元年1月7日").error().is(kOutsideEra));
    CHECK(read_date("明治45年7月30日").error().is(kOutsideEra));
    CHECK(read_date("明治5年1月1日").error().is(kLunarDate));
    CHECK(read_date("令和5年2月29日").error().sentence() ==
          "「令和5年2月29日」は暦にない日付です。年月日を確かめてください。");
    for (const auto* wrong : {"", "令和", "5.4.3", "令和5年4月", "2023-04-03 10:00", "令和0年1月1日", "Q5.4.3", "昨日"})
        CHECK(read_date(wrong).error().is(kNoWrittenDate));
}

TEST_CASE("a part of a date is enough to look for a person")
{
    CHECK(date_part("昭和40年").value() == DatePart{1965, {}, {}});
    CHECK(date_part("S40").value() == DatePart{1965, {}, {}});
    CHECK(date_part("1965").value() == DatePart{1965, {}, {}});
    CHECK(date_part("S40.4").value() == DatePart{1965, 4, {}});
    CHECK(date_part("4月3日").value() == DatePart{{}, 4, 3});
    CHECK(date_part("昭和64年1月8日").value() == DatePart{1989, 1, 8});
    CHECK_FALSE(date_part("0312345678"));
    CHECK_FALSE(date_part("123"));
    CHECK_FALSE(date_part("大野"));
    CHECK_FALSE(date_part("2023-13-01"));
    CHECK(date_part("4月3日")->fits(*CivilDate::from(1940, 4, 3)));
    CHECK_FALSE(date_part("S40.4")->fits(*CivilDate::from(1965, 5, 3)));
}
