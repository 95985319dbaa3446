// What the shared commit costs above bare SQLite: durable small writes of 64 clerks at once, and the same rows written
// by a plain loop that commits in groups of the same size, in turns on the same disk; then the clerks on PostgreSQL,
// when AZUKARI_TEST_POSTGRES names a server. Prints "metric value unit".
#include "infra/storage/sqlite/sqlite_db.h"
#include "infra/storage/testing.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <thread>

using namespace azukari;
using namespace azukari::storage;

namespace {

constexpr int kClerks = 64, kWritesEach = 200, kWrites = kClerks * kWritesEach, kRounds = 9;
constexpr auto kInsert = "insert into line (clerk, body) values (?, ?)";
constexpr std::string_view kTable = "create table line (id integer primary key, clerk integer, body blob)";
const Bytes kBody(120, 7);

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
    const auto took = seconds([&] {
        std::vector<std::thread> clerks;
        for (int clerk = 0; clerk < kClerks; ++clerk)
            clerks.emplace_back([&, clerk] {
                for (int i = 0; i < kWritesEach; ++i)
                    db.write([&](Tx& tx) { tx.execute(kInsert, {clerk, kBody}); });
            });
        for (auto& clerk : clerks) clerk.join();
    });
    return {kWrites / took, kWrites / groups};
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

} // namespace

int main(int argc, char** argv)
{
    auto folder = std::string(argc > 1 ? argv[1] : "/var/tmp") + "/azukari-bench-XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) return 1;
    const Migration table[] = {{"line", 1, "line", kTable}};
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
    fmt::print("storage_sqlite_writes {:.0f} writes/s\n", median(port));
    fmt::print("storage_sqlite_group {:.0f} writes/commit\n", median(group));
    fmt::print("storage_sqlite_bare_loop {:.0f} writes/s\n", median(loop));
    fmt::print("storage_sqlite_ratio {:.2f} -\n", median(ratio));
    testing::on_every_store(table, [](Db& db) {
        if (db.engine() != "postgresql") return;
        const auto shared = through_the_port(db);
        fmt::print("storage_postgresql_writes {:.0f} writes/s\n", shared.writes_per_second);
        fmt::print("storage_postgresql_group {} writes/commit\n", shared.group);
    });
}
