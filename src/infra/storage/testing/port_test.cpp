#include "infra/storage/testing.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::storage;

namespace {

constexpr Migration kMigrations[] = {
    {"shelf", 1, "folder", "create table folder (id integer primary key, title text not null unique, body blob);"}};
constexpr RefusalKind kNotToday{"shelf.not_today", "本日は受け付けていません。"};

} // namespace

TEST_CASE("what was written can be read back, and a refusal leaves nothing")
{
    testing::on_every_store(kMigrations, [](Db& db) {
        INFO(db.engine());
        const auto id = db.write([](Tx& tx) {
            return tx.one("insert into folder (title, body) values (?, ?) returning id", {"見本", Bytes{1, 0, 2}},
                          [](const Row& row) { return row.integer(0); });
        });
        CHECK(id == 1);
        const auto refused = db.write([](Tx& tx) -> Result<int> {
            tx.execute("insert into folder (title) values (?)", {"残らない"});
            return refuse(kNotToday);
        });
        CHECK_FALSE(refused.has_value());
        CHECK(db.read([](const Snapshot& data) { return data.integer("select count(*) from folder"); }) == 1);
    });
}
