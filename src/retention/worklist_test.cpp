#include "retention/worklist.h"

#include "access/testing.h"
#include "base/random.h"
#include "infra/storage/testing.h"
#include "retention/document_store.h"
#include "retention/hold_store.h"
#include "retention/retention_refusals.h"
#include "retention_migrations.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::retention;

namespace {

CivilDate day(std::string_view iso)
{
    return CivilDate::parse(iso).value();
}

Rules rules()
{
    return Rules::read(AZK_SOURCE_DIR "/definitions/retention/periods.toml").value();
}

const Rule& copies(const Rules& rules)
{
    const auto* rule = rules.find("livelihood", "application_copy");
    REQUIRE(rule != nullptr);
    return *rule;
}

Standing standing(const Rules& rules, const Events& events, CivilDate today, std::span<const Hold> holds = {})
{
    const auto list = worklist(rules, "livelihood", {{"application_copy", "d1", "第1号", events}}, holds, today);
    REQUIRE(list.size() == 1);
    return list.front().standing;
}

Hold held(std::string object)
{
    return {HoldId(IdBytes{}), std::move(object), "立入調査のため", Instant{}, StaffId(IdBytes{})};
}

} // namespace

TEST_CASE("a copy of an application is kept while support goes on and for a year after the application [K63] [L8]")
{
    const auto all = rules();
    const Events long_support{{"applied", day("2026-06-01")}, {"support_ended", day("2028-02-10")}};
    CHECK(last_day_of(copies(all), long_support) == day("2028-02-10"));
    const Events short_support{{"applied", day("2026-06-01")}, {"support_ended", day("2026-08-01")}};
    CHECK(last_day_of(copies(all), short_support) == day("2027-06-01"));
    CHECK(standing(all, short_support, day("2027-06-01")) == Standing::kept);
    CHECK(standing(all, short_support, day("2027-06-02")) == Standing::due);
    CHECK(standing(all, short_support, day("2027-06-15")) == Standing::due);
    CHECK(standing(all, short_support, day("2027-06-16")) == Standing::overdue);
    CHECK(standing(all, {{"applied", day("2026-06-01")}}, day("2040-01-01")) == Standing::open);
}

TEST_CASE("a year is counted as the Civil Code counts it, over 29 February too [K63]")
{
    CHECK(last_day_of(day("2026-06-01"), {.years = 1}) == day("2027-06-01"));
    CHECK(last_day_of(day("2024-02-28"), {.years = 1}) == day("2025-02-28"));
    CHECK(last_day_of(day("2024-02-29"), {.years = 1}) == day("2025-02-28"));
    CHECK(last_day_of(day("2023-02-28"), {.years = 1}) == day("2024-02-29"));
    CHECK(last_day_of(day("2026-03-31"), {.years = 1}) == day("2027-03-31"));
    CHECK(last_day_of(day("2026-01-30"), {.months = 1}) == day("2026-02-28"));
    CHECK(last_day_of(day("2026-12-31"), {.months = 2}) == day("2027-02-28"));
    CHECK(last_day_of(day("2026-06-01"), {.days = 60}) == day("2026-07-31"));
    CHECK(last_day_of(day("2026-06-01"), {}) == day("2026-06-01"));
}

TEST_CASE("never early and never late: over any application, end of support, reopening and today [A-10] [K63]")
{
    const auto all = rules();
    const auto& rule = copies(all);
    Rng rng(20261124);
    const auto first = day("2023-01-01");
    for (int n = 0; n < 20000; ++n) {
        const auto applied = first.plus_days(static_cast<int>(rng.below(1500)));
        const auto ended = applied.plus_days(static_cast<int>(rng.below(1200)));
        const auto today = first.plus_days(static_cast<int>(rng.below(4000)));
        Events events{{"applied", applied}};
        const bool goes_on = rng.below(4) == 0;
        if (!goes_on) events.emplace("support_ended", ended);
        const auto now = standing(all, events, today);
        const bool may = may_dispose(rule, events, today).has_value();
        CHECK(may == (now == Standing::due || now == Standing::overdue));
        if (goes_on) {
            CHECK(now == Standing::open);
            continue;
        }
        const auto a_year = applied.plus_years(1); // may be a day short of the law's year, never longer
        if (today <= ended || today < a_year) CHECK(now == Standing::kept);
        const auto latest = std::max(ended, a_year.plus_days(1));
        if (today > latest.plus_days(rule.within_days)) CHECK(now == Standing::overdue);
        if (today > latest) CHECK(may);
        const std::vector<Hold> holds{held(rng.below(2) == 0 ? "" : "d1")};
        CHECK(standing(all, events, today, holds) == Standing::held);
        CHECK(standing(all, events, today, std::vector<Hold>{held("d2")}) == now);
    }
}

