#include "sim/storage_trial.h"

#include "infra/storage/sqlite/sqlite_db.h"
#include "sim/disk_vfs.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::sim;

namespace {

TrialOutcome trial(std::uint64_t seed)
{
    return StorageTrial(seed).run(6);
}

} // namespace

TEST_CASE("no power cut, full or failing disk loses what was acknowledged [D-2] [D-4] [D-5] [D-6]")
{
    TrialOutcome sum;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        const auto outcome = trial(seed);
        for (const auto& complaint : outcome.complaints) FAIL_CHECK(complaint);
        sum.power_cuts += outcome.power_cuts;
        sum.acknowledged += outcome.acknowledged;
        sum.faults += outcome.faults;
    }
    MESSAGE(sum.power_cuts << " power cuts, " << sum.acknowledged << " writes acknowledged, " << sum.faults
                           << " writes that met a fault, 0 lost");
    CHECK(sum.acknowledged > 10'000);
    CHECK(sum.faults > 1'000);
}

TEST_CASE("a seed tells the same story twice, another seed another one")
{
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const auto first = trial(seed), second = trial(seed);
        CHECK(first.fingerprint == second.fingerprint);
        CHECK(first.acknowledged == second.acknowledged);
    }
    CHECK(trial(1).fingerprint != trial(2).fingerprint);
}

TEST_CASE("the trial notices when commits are not synced")
{
    int noticed = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        StorageTrial liar(seed);
        liar.let_the_disk_lie();
        noticed += !liar.run(6).complaints.empty();
    }
    CHECK(noticed >= 18);
}

TEST_CASE("a full disk refuses writes, and the office goes on when there is space again [D-6]")
{
    Disk disk(7);
    const DiskVfs vfs(disk);
    const auto db = storage::open_sqlite(
        "full.db", {.readers = 1, .writer = storage::Writer::Thread::callers, .vfs = DiskVfs::name()});
    constexpr storage::Migration kTable[] = {{"t", 1, "t", "create table t (body blob)"}};
    db->migrate(kTable);
    const auto write = [&] {
        db->write([](storage::Tx& tx) { tx.execute("insert into t (body) values (?)", {Bytes(9000, 1)}); });
    };
    const auto count = [&] {
        return db->read([](const storage::Snapshot& data) { return data.integer("select count(*) from t"); });
    };
    write();
    disk.set_free_space(20'000);
    int written = 1;
    try {
        for (; written < 10; ++written) write();
        FAIL("there was not that much space");
    } catch (const storage::StorageFault& fault) {
        CHECK(fault.kind() == storage::FaultKind::disk_full);
        CHECK(std::string(fault.what()).find("空き") != std::string::npos);
    }
    CHECK(count() == written);
    disk.calm();
    write();
    CHECK(count() == written + 1);
}

TEST_CASE("a work too large for the disk takes its group with it, and nothing by halves [D-6]")
{
    Disk disk(7);
    const DiskVfs vfs(disk);
    const auto db = storage::open_sqlite(
        "large.db", {.readers = 1, .writer = storage::Writer::Thread::callers, .vfs = DiskVfs::name()});
    constexpr storage::Migration kTable[] = {{"t", 1, "t", "create table t (body blob)"}};
    db->migrate(kTable);
    disk.set_free_space(1'000'000);
    const auto write = [](std::size_t size) -> storage::Work {
        return [size](storage::Tx& tx) {
            tx.execute("insert into t (body) values (?)", {Bytes(size, 1)}); // beyond the page cache it meets the disk
            return true;
        };
    };
    constexpr auto kNoSpace =
        "ディスクの空きがないため保存できませんでした。空きを増やしてから、もう一度お試しください。"
        "(SQLite 13: database or disk is full)";
    const auto faults = db->write_together(std::vector<storage::Work>{write(10), write(9'000'000), write(10)});
    for (const auto& fault : faults)
        CHECK_THROWS_WITH_AS(std::rethrow_exception(fault), kNoSpace, storage::StorageFault);
    const auto count = [](const storage::Snapshot& data) { return data.integer("select count(*) from t"); };
    CHECK(db->read(count) == 0);
    CHECK(db->write_together(std::vector<storage::Work>{write(10), write(10)})[1] == nullptr);
    CHECK(db->read(count) == 2);
}

TEST_CASE("after a failed sync nothing is accepted or shown until the next start [D-2]")
{
    Disk disk(7);
    const DiskVfs vfs(disk);
    const auto db = storage::open_sqlite(
        "sick.db", {.readers = 1, .writer = storage::Writer::Thread::callers, .vfs = DiskVfs::name()});
    constexpr storage::Migration kTable[] = {{"t", 1, "t", "create table t (body blob)"}};
    db->migrate(kTable);
    const auto write = [&] { db->write([](storage::Tx& tx) { tx.execute("insert into t (body) values (x'00')"); }); };
    disk.fail_one_in(1);
    CHECK_THROWS_AS(write(), storage::StorageFault);
    disk.calm();
    constexpr auto kStopped =
        "ディスクの読み書きに失敗したため、受付を止めました。ディスクを点検し、azukari を再起動してください。";
    CHECK_THROWS_WITH_AS(write(), kStopped, storage::StorageFault);
    CHECK_THROWS_WITH_AS(db->read([](const storage::Snapshot&) {}), kStopped, storage::StorageFault);
}
