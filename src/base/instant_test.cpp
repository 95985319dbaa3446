#include "base/instant.h"

#include <doctest/doctest.h>

using namespace azukari;

namespace {

CivilDate day(const char* iso)
{
    return CivilDate::parse(iso).value();
}

} // namespace

TEST_CASE("a day begins at midnight in Japan, whatever UTC says")
{
    const Instant before{day("2026-04-01").midnight().micros - 1};
    CHECK(CivilDate::of(before) == day("2026-03-31"));
    CHECK(CivilDate::of(before + Duration{1}) == day("2026-04-01"));
    CHECK(Moment(before).year == FiscalYear(2025));
    CHECK(Moment(before + Duration{1}).year == FiscalYear(2026));
    CHECK(to_iso(day("2026-04-01").midnight()) == "2026-04-01T00:00:00+09:00");
    CHECK(to_japanese(day("2026-04-01").midnight() + Duration::minutes(605)) == "2026年4月1日 10:05");
}

TEST_CASE("eras change on their own day")
{
    CHECK(to_era(day("2019-04-30")) == "平成31年4月30日");
    CHECK(to_era(day("2019-05-01")) == "令和元年5月1日");
    CHECK(to_era(day("1989-01-07")) == "昭和64年1月7日");
    CHECK(to_era(day("1989-01-08")) == "平成元年1月8日");
    CHECK(to_era(day("1926-12-25")) == "昭和元年12月25日");
    CHECK(to_era(day("1912-07-29")) == "明治45年7月29日");
    CHECK(to_era(day("1872-12-31")) == "西暦1872年12月31日");
    CHECK(FiscalYear(2022).to_era() == "令和4年度");
    CHECK(FiscalYear(2019).to_era() == "令和元年度");
}

TEST_CASE("what the calendar does not hold is refused")
{
    for (const auto* bad : {"2023-02-29", "2023-13-01", "2023-00-10", "23-04-03", "2023/04/03", "", "2023-04-3x"})
        CHECK_FALSE(CivilDate::parse(bad));
    CHECK(day("2024-02-29").plus_years(1) == day("2025-02-28"));
    CHECK(day("2024-02-29").iso() == "2024-02-29");
}

TEST_CASE("age at the end of the fiscal year counts 31 March and not 1 April")
{
    const FiscalYear fiscal(2021); // ends 2022-03-31
    CHECK(age_at_fiscal_year_end(day("1975-12-10"), fiscal) == 46);
    CHECK(age_at_fiscal_year_end(day("1976-03-31"), fiscal) == 46);
    CHECK(age_at_fiscal_year_end(day("1976-04-01"), fiscal) == 45);
    CHECK(age_at_fiscal_year_end(day("1979-01-22"), fiscal) == 43);
}