TEST_CASE("support that is taken up again keeps the copy, and its new end counts [K63]")
{
    const auto town_tables = access::testing::migrations();
    storage::testing::on_every_store({town_tables, migrations_of_retention()}, [](storage::Db& db) {
        CAPTURE(db.engine());
        const access::testing::Town town(db);
        SeededEntropy entropy(3);
        IdSource ids(town.moment.at, entropy);
        const auto all = rules();
        const auto& rule = copies(all);
        const auto scope = town.scope(access::actions::kRecordTraining, access::Role::handling_supervisor);
        const auto write = [&](auto work) { return db.write(work); };
        const Events told{{"applied", day("2024-04-01")}, {"support_ended", day("2025-03-31")}};
        const auto id = write([&](storage::Tx& tx) { return keep_document(tx, ids, scope, rule, "令6-12", told); });
        REQUIRE(id);
        CHECK(write([&](storage::Tx& tx) { return keep_document(tx, ids, scope, rule, "令6-12", told); })
                  .error()
                  .is(kLabelTaken));
        const auto only = [&] {
            return db.read([&](const storage::Snapshot& data) { return documents_by_hand(data, town.entrustment); })
                .at(0);
        };
        CHECK(may_dispose(rule, only().events, town.moment.today));
        const auto note = [&](std::optional<CivilDate> on) {
            return write([&](storage::Tx& tx) { return note_event(tx, scope, rule, *id, "support_ended", on); });
        };
        REQUIRE(note(std::nullopt));
        CHECK(may_dispose(rule, only().events, town.moment.today).error().is(kStillOpen));
        CHECK(note(town.moment.today.plus_days(1)).error().is(kDayAhead));
        REQUIRE(note(town.moment.today));
        CHECK(may_dispose(rule, only().events, town.moment.today).error().is(kTooEarly));
        const auto gone = [&] { return write([&](storage::Tx& tx) { return dispose(tx, scope, rule, *id, "裁断"); }); };
        CHECK(gone().error().is(kTooEarly));
        REQUIRE(note(day("2025-12-31")));
        const auto stop = write([&](storage::Tx& tx) { return hold(tx, ids, scope, "", "苦情の調査のため"); });
        REQUIRE(stop);
        CHECK(gone().error().is(kHeld));
        CHECK(write([&](storage::Tx& tx) { return release(tx, scope, *stop, ""); }).error().is(kReasonMissing));
        REQUIRE(write([&](storage::Tx& tx) { return release(tx, scope, *stop, "調査が終わったため"); }));
        REQUIRE(gone());
        CHECK(gone().error().is(kDisposed));
    });
}

TEST_CASE("the file of rules says where it is wrong, and every kind of document ends somehow [K63]")
{
    for (const auto* code : {"livelihood", "guidance", "training", "subsidy", "employment"})
        CHECK_FALSE(rules().of(code).empty());
    const auto wrong = Rules::parse("[[rules]]\nentrustment = \"a\"\nkind = \"b\"\nname = \"c\"\nbasis = \"d\"\n"
                                    "disposition = \"burn\"\nkeep = [{ event = \"e\", name = \"f\" }]\n",
                                    "rules.toml");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().sentence().find("rules.toml:6") != std::string::npos);
    const auto never = Rules::parse("[[rules]]\nentrustment = \"a\"\nkind = \"b\"\nname = \"c\"\nbasis = \"d\"\n"
                                    "disposition = \"erase\"\n",
                                    "rules.toml");
    CHECK_FALSE(never);
    CHECK(spoken(copies(rules())) == "申請から1年間、かつ支援の終了まで");
}
