// Time: Instant (UTC microseconds), CivilDate (a calendar day in Japan), FiscalYear (April to March). Conversions live
// here and nowhere else. A Moment is taken once per request or job and passed by value, so that no midnight and no
// year's end falls inside one decision.
#pragma once

#include "base/result.h"

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace azukari {

struct Duration {
    std::int64_t micros = 0;
    static constexpr Duration seconds(std::int64_t n) { return {n * 1'000'000}; }
    static constexpr Duration minutes(std::int64_t n) { return seconds(n * 60); }
    static constexpr Duration hours(std::int64_t n) { return minutes(n * 60); }
    auto operator<=>(const Duration&) const = default;
};

struct Instant {
    std::int64_t micros = 0; // since 1970-01-01T00:00:00Z
    auto operator<=>(const Instant&) const = default;
    friend constexpr Instant operator+(Instant at, Duration by) { return {at.micros + by.micros}; }
    friend constexpr Duration operator-(Instant a, Instant b) { return {a.micros - b.micros}; }
};

// "2026-11-21T10:05:00+09:00" in Japan's time, for machines and logs.
std::string to_iso(Instant at);
// "2026年11月21日 10:05", for people.
std::string to_japanese(Instant at);

class CivilDate {
public:
    // Refuses what no calendar holds (2023-02-29).
    static Result<CivilDate> from(int year, unsigned month, unsigned day);
    // "2023-04-03".
    static Result<CivilDate> parse(std::string_view iso);
    static CivilDate of(Instant at); // the day in Japan (UTC+9, no summer time)
    static constexpr CivilDate from_days(std::int32_t days) { return CivilDate(days); }

    constexpr std::int32_t days() const { return days_; } // since 1970-01-01
    int year() const;
    unsigned month() const;
    unsigned day() const;
    constexpr CivilDate plus_days(std::int32_t n) const { return CivilDate(days_ + n); }
    // The same month and day, years later; 29 February becomes 28 February where there is none.
    CivilDate plus_years(int n) const;
    Instant midnight() const; // the instant at which the day begins in Japan
    std::string iso() const;
    auto operator<=>(const CivilDate&) const = default;

private:
    constexpr explicit CivilDate(std::int32_t days) : days_(days) {}
    std::int32_t days_;
};

struct Era { // 元号; each ends where the next begins
    std::string_view name;
    CivilDate from; // 明治: the first day of the solar calendar, 1873-01-01, which is 明治6年
    int first_year; // the western year of its 元年
};
std::span<const Era> eras(); // newest first

// 令和5年4月3日; 元年 for the first year. Days before 1873-01-01 (solar calendar) print in the western calendar.
std::string to_era(CivilDate date);

class FiscalYear { // 年度: 1 April to 31 March, named by the year it begins in
public:
    constexpr explicit FiscalYear(int year) : year_(year) {}
    static FiscalYear of(CivilDate date);
    constexpr int year() const { return year_; }
    CivilDate first_day() const;
    CivilDate last_day() const;
    std::string to_era() const; // 令和4年度
    auto operator<=>(const FiscalYear&) const = default;

private:
    int year_;
};

// 年度末年齢 as health check-ups count it: completed years on 31 March, by the calendar birthday. Somebody born on
// 1 April is of the younger cohort. (The school-age rule, where 1 April is of the older one, is another function.)
int age_at_fiscal_year_end(CivilDate born, FiscalYear year);

struct Moment {
    Instant at;
    CivilDate today;
    FiscalYear year;
    explicit Moment(Instant now) : at(now), today(CivilDate::of(now)), year(FiscalYear::of(today)) {}
};

class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    Instant now() const override;
};

class SetClock final : public Clock { // a clock that tests and the simulation set
public:
    explicit SetClock(Instant at) : at_(at) {}
    Instant now() const override { return at_; }
    void advance(Duration by) { at_ = at_ + by; }
    void set(Instant at) { at_ = at; }

private:
    Instant at_;
};

} // namespace azukari
