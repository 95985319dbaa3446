#include "access/session_sweep_store.h"

#include "access/testing.h"
#include "infra/storage/testing.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::access;

TEST_CASE("at night the sessions that time has ended are taken away, those still open stay [K13]")
{
    const auto town_tables = testing::migrations();
    storage::testing::on_every_store({std::span<const storage::Migration>(town_tables)}, [](storage::Db& db) {
        CAPTURE(db.engine());
        const testing::Town town(db); // everybody signed in at 10:00
        const auto count = [&](const char* sql) {
            return db.read([&](const storage::Snapshot& snapshot) { return snapshot.integer(sql); });
        };
        const auto sweep = [&](Duration later) {
            return db.write(
                [&](storage::Tx& tx) { return sweep_sessions(tx, Moment(town.moment.at + later), Limits{}); });
        };
        const auto open = count("select count(*) from access_session");
        REQUIRE(open > 1);
        CHECK(sweep(Duration{Limits{}.idle.micros - 1}) == 0);
        const auto kept = town.session(Role::auditor).id;
        const Moment later(town.moment.at + Duration::minutes(10));
        db.write([&](storage::Tx& tx) { touch_session(tx, kept, later); });
        CHECK(sweep(Limits{}.idle) == open - 1);
        CHECK(count("select count(*) from access_session") == 1);
        CHECK(count("select count(*) from ledger_entry where act = 'access.session_ended'") == 1);
        CHECK(sweep(Limits{}.absolute) == 1); // used or not
    });
}
