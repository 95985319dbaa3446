// One session on a PostgreSQL server, with the statements it has prepared so far.
#pragma once

#include "infra/storage/db.h"

#include <exception>
#include <map>
#include <memory>

struct pg_conn;
struct pg_result;

namespace azukari::storage::postgres {

class Connection final : public Tx {
public:
    // Connects, and throws a gone fault when nobody answers. `at_start` is run in every new session.
    Connection(std::string conninfo, std::function<void(Connection&)> at_start);
    ~Connection() override;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // An answer is fetched whole before the first row is shown, so a visitor may ask again.
    void each(std::string_view sql, Params params, const RowVisitor& visit) const override;
    std::int64_t execute(std::string_view sql, Params params = {}) override;

    // A statement without parameters; returns the server's word for what it did ("COMMIT"). Throws as each() does.
    std::string command(const char* sql) const;
    // Opens a transaction with `sql`; when the session is gone, opens a new one first. Nothing can be lost by that.
    void begin(const char* sql);
    void rollback() noexcept;
    bool in_transaction() const;
    bool trusted() const { return trusted_; }
    std::exception_ptr take_fault() { return std::exchange(fault_, nullptr); }

private:
    struct Finish {
        void operator()(pg_conn* session) const;
    };
    struct Clear {
        void operator()(pg_result* result) const;
    };
    using Answer = std::unique_ptr<pg_result, Clear>;

    void connect();
    Answer ask(std::string_view sql, Params params) const;
    const std::string& prepared(std::string_view sql, std::span<const unsigned> types) const;
    Answer checked(pg_result* result) const;
    [[noreturn]] void fail(std::string_view state, std::string_view about) const;

    std::string conninfo_;
    std::function<void(Connection&)> at_start_;
    std::unique_ptr<pg_conn, Finish> session_;
    mutable std::map<std::string, std::string, std::less<>> statements_; // SQL and types → the statement's name
    mutable int named_ = 0;
    mutable std::exception_ptr fault_;
    mutable bool trusted_ = true;
};

} // namespace azukari::storage::postgres
