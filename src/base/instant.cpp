#include "base/instant.h"

#include <array>
#include <charconv>
#include <chrono>
#include <fmt/format.h>

namespace azukari {
namespace {

using namespace std::chrono;

constexpr RefusalKind kNoSuchDay{"date.no_such_day", "暦にない日付です。年月日を確かめてください。"};
constexpr RefusalKind kNotADate{"date.not_a_date", "日付は 2023-04-03 の形で入力してください。"};

constexpr std::int64_t kJapanOffsetMicros = 9LL * 3600 * 1'000'000;
constexpr std::int64_t kDayMicros = 86'400LL * 1'000'000;

year_month_day calendar(std::int32_t days_since_epoch)
{
    return year_month_day{sys_days{days{days_since_epoch}}};
}

constexpr CivilDate civil(sys_days day)
{
    return CivilDate::from_days(static_cast<std::int32_t>(day.time_since_epoch().count()));
}

constexpr std::array<Era, 5> kEras{{{"令和", civil(2019y / May / 1), 2019},
                                    {"平成", civil(1989y / January / 8), 1989},
                                    {"昭和", civil(1926y / December / 25), 1926},
                                    {"大正", civil(1912y / July / 30), 1912},
                                    {"明治", civil(1873y / January / 1), 1868}}};

std::string era_year(CivilDate day, int western_year)
{
    for (const auto& era : kEras) {
        if (day < era.from) continue;
        const int n = western_year - era.first_year + 1;
        return fmt::format("{}{}", era.name, n == 1 ? "元" : std::to_string(n));
    }
    return fmt::format("西暦{}", western_year);
}

struct Parts {
    year_month_day date;
    std::int64_t hour, minute, second;
};

Parts in_japan(Instant at)
{
    const auto local = at.micros + kJapanOffsetMicros;
    const auto day = CivilDate::of(at).days();
    const auto rest = (local - std::int64_t{day} * kDayMicros) / 1'000'000;
    return {calendar(day), rest / 3600, rest / 60 % 60, rest % 60};
}

} // namespace

std::string to_iso(Instant at)
{
    const auto p = in_japan(at);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+09:00", int(p.date.year()), unsigned(p.date.month()),
                       unsigned(p.date.day()), p.hour, p.minute, p.second);
}

std::string to_japanese(Instant at)
{
    const auto p = in_japan(at);
    return fmt::format("{}年{}月{}日 {}:{:02}", int(p.date.year()), unsigned(p.date.month()), unsigned(p.date.day()),
                       p.hour, p.minute);
}

Result<CivilDate> CivilDate::from(int y, unsigned m, unsigned d)
{
    const year_month_day date{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
    if (!date.ok() || y < 1800 || y > 9999) return refuse(kNoSuchDay);
    return CivilDate(static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count()));
}

Result<CivilDate> CivilDate::parse(std::string_view iso)
{
    const auto number = [&](std::size_t at, std::size_t length) -> int {
        int value = -1;
        const auto* end = iso.data() + at + length;
        const auto [stop, error] = std::from_chars(iso.data() + at, end, value);
        return error == std::errc{} && stop == end ? value : -1;
    };
    if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return refuse(kNotADate);
    const int y = number(0, 4), m = number(5, 2), d = number(8, 2);
    if (y < 0 || m < 0 || d < 0) return refuse(kNotADate);
    return from(y, static_cast<unsigned>(m), static_cast<unsigned>(d));
}

CivilDate CivilDate::of(Instant at)
{
    const auto local = at.micros + kJapanOffsetMicros;
    auto day = local / kDayMicros;
    if (local % kDayMicros < 0) --day;
    return CivilDate(static_cast<std::int32_t>(day));
}

int CivilDate::year() const
{
    return int(calendar(days_).year());
}

unsigned CivilDate::month() const
{
    return unsigned(calendar(days_).month());
}

unsigned CivilDate::day() const
{
    return unsigned(calendar(days_).day());
}

CivilDate CivilDate::plus_years(int n) const
{
    auto date = calendar(days_) + years{n};
    if (!date.ok()) date = date.year() / date.month() / last;
    return CivilDate(static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count()));
}

Instant CivilDate::midnight() const
{
    return {std::int64_t{days_} * kDayMicros - kJapanOffsetMicros};
}

std::string CivilDate::iso() const
{
    return fmt::format("{:04}-{:02}-{:02}", year(), month(), day());
}

std::span<const Era> eras()
{
    return kEras;
}

std::string to_era(CivilDate date)
{
    return fmt::format("{}年{}月{}日", era_year(date, date.year()), date.month(), date.day());
}

FiscalYear FiscalYear::of(CivilDate date)
{
    return FiscalYear(date.month() >= 4 ? date.year() : date.year() - 1);
}

CivilDate FiscalYear::first_day() const
{
    return *CivilDate::from(year_, 4, 1);
}

CivilDate FiscalYear::last_day() const
{
    return *CivilDate::from(year_ + 1, 3, 31);
}

std::string FiscalYear::to_era() const
{
    // The era that names the year is the one in force on its first day, except for 令和元年度, which ordinances name so.
    const auto probe = year_ == 2019 ? *CivilDate::from(2019, 5, 1) : first_day();
    return era_year(probe, year_) + "年度";
}

int age_at_fiscal_year_end(CivilDate born, FiscalYear year)
{
    const auto end = year.last_day();
    const bool reached = born.month() < 3 || (born.month() == 3 && born.day() <= 31);
    return end.year() - born.year() - (reached ? 0 : 1);
}

Instant SystemClock::now() const
{
    return {duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()};
}

} // namespace azukari
