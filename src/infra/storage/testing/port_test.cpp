#include "infra/storage/grouped_db.h"
#include "infra/storage/testing.h"

#include <doctest/doctest.h>

#include <atomic>
#include <limits>
#include <thread>

using namespace azukari;
using namespace azukari::storage;
using storage::testing::on_every_store;

namespace {

constexpr Migration kShelf[] = {
    {"shelf", 1, "folder",
     "create table folder (id integer primary key, title text not null unique, body blob, opened text, pages integer"
     " check (pages >= 0)) strict;\n"
     "-- A note; it belongs to a folder.\n"
     "create table note (folder integer not null references folder (id), line text not null);"}};
constexpr RefusalKind kNotToday{"shelf.not_today", "本日は受け付けていません。"};

void add(Tx& tx, std::string_view title)
{
    tx.execute("insert into folder (title) values (?)", {title});
}

std::vector<std::string> titles(Db& db)
{
    return db.read([](const Snapshot& data) {
        return data.all("select title from folder order by title", {}, [](const Row& row) { return row.string(0); });
    });
}

Work kept(std::string title)
{
    return [title](Tx& tx) {
        add(tx, title);
        return true;
    };
}

// The kind of fault that `act` meets.
template <class F>
std::optional<FaultKind> fault_of(F&& act)
{
    try {
        act();
    } catch (const StorageFault& fault) {
        return fault.kind();
    }
    return std::nullopt;
}

} // namespace

TEST_CASE("every value comes back as it was written")
{
    on_every_store(kShelf, [](Db& db) {
        CAPTURE(db.engine());
        const auto day = CivilDate::parse("2024-02-29").value();
        db.write([&](Tx& tx) {
            const auto insert = "insert into folder (id, title, body, opened, pages) values (?, ?, ?, ?, ?)";
            CHECK(tx.execute(insert, {1, "", Bytes{}, day, std::numeric_limits<std::int64_t>::max()}) == 1);
            tx.execute(insert, {2, "見本 太郎", Bytes{0, 255, 0}, nullptr, std::optional<int>()});
        });
        db.read([&](const Snapshot& data) {
            const auto select = "select title, body, opened, pages from folder where id = ?";
            data.one(select, {1}, [&](const Row& row) {
                CHECK(row.text(0).empty());
                CHECK((!row.is_null(1) && row.blob(1).empty()));
                CHECK(row.date(2) == day);
                CHECK(row.integer(3) == std::numeric_limits<std::int64_t>::max());
                return true;
            });
            data.one(select, {2}, [&](const Row& row) {
                CHECK(row.text(0) == "見本 太郎");
                CHECK(row.bytes(1) == Bytes{0, 255, 0});
                CHECK_FALSE(row.maybe(2, [&] { return row.date(2); }).has_value());
                CHECK(row.is_null(3));
                return true;
            });
        });
    });
}

