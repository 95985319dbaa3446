// One connection to an SQLite file, with the statements it has prepared so far.
#pragma once

#include "infra/storage/db.h"

#include <exception>
#include <map>
#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace azukari::storage::sqlite {

class Connection final : public Tx {
public:
    enum class Access { write, read };

    // Opens a file that exists (or that the named VFS makes). `vfs` is empty for the operating system's files.
    Connection(const std::string& path, Access access, const std::string& vfs);
    ~Connection() override;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void each(std::string_view sql, Params params, const RowVisitor& visit) const override;
    std::int64_t execute(std::string_view sql, Params params = {}) override;

    // The first text of the first row: what a pragma answers.
    std::string answer(std::string_view sql) const;
    bool in_transaction() const;
    // Ends an open transaction without a trace. What could fail here has failed before.
    void rollback() noexcept;
    // False once reading or writing the file has failed, or shown damage.
    bool trusted() const { return trusted_; }
    std::exception_ptr take_fault() { return std::exchange(fault_, nullptr); }

    // Pages in the write-ahead log after the last commit of this connection.
    int wal_pages() const { return wal_pages_; }
    // Copies the write-ahead log into the file, as far as readers allow; `truncate` also empties the log. Only the
    // writer may: two checkpointing connections can corrupt the file (SQLite 3.7.0 to 3.51.2, the WAL-reset race).
    bool checkpoint(bool truncate); // whether all of it was taken in

private:
    struct Statement;
    struct Close {
        void operator()(sqlite3* db) const;
    };
    class Use;

    void configure(Access access);
    std::unique_ptr<Statement> prepare(std::string_view sql) const;
    [[noreturn]] void fail(int code) const;

    std::unique_ptr<sqlite3, Close> db_;
    mutable std::map<std::string, std::unique_ptr<Statement>, std::less<>> statements_;
    std::unique_ptr<Statement> rollback_; // every read ends with it
    mutable std::exception_ptr fault_;
    mutable bool trusted_ = true;
    int wal_pages_ = 0;
};

} // namespace azukari::storage::sqlite
