// What only a server can do to us: another writer on the same schema, and sessions that end.
#include "infra/storage/postgres/postgres_db.h"
#include "infra/storage/testing.h"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace azukari;
using namespace azukari::storage;

namespace {

constexpr Migration kSlips[] = {{"slip", 1, "slip", "create table slip (id integer primary key)"}};

std::string schema_of(Db& db)
{
    return db
        .read([](const Snapshot& data) {
            return data.one("select current_schema()", {}, [](const Row& row) { return row.string(0); });
        })
        .value();
}

void on_the_server(const std::function<void(Db&)>& test)
{
    testing::on_every_store(kSlips, [&](Db& db) {
        if (db.engine() == "postgresql") test(db);
    });
}

void end_session(const Snapshot& data)
{
    data.each("select pg_terminate_backend(pg_backend_pid())", {}, [](const Row&) {});
}

} // namespace

TEST_CASE("a second azukari on the same schema is refused")
{
    on_the_server([](Db& db) {
        const auto conninfo =
            std::string(std::getenv("AZUKARI_TEST_POSTGRES")) + " options='-c search_path=" + schema_of(db) + "'";
        try {
            open_postgres(conninfo, {.readers = 1});
            FAIL("two writers");
        } catch (const StorageFault& fault) {
            CHECK(fault.kind() == FaultKind::busy);
            CHECK(std::string_view(fault.what()).starts_with("このデータベースは別の azukari が使用中です"));
        }
    });
}

TEST_CASE("a session that ends takes only its own work with it")
{
    on_the_server([](Db& db) {
        const auto lose_the_session = [&] {
            db.write([](Tx& tx) {
                tx.execute("insert into slip (id) values (1)");
                end_session(tx);
            });
        };
        CHECK_THROWS_AS(lose_the_session(), StorageFault);
        CHECK(db.write([](Tx& tx) { return tx.execute("insert into slip (id) values (2)"); }) == 1);
        for (int i = 0; i < 4; ++i) CHECK_THROWS_AS(db.read(end_session), StorageFault);
        CHECK(db.read([](const Snapshot& data) { return data.integer("select sum(id) from slip"); }) == 2);
    });
}