TEST_CASE("numbers are given to rows without one, sums are whole, text sorts by its bytes and keeps its case")
{
    on_every_store(kShelf, [](Db& db) {
        CAPTURE(db.engine());
        db.write([](Tx& tx) {
            for (const auto* title : {"b", "A", "a", "亜"})
                tx.execute("insert into folder (title, pages) values (?, ?)", {title, 3'000'000'000});
        });
        CHECK(titles(db) == std::vector<std::string>{"A", "a", "b", "亜"});
        db.read([](const Snapshot& data) {
            CHECK(data.integer("select max(id) from folder") == 4);
            CHECK(data.integer("select sum(pages) from folder") == 12'000'000'000);
            CHECK(data.integer("select -sum(pages) from folder") == -12'000'000'000);
            CHECK(data.integer("select sum(pages) from folder where id > 9") == 0);
            CHECK(data.integer("select count(*) from folder where title like 'a%'") == 1);
            CHECK(data.integer("select title = 'b' from folder where id = 1") == 1);
        });
    });
}

TEST_CASE("a statement may be asked again while its answer is read")
{
    on_every_store(kShelf, [](Db& db) {
        CAPTURE(db.engine());
        db.write([](Tx& tx) {
            for (const auto* title : {"a", "b", "c"}) add(tx, title);
        });
        int pairs = 0;
        db.read([&](const Snapshot& data) {
            const auto select = "select id from folder where id > ?";
            data.each(select, {0},
                      [&](const Row& row) { data.each(select, {row.integer(0)}, [&](const Row&) { ++pairs; }); });
        });
        CHECK(pairs == 3);
    });
}

TEST_CASE("a refused write leaves nothing, and answers its refusal")
{
    on_every_store(kShelf, [](Db& db) {
        CAPTURE(db.engine());
        const auto refused = db.write([](Tx& tx) -> Result<int> {
            add(tx, "残らない");
            return refuse(kNotToday);
        });
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().is(kNotToday));
        CHECK(titles(db).empty());
    });
}

TEST_CASE("a unique violation can be told from other broken constraints")
{
    on_every_store(kShelf, [](Db& db) {
        CAPTURE(db.engine());
        db.write([](Tx& tx) { add(tx, "一"); });
        CHECK(fault_of([&] { db.write([](Tx& tx) { add(tx, "一"); }); }) == FaultKind::unique_violation);
        CHECK(fault_of([&] {
                  db.write([](Tx& tx) { tx.execute("insert into folder (title, pages) values ('二', -1)"); });
              }) == FaultKind::constraint_violation);
        CHECK(fault_of([&] {
                  db.write([](Tx& tx) { tx.execute("insert into note (folder, line) values (99, '行')"); });
              }) == FaultKind::constraint_violation);
        CHECK(titles(db) == std::vector<std::string>{"一"});
    });
}

TEST_CASE("a work that swallows a failed statement keeps nothing, one that refuses because of it is refused")
{
    on_every_store(kShelf, [](Db& db) {
        CAPTURE(db.engine());
        db.write([](Tx& tx) { add(tx, "一"); });
        const auto add_two = [](Tx& tx) {
            add(tx, "二");
            return fault_of([&] { add(tx, "一"); });
        };
        CHECK(fault_of([&] { db.write([&](Tx& tx) { add_two(tx); }); }) == FaultKind::unique_violation);
        const auto refused = db.write([&](Tx& tx) -> Result<int> {
            if (add_two(tx) == FaultKind::unique_violation) return refuse(kNotToday);
            return 1;
        });
        CHECK_FALSE(refused.has_value());
        CHECK(titles(db) == std::vector<std::string>{"一"});
    });
}

TEST_CASE("writes that share a commit do not share their failures [D]")
{
    on_every_store(kShelf, [](Db& db) {
        CAPTURE(db.engine());
        const std::vector<Work> works{
            kept("一"),
            [](Tx& tx) {
                add(tx, "断られる");
                return false;
            },
            [](Tx& tx) -> bool {
                add(tx, "倒れる");
                throw std::runtime_error("倒れた");
            },
            kept("一"), // a unique violation
            kept("二"),
        };
        const auto faults = dynamic_cast<GroupedDb&>(db).write_together(works);
        CHECK(titles(db) == std::vector<std::string>{"一", "二"});
        CHECK((!faults[0] && !faults[1] && faults[2] && faults[3] && !faults[4]));
        CHECK(fault_of([&] { std::rethrow_exception(faults[3]); }) == FaultKind::unique_violation);
        CHECK_THROWS_WITH_AS(std::rethrow_exception(faults[2]), "倒れた", std::runtime_error);
    });
}

TEST_CASE("hooks run once per group, before the commit; one that fails undoes the group")
{
    on_every_store(kShelf, [](Db& db) {
        CAPTURE(db.engine());
        int calls = 0;
        std::int64_t seen = 0;
        db.before_commit([&](Tx& tx) {
            ++calls;
            seen = tx.integer("select count(*) from folder");
            if (seen > 3) throw std::runtime_error("多すぎる");
        });
        auto& grouped = dynamic_cast<GroupedDb&>(db);
        grouped.write_together(std::vector<Work>{kept("一"), kept("二"), kept("三")});
        CHECK((calls == 1 && seen == 3));
        const auto faults = grouped.write_together(std::vector<Work>{kept("四"), [](Tx&) { return false; }});
        CHECK((faults[0] && !faults[1]));
        CHECK(titles(db).size() == 3);
        CHECK_FALSE(db.write([](Tx&) -> Result<int> { return refuse(kNotToday); }).has_value());
        CHECK(calls == 2); // nothing to commit, nothing to hook
    });
}

TEST_CASE("many clerks at once: what was acknowledged is seen at once, what was refused is not there")
{
    on_every_store(kShelf, [](Db& db) {
        CAPTURE(db.engine());
        constexpr int kClerks = 16, kWrites = 25;
        std::atomic<int> unseen = 0, acknowledged = 0;
        std::vector<std::thread> clerks;
        for (int clerk = 0; clerk < kClerks; ++clerk)
            clerks.emplace_back([&, clerk] {
                for (int i = 0; i < kWrites; ++i) {
                    const auto title = std::to_string(clerk) + "-" + std::to_string(i);
                    const auto done = db.write([&](Tx& tx) -> Result<int> {
                        add(tx, title);
                        if (i % 5 == 0) return refuse(kNotToday);
                        return 1;
                    });
                    acknowledged += done.has_value();
                    const auto seen = db.read([&](const Snapshot& data) {
                        return data.exists("select 1 from folder where title = ?", {title});
                    });
                    unseen += seen != done.has_value();
                }
            });
        for (auto& clerk : clerks) clerk.join();
        CHECK(unseen == 0);
        CHECK(acknowledged == kClerks * kWrites * 4 / 5);
        CHECK(titles(db).size() == static_cast<std::size_t>(acknowledged));
    });
}

TEST_CASE("one reading sees one state, whatever is written meanwhile, and cannot write")
{
    on_every_store(kShelf, [](Db& db) {
        CAPTURE(db.engine());
        db.read([&](const Snapshot& data) {
            CHECK(data.integer("select count(*) from folder") == 0);
            db.write([](Tx& tx) { add(tx, "あとから"); });
            CHECK(data.integer("select count(*) from folder") == 0);
        });
        CHECK(titles(db).size() == 1);
        CHECK(fault_of([&] {
                  db.read([](const Snapshot& data) { data.each("delete from folder", {}, [](const Row&) {}); });
              }) == FaultKind::read_only);
    });
}

TEST_CASE("an applied migration that has changed is refused, and so is data of a newer program")
{
    on_every_store(kShelf, [](Db& db) {
        CAPTURE(db.engine());
        db.migrate(kShelf); // again: nothing to do
        Migration changed[] = {kShelf[0]};
        changed[0].sql = "create table folder (id integer primary key);";
        CHECK_THROWS_WITH_AS(
            db.migrate(changed),
            "適用済みの移行手順 shelf/1_folder の内容が変わっています。配布されたとおりのプログラムで開いてください。",
            StorageFault);

        const Migration gap[] = {kShelf[0], {"shelf", 3, "c", "create table c (id integer)"}};
        CHECK_THROWS_AS(db.migrate(gap), StorageFault);
        const Migration broken[] = {kShelf[0],
                                    {"shelf", 2, "b", "create table b (id integer); insert into nowhere values (1)"}};
        CHECK_THROWS_AS(db.migrate(broken), StorageFault);
        const Migration two[] = {kShelf[0], {"shelf", 2, "b", "create table b (id integer); -- the last; step\n"}};
        db.migrate(two); // nothing of the broken step had remained
        CHECK(db.read([](const Snapshot& data) { return data.integer("select count(*) from b"); }) == 0);
        CHECK_THROWS_WITH_AS(
            db.migrate(kShelf),
            "このデータは新しい版の azukari で作られています(shelf)。新しい版のプログラムで開いてください。",
            StorageFault);
    });
}
