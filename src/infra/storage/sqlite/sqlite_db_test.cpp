#include "infra/storage/sqlite/sqlite_db.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace azukari;
using namespace azukari::storage;

namespace {

class Folder {
public:
    Folder()
    {
        std::string name = "/tmp/azukari-sqlite-XXXXXX";
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string data() const { return (path_ / "azukari.db").string(); }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

constexpr Migration kLines[] = {{"line", 1, "line", "create table line (id integer primary key, body blob)"}};

std::int64_t add_line(Db& db, std::size_t size)
{
    return db
        .write([&](Tx& tx) {
            return tx.one("insert into line (body) values (?) returning id", {Bytes(size, 7)},
                          [](const Row& row) { return row.integer(0); });
        })
        .value();
}

std::int64_t count(Db& db)
{
    return db.read([](const Snapshot& data) { return data.integer("select count(*) from line"); });
}

// Runs `act` in a process of its own; what it returns must fit in an exit code.
template <class F>
int in_another_process(F&& act)
{
    const auto child = fork();
    if (child == 0) _exit(act());
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int kind_when_opening(const std::string& path, std::string& message)
{
    try {
        open_sqlite(path, {.readers = 1, .check_on_open = true});
    } catch (const StorageFault& fault) {
        message = fault.what();
        return static_cast<int>(fault.kind());
    }
    return 99;
}

} // namespace

TEST_CASE("a second process is refused while the first holds the data folder")
{
    const Folder folder;
    const auto db = open_sqlite(folder.data());
    const auto pid = std::to_string(getpid());
    CHECK(in_another_process([&] {
              std::string message;
              const int kind = kind_when_opening(folder.data(), message);
              const bool clear = message.find("このデータフォルダーは別の azukari が使用中です(pid " + pid) == 0;
              return clear ? kind : 98;
          }) == static_cast<int>(FaultKind::busy));
    std::string message;
    CHECK(kind_when_opening(folder.data(), message) == static_cast<int>(FaultKind::busy)); // nor twice in one process
}

TEST_CASE("a folder that cannot be written is refused with what to do")
{
    const Folder folder;
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0555));
    CHECK(in_another_process([&] {
              if (getuid() == 0 && setuid(65534) != 0) return 97; // root may write anywhere
              std::string message;
              const int kind = kind_when_opening(folder.data(), message);
              return message.find("権限") != message.npos ? kind : 98;
          }) == static_cast<int>(FaultKind::read_only));
    std::string message;
    CHECK(kind_when_opening("/nowhere/azukari.db", message) == static_cast<int>(FaultKind::gone));
}

TEST_CASE("all files of the store are readable by their owner only")
{
    const Folder folder;
    const auto db = open_sqlite(folder.data());
    db->migrate(kLines);
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        struct stat facts {};
        stat(entry.path().c_str(), &facts);
        CAPTURE(entry.path().string());
        CHECK((facts.st_mode & 0777) == 0600);
        ++files;
    }
    CHECK(files == 4); // data, log, index of the log, lock
}

TEST_CASE("a damaged file is found when it is opened with the check")
{
    const Folder folder;
    {
        const auto db = open_sqlite(folder.data());
        db->migrate(kLines);
        for (int i = 0; i < 20; ++i) add_line(*db, 2000);
    }
    std::string message;
    CHECK(kind_when_opening(folder.data(), message) == 99); // sound so far
    {
        std::fstream file(folder.data(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(kPageBytes * 3);
        file << std::string(kPageBytes, '\x55');
    }
    CHECK(kind_when_opening(folder.data(), message) == static_cast<int>(FaultKind::corrupt));
    CHECK(message.find("バックアップから戻してください") != message.npos);
}

TEST_CASE("damage that a reading or the nightly check meets stops the office")
{
    const Folder folder;
    {
        const auto db = open_sqlite(folder.data());
        db->migrate(kLines);
        for (int i = 0; i < 20; ++i) add_line(*db, 2000);
        db->check_for_damage();
    }
    {
        std::fstream file(folder.data(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(kPageBytes * 3);
        file << std::string(kPageBytes, '\x55');
    }
    const auto stopped =
        "ディスクの読み書きに失敗したため、受付を止めました。ディスクを点検し、azukari を再起動してください。";
    {
        const auto db = open_sqlite(folder.data());
        CHECK_THROWS_AS(db->check_for_damage(), StorageFault);
        CHECK_THROWS_WITH_AS(add_line(*db, 10), stopped, StorageFault);
    }
    const auto db = open_sqlite(folder.data());
    CHECK_THROWS_AS(db->read([](const Snapshot& data) { data.integer("select sum(length(body)) from line"); }),
                    StorageFault);
    CHECK_THROWS_WITH_AS(add_line(*db, 10), stopped, StorageFault);
}

TEST_CASE("what a killed process had acknowledged is there afterwards [D-3]")
{
    const Folder folder;
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const auto child = fork();
    if (child == 0) {
        const auto db = open_sqlite(folder.data(), {.checkpoint_pages = 20});
        db->migrate(kLines);
        while (true) {
            const auto id = add_line(*db, 300);
            if (write(ends[1], &id, sizeof id) != sizeof id) _exit(1);
        }
    }
    close(ends[1]);
    std::int64_t acknowledged = 0;
    while (acknowledged < 300) REQUIRE(read(ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    std::int64_t later = 0;
    while (read(ends[0], &later, sizeof later) == sizeof later) acknowledged = later;
    close(ends[0]);

    const auto db = open_sqlite(folder.data(), {.check_on_open = true});
    CHECK(count(*db) >= acknowledged);
    CHECK(count(*db) <= acknowledged + 1); // the one that was under way
}

TEST_CASE("the write-ahead log is emptied again, by length and when the office is quiet")
{
    const Folder folder;
    const auto log = folder.data() + "-wal";
    const auto db = open_sqlite(folder.data(), {.checkpoint_pages = 50});
    db->migrate(kLines);
    for (int i = 0; i < 400; ++i) add_line(*db, 3000);
    CHECK(std::filesystem::file_size(log) < kPageBytes * 200); // 400 commits of two pages and more would be twice that
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::filesystem::file_size(log) > 0 && std::chrono::steady_clock::now() < patience)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(std::filesystem::file_size(log) == 0);
    CHECK(count(*db) == 400);
}

TEST_CASE("readers beside a writer that checkpoints after every commit find no damage [D-7]")
{
    const Folder folder;
    std::int64_t acknowledged = 0;
    {
        const auto db = open_sqlite(folder.data(), {.checkpoint_pages = 1});
        db->migrate(kLines);
        std::atomic<bool> stop = false;
        std::atomic<int> wrong = 0;
        std::vector<std::thread> readers;
        for (int i = 0; i < 3; ++i)
            readers.emplace_back([&] {
                std::int64_t before = 0;
                while (!stop) {
                    const auto now = count(*db);
                    wrong += now < before; // time runs forward for a reader
                    before = now;
                }
            });
        for (; acknowledged < 400; ++acknowledged) add_line(*db, static_cast<std::size_t>(acknowledged % 400));
        stop = true;
        for (auto& reader : readers) reader.join();
        CHECK(wrong == 0);
    }
    const auto db = open_sqlite(folder.data(), {.check_on_open = true});
    CHECK(count(*db) == acknowledged);
}
