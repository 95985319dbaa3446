#include "infra/jobs/rhythm.h"

#include "base/fault.h"
#include "infra/jobs/job_store.h"
#include "infra/jobs/jobs_refusals.h"
#include "infra/jobs/pulse.h"
#include "infra/storage/testing.h"
#include "jobs_migrations.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::jobs;

namespace {

constexpr RefusalKind kFull{"test.full", "棚がいっぱいです。"};
constexpr RefusalKind kAway{"test.away", "{}件が待っています。"};
constexpr Instant kStart{1'795'226'700'000'000};

// A night job that does what the test says, and what was told of it.
struct House {
    storage::Db& db;
    int done = 0;
    std::function<Result<std::string>()> work = [] { return "一件"; };
    std::vector<std::string> told{};
    std::vector<bool> turned{};

    Rhythm rhythm()
    {
        return Rhythm(db,
                      {{"test.night", "夜の点検", Turn::nightly,
                        [this](Instant) {
                            ++done;
                            return work();
                        }}},
                      [this](const Told& heard) {
                          told.push_back(heard.standing.failure.empty() ? std::string(heard.line)
                                                                        : heard.standing.failure);
                          turned.push_back(heard.turned);
                      });
    }
};

void on_every_store(const std::function<void(storage::Db&)>& test)
{
    storage::testing::on_every_store(migrations_of_jobs(), test);
}

constexpr Duration kDay = Duration::hours(24);

} // namespace

TEST_CASE("a job is done once a night, also when the house is closed and opened in between")
{
    on_every_store([](storage::Db& db) {
        CAPTURE(db.engine());
        House house{db};
        for (int reopened = 0; reopened < 3; ++reopened) {
            auto rhythm = house.rhythm();
            for (int minute = 0; minute < 5; ++minute) rhythm.tick(kStart + Duration::minutes(minute));
        }
        CHECK(house.done == 1);
        house.rhythm().tick(kStart + kDay);
        CHECK(house.done == 2);
        CHECK(house.told == std::vector<std::string>{"一件", "一件"});
    });
}

TEST_CASE("a failure is told once, is tried again by the hour and after a restart, and its end is told too")
{
    on_every_store([](storage::Db& db) {
        CAPTURE(db.engine());
        House house{db};
        house.work = []() -> Result<std::string> { return refuse(kFull); };
        {
            auto rhythm = house.rhythm();
            rhythm.tick(kStart);
            REQUIRE(rhythm.failing().size() == 1);
            CHECK(rhythm.failing()[0].japanese == "夜の点検");
            CHECK(rhythm.failing()[0].failure == "棚がいっぱいです。");
            CHECK_FALSE(rhythm.failing()[0].history.done);
            rhythm.tick(kStart + Duration::minutes(59));
            CHECK(house.done == 1);
        }
        auto rhythm = house.rhythm(); // the house was opened anew
        rhythm.tick(kStart + Duration::minutes(59));
        CHECK(rhythm.failing().size() == 1);
        CHECK(house.done == 2);
        CHECK(house.turned == std::vector<bool>{true, false}); // heard again, but nothing new
        house.work = [] { return ""; };
        rhythm.tick(kStart + Duration::minutes(118));
        CHECK(house.done == 2);
        rhythm.tick(kStart + Duration::minutes(119));
        CHECK(rhythm.failing().empty());
        CHECK(house.turned == std::vector<bool>{true, false, true});
        CHECK(house.told.back().empty());
    });
}

TEST_CASE("a job that is tried every minute in vain is told of once, and once when it goes well again")
{
    on_every_store([](storage::Db& db) {
        int waiting = 1;
        std::function<Result<std::string>()> work;
        std::vector<std::string> told;
        Rhythm rhythm(db, {{"test.always", "検査", Turn::always, [&](Instant) { return work(); }}},
                      [&](const Told& heard) {
                          told.push_back(heard.standing.failure + std::string(heard.line));
                          CHECK(heard.turned);
                      });
        const auto minutes = [&](int from, int to) {
            for (int minute = from; minute < to; ++minute) rhythm.tick(kStart + Duration::minutes(minute));
        };
        work = [&]() -> Result<std::string> { return refuse(kAway, std::to_string(waiting++)); };
        minutes(0, 60);
        CHECK(told == std::vector<std::string>{"1件が待っています。"});
        CHECK(rhythm.failing().at(0).failure == "60件が待っています。"); // the page tells how it stands now
        work = []() -> Result<std::string> { return refuse(kFull); };
        minutes(60, 120);
        CHECK(told.size() == 2); // another failure is news
        work = [] { return ""; };
        minutes(120, 180);
        CHECK(told == std::vector<std::string>{"1件が待っています。", "棚がいっぱいです。", ""});
        CHECK(rhythm.failing().empty());
    });
}

TEST_CASE("a fault in a job ends that job's turn, not the house, and its words reach the operator")
{
    on_every_store([](storage::Db& db) {
        House house{db};
        house.work = []() -> Result<std::string> { throw Fault("円盤が応答しません。"); };
        auto rhythm = house.rhythm();
        rhythm.tick(kStart);
        CHECK(house.told == std::vector<std::string>{"円盤が応答しません。"});
        house.work = []() -> Result<std::string> { throw std::runtime_error("見本 太郎"); };
        rhythm.tick(kStart + Duration::hours(1));
        CHECK(house.told.back().find("見本") == std::string::npos); // may hold what a person wrote
        CHECK(rhythm.failing()[0].failure_code == kUnexpected.code);
    });
}

TEST_CASE("a job that the power cut off is seen as failing when the house is opened again")
{
    on_every_store([](storage::Db& db) {
        CAPTURE(db.engine());
        House house{db};
        Standing standing{"test.night", "夜の点検", Turn::nightly, {.first_seen = kStart}};
        db.write([&](storage::Tx& tx) {
            note_first_seen(tx, "test.night", kStart);
            CHECK(claim(tx, standing, kStart)); // begun, and never heard of again
        });
        auto rhythm = house.rhythm();
        rhythm.tick(kStart + Duration::minutes(1));
        CHECK(rhythm.failing().empty()); // another server may be at it
        rhythm.tick(kStart + Duration::minutes(5));
        REQUIRE(rhythm.failing().size() == 1);
        CHECK(rhythm.failing()[0].failure_code == kCutOff.code);
        CHECK(house.done == 0);
        rhythm.tick(kStart + Duration::hours(1));
        CHECK(house.done == 1);
        CHECK(rhythm.failing().empty());
    });
}

TEST_CASE("two servers on one store do a night's job once")
{
    on_every_store([](storage::Db& db) {
        Standing standing{"test.night", "夜の点検", Turn::nightly, {.first_seen = kStart}};
        db.write([](storage::Tx& tx) { note_first_seen(tx, "test.night", kStart); });
        CHECK(db.write([&](storage::Tx& tx) { return claim(tx, standing, kStart); }));
        CHECK_FALSE(db.write([&](storage::Tx& tx) { return claim(tx, standing, kStart + Duration::seconds(1)); }));
    });
}

TEST_CASE("a running server looks by itself and stops when it is told to")
{
    on_every_store([](storage::Db& db) {
        House house{db};
        std::mutex mutex;
        std::condition_variable heard;
        bool done = false;
        Rhythm rhythm(db,
                      {{"test.always", "見回り", Turn::always,
                        [&](Instant) {
                            const std::lock_guard lock(mutex);
                            done = true;
                            heard.notify_all();
                            return "";
                        }}},
                      [](const Told&) {});
        const SetClock clock(kStart);
        const Pulse pulse(rhythm, clock);
        std::unique_lock lock(mutex);
        CHECK(heard.wait_for(lock, std::chrono::seconds(10), [&] { return done; }));
    });
}
