// What the shared commit costs above bare SQLite: durable small writes of 64 clerks at once, and the same rows written
// by a plain loop that commits in groups of the same size, in turns on the same disk; the same where a flush takes
// 0.1 ms; then the clerks on PostgreSQL, when AZUKARI_TEST_POSTGRES names a server. Prints "metric value unit".
#include "infra/storage/sqlite/sqlite_db.h"
#include "infra/storage/testing.h"

#include <barrier>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

using namespace azukari;
using namespace azukari::storage;

namespace {

constexpr int kClerks = 64, kWritesEach = 200, kWrites = kClerks * kWritesEach, kRounds = 9;
constexpr auto kInsert = "insert into line (clerk, body) values (?, ?)";
constexpr std::string_view kTable = "create table line (id integer primary key, clerk integer, body blob)";
const Bytes kBody(120, 7);
std::chrono::microseconds pretended_flush{0}; // what a flush takes instead of the disk's own time

template <class F>
double seconds(F&& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

struct Shared {
    double writes_per_second;
    int group; // writes that shared a commit, on average
};

Shared through_the_port(Db& db)
{
    int groups = 0;
    db.before_commit([&](Tx&) { ++groups; });
    // The clock starts when every clerk is at the desk: hiring them is not what is measured.
    auto start = std::chrono::steady_clock::now();
    std::barrier ready(kClerks, [&]() noexcept { start = std::chrono::steady_clock::now(); });
    std::vector<std::thread> clerks;
    for (int clerk = 0; clerk < kClerks; ++clerk)
        clerks.emplace_back([&, clerk] {
            ready.arrive_and_wait();
            for (int i = 0; i < kWritesEach; ++i) db.write([&](Tx& tx) { tx.execute(kInsert, {clerk, kBody}); });
        });
    for (auto& clerk : clerks) clerk.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    return {kWrites / took.count(), kWrites / groups};
}

void must(int code)
{
    if (code != SQLITE_OK && code != SQLITE_DONE) throw std::runtime_error(sqlite3_errstr(code));
}

double bare(const std::string& path, int group)
{
    sqlite3* db = nullptr;
    must(sqlite3_open(path.c_str(), &db));
    for (const auto* pragma : {"pragma journal_mode=wal", "pragma synchronous=full", "pragma secure_delete=on"})
        must(sqlite3_exec(db, pragma, nullptr, nullptr, nullptr));
    must(sqlite3_exec(db, std::string(kTable).c_str(), nullptr, nullptr, nullptr));
    sqlite3_stmt* insert = nullptr;
    must(sqlite3_prepare_v2(db, kInsert, -1, &insert, nullptr));
    const auto took = seconds([&] {
        for (int i = 0; i < kWrites; ++i) {
            if (i % group == 0) must(sqlite3_exec(db, "begin immediate", nullptr, nullptr, nullptr));
            must(sqlite3_bind_int(insert, 1, i % kClerks));
            must(sqlite3_bind_blob(insert, 2, kBody.data(), static_cast<int>(kBody.size()), SQLITE_STATIC));
            must(sqlite3_step(insert));
            must(sqlite3_reset(insert));
            if (i % group == group - 1 || i == kWrites - 1) must(sqlite3_exec(db, "commit", nullptr, nullptr, nullptr));
        }
    });
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return kWrites / took;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void measure(const std::string& disk, std::string_view name, std::span<const Migration> table)
{
    auto folder = disk + "/azukari-bench-XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("cannot make " + folder);
    std::vector<double> port, loop, ratio, group;
    for (int round = 0; round < kRounds; ++round) {
        const auto db = open_sqlite(fmt::format("{}/port-{}.db", folder, round));
        db->migrate(table);
        const auto shared = through_the_port(*db);
        port.push_back(shared.writes_per_second);
        group.push_back(shared.group);
        loop.push_back(bare(fmt::format("{}/bare-{}.db", folder, round), shared.group));
        ratio.push_back(port.back() / loop.back());
    }
    std::filesystem::remove_all(folder);
    fmt::print("storage_{}_writes {:.0f} writes/s\n", name, median(port));
    fmt::print("storage_{}_group {:.0f} writes/commit\n", name, median(group));
    fmt::print("storage_{}_bare_loop {:.0f} writes/s\n", name, median(loop));
    fmt::print("storage_{}_ratio {:.2f} -\n", name, median(ratio));
}

} // namespace

// Stands before the system's own, for SQLite too.
extern "C" int fdatasync(int file)
{
    if (pretended_flush.count() == 0) return static_cast<int>(syscall(SYS_fdatasync, file));
    std::this_thread::sleep_for(pretended_flush);
    return 0;
}

int main(int argc, char** argv)
{
    const Migration table[] = {{"line", 1, "line", kTable}};
    measure(argc > 1 ? argv[1] : "/var/tmp", "sqlite", table);
    pretended_flush = std::chrono::microseconds(100); // a disk that is quicker than its clerks
    measure("/dev/shm", "quick_disk", table);
    testing::on_every_store(table, [](Db& db) {
        if (db.engine() != "postgresql") return;
        const auto shared = through_the_port(db);
        fmt::print("storage_postgresql_writes {:.0f} writes/s\n", shared.writes_per_second);
        fmt::print("storage_postgresql_group {} writes/commit\n", shared.group);
    });
}
