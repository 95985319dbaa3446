#include "infra/storage/sqlite/sqlite_db.h"

#include "infra/storage/reader_pool.h"
#include "infra/storage/sqlite/connection.h"
#include "infra/storage/sqlite/faults.h"
#include "infra/storage/sqlite/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

namespace azukari::storage {

namespace sqlite {

namespace {

// SQLite would create the file readable by everybody; its companions take the permissions of the file.
void create_private_file(const std::string& path)
{
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) throw fault_of(errno == EACCES || errno == EROFS ? SQLITE_READONLY : SQLITE_CANTOPEN, nullptr);
    close(file);
}

void check_library()
{
    if (sqlite3_libversion_number() < SQLITE_VERSION_NUMBER || sqlite3_threadsafe() == 0)
        throw StorageFault(FaultKind::other, fmt::format("SQLite {} では動きません。{} 以降が必要です。",
                                                         sqlite3_libversion(), SQLITE_VERSION));
}

class FileWriter final : public WriterConnection {
public:
    FileWriter(const std::string& path, const SqliteOptions& options)
        : checkpoint_pages_(options.checkpoint_pages),
          lock_(options.vfs.empty() ? std::make_unique<FolderLock>(path + ".lock") : nullptr)
    {
        if (options.vfs.empty()) create_private_file(path);
        connection_ = std::make_unique<Connection>(path, Connection::Access::write, options.vfs);
        if (options.check_on_open && connection_->answer("pragma quick_check(1)") != "ok")
            throw fault_of(SQLITE_CORRUPT, nullptr);
    }
    ~FileWriter() override
    {
        if (connection_ && connection_->trusted()) connection_->checkpoint(true);
    }

    Tx& tx() override { return *connection_; }
    void begin() override { connection_->execute("begin immediate"); }
    void commit() override { connection_->execute("commit"); }
    void rollback() noexcept override { connection_->rollback(); }
    void mark() override { connection_->execute("savepoint mark"); }
    void pass_mark() override { connection_->execute("release mark"); }
    void back_to_mark() override
    {
        connection_->execute("rollback to mark");
        connection_->execute("release mark");
    }
    std::exception_ptr take_fault() override { return connection_->take_fault(); }
    bool in_transaction() const override { return connection_->in_transaction(); }
    bool trusted() const override { return connection_->trusted(); }
    bool scrub(std::span<const std::string_view>) override
    {
        connection_->answer("pragma shrink_memory");
        return connection_->checkpoint(true);
    }
    void rest(bool idle) noexcept override
    {
        if (connection_->wal_pages() >= (idle ? 1 : checkpoint_pages_)) connection_->checkpoint(idle);
    }

private:
    int checkpoint_pages_;
    std::unique_ptr<FolderLock> lock_; // given back after the connection is closed
    std::unique_ptr<Connection> connection_;
};

class SqliteDb final : public GroupedDb {
public:
    SqliteDb(const std::string& path, const SqliteOptions& options)
        : GroupedDb(std::make_unique<FileWriter>(path, options), options.writer)
    {
        for (int i = 0; i < options.readers; ++i)
            readers_.add(std::make_unique<Connection>(path, Connection::Access::read, options.vfs));
    }
    std::string_view engine() const override { return "sqlite"; }
    void check_for_damage() override
    {
        read([this](const Snapshot& data) {
            data.each("pragma integrity_check(1)", {}, [this](const Row& row) {
                if (row.text(0) == "ok") return;
                distrust();
                throw fault_of(SQLITE_CORRUPT, nullptr);
            });
        });
    }

private:
    void read_snapshot(const std::function<void(const Snapshot&)>& work) override
    {
        struct Ending { // a read leaves no transaction behind, or the write-ahead log could never be emptied
            SqliteDb& db;
            Connection& reader;
            ~Ending()
            {
                reader.rollback();
                if (!reader.trusted()) db.distrust();
            }
        };
        const auto reader = readers_.lend();
        const Ending ending{*this, *reader};
        reader->execute("begin");
        work(*reader);
    }

    ReaderPool<Connection> readers_;
};

} // namespace

} // namespace sqlite

std::unique_ptr<GroupedDb> open_sqlite(const std::string& path, const SqliteOptions& options)
{
    sqlite::check_library();
    return std::make_unique<sqlite::SqliteDb>(path, options);
}

} // namespace azukari::storage
