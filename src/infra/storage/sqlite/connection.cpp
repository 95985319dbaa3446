#include "infra/storage/sqlite/connection.h"

#include "base/check.h"
#include "infra/storage/sqlite/faults.h"
#include "infra/storage/sqlite/sqlite_db.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace azukari::storage::sqlite {

namespace {

constexpr std::size_t kMostStatements = 512; // far above what the rooms have; a bound for SQL that is put together

class StatementRow final : public Row {
public:
    explicit StatementRow(sqlite3_stmt* statement) : statement_(statement) {}
    bool is_null(int column) const override { return type(column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override
    {
        AZK_CHECK(type(column) == SQLITE_INTEGER);
        return sqlite3_column_int64(statement_, column);
    }
    std::string_view text(int column) const override
    {
        AZK_CHECK(type(column) == SQLITE_TEXT);
        const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return {data, size(column)};
    }
    ByteView blob(int column) const override
    {
        AZK_CHECK(type(column) == SQLITE_BLOB);
        return {static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column)), size(column)};
    }

private:
    int type(int column) const
    {
        AZK_CHECK(column >= 0 && column < sqlite3_column_count(statement_));
        return sqlite3_column_type(statement_, column);
    }
    std::size_t size(int column) const { return static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)); }
    sqlite3_stmt* statement_;
};

// The parameter outlives the statement's run, so nothing is copied. Null pointers would bind NULL: empty is not null.
struct Bind {
    sqlite3_stmt* statement;
    int index;
    int operator()(std::monostate) const { return sqlite3_bind_null(statement, index); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
    int operator()(std::string_view text) const
    {
        return sqlite3_bind_text64(statement, index, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC,
                                   SQLITE_UTF8);
    }
    int operator()(const std::string& text) const { return (*this)(std::string_view(text)); }
    int operator()(ByteView blob) const
    {
        if (blob.empty()) return sqlite3_bind_zeroblob(statement, index, 0);
        return sqlite3_bind_blob64(statement, index, blob.data(), blob.size(), SQLITE_STATIC);
    }
};

} // namespace

struct Connection::Statement {
    sqlite3_stmt* prepared = nullptr;
    bool in_use = false;
    ~Statement() { sqlite3_finalize(prepared); }
};

// A statement while it runs: bound, stepped, and left clean whatever happens in between.
class Connection::Use {
public:
    Use(const Connection& connection, std::string_view sql, Params params) : connection_(connection)
    {
        auto found = connection.statements_.find(sql);
        if (found == connection.statements_.end()) {
            if (connection.statements_.size() >= kMostStatements)
                std::erase_if(connection.statements_, [](const auto& entry) { return !entry.second->in_use; });
            found = connection.statements_.emplace(std::string(sql), connection.prepare(sql)).first;
        }
        statement_ = found->second.get();
        if (statement_->in_use) { // a visitor runs the same statement again
            own_ = connection.prepare(sql);
            statement_ = own_.get();
        }
        bind(params);
        statement_->in_use = true;
    }
    ~Use()
    {
        sqlite3_reset(statement_->prepared);
        sqlite3_clear_bindings(statement_->prepared);
        statement_->in_use = false;
    }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

    bool step() const // whether there is a row
    {
        const int code = sqlite3_step(statement_->prepared);
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            connection_.fail(sqlite3_extended_errcode(connection_.db_.get()));
        return code == SQLITE_ROW;
    }
    StatementRow row() const { return StatementRow(statement_->prepared); }

private:
    void bind(Params params) const
    {
        AZK_CHECK(static_cast<int>(params.size()) == sqlite3_bind_parameter_count(statement_->prepared));
        int index = 0;
        for (const auto& param : params) {
            const int code = std::visit(Bind{statement_->prepared, ++index}, param.value());
            if (code != SQLITE_OK) connection_.fail(code);
        }
    }

    const Connection& connection_;
    Statement* statement_ = nullptr;
    std::unique_ptr<Statement> own_;
};

void Connection::Close::operator()(sqlite3* db) const
{
    sqlite3_close_v2(db);
}

Connection::Connection(const std::string& path, Access access, const std::string& vfs)
{
    sqlite3* db = nullptr;
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (vfs.empty() ? 0 : SQLITE_OPEN_CREATE);
    const int code = sqlite3_open_v2(path.c_str(), &db, flags, vfs.empty() ? nullptr : vfs.c_str());
    db_.reset(db);
    if (code != SQLITE_OK) fail(code);
    configure(access);
    rollback_ = prepare("rollback");
}

Connection::~Connection()
{
    statements_.clear();
}

void Connection::configure(Access access)
{
    auto* db = db_.get();
    sqlite3_busy_timeout(db, 5000);
    for (const int off : {SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_TRUSTED_SCHEMA,
                          SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION})
        sqlite3_db_config(db, off, 0, nullptr);
    for (const int on : {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, SQLITE_DBCONFIG_ENABLE_FKEY, SQLITE_DBCONFIG_DEFENSIVE})
        sqlite3_db_config(db, on, 1, nullptr);
    // FULL: a commit is on the disk before it is acknowledged. NORMAL would lose commits when the power fails.
    answer(fmt::format("pragma page_size={}", kPageBytes));
    for (const auto* pragma : {"pragma mmap_size=0", "pragma cell_size_check=on", "pragma temp_store=memory",
                               "pragma case_sensitive_like=on", "pragma secure_delete=on", "pragma cache_size=-2000"})
        answer(pragma);
    if (answer("pragma journal_mode=wal") != "wal")
        throw StorageFault(FaultKind::other,
                           "データファイルを安全な書込み方式(WAL)にできません。置き場所のディスクを確かめてください。");
    answer("pragma wal_autocheckpoint=0");
    answer(access == Access::write ? "pragma synchronous=full" : "pragma query_only=on");
    // A large erasure touches pages in no order: with little room each would be written to the log many times. Given
    // back after it (scrub).
    if (access == Access::write) answer("pragma cache_size=-131072");
    if (access == Access::write)
        sqlite3_wal_hook(
            db,
            [](void* self, sqlite3*, const char*, int pages) {
                static_cast<Connection*>(self)->wal_pages_ = pages;
                return SQLITE_OK;
            },
            this);
}

std::unique_ptr<Connection::Statement> Connection::prepare(std::string_view sql) const
{
    auto statement = std::make_unique<Statement>();
    const int code = sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement->prepared, nullptr);
    if (code != SQLITE_OK) fail(code);
    AZK_CHECK(statement->prepared != nullptr);
    return statement;
}

void Connection::fail(int code) const
{
    const auto fault = fault_of(code, db_.get());
    if (fault.kind() == FaultKind::io || fault.kind() == FaultKind::corrupt) trusted_ = false;
    if (!fault_) fault_ = std::make_exception_ptr(fault);
    throw fault;
}

void Connection::each(std::string_view sql, Params params, const RowVisitor& visit) const
{
    const Use use(*this, sql, params);
    while (use.step()) visit(use.row());
}

std::int64_t Connection::execute(std::string_view sql, Params params)
{
    const auto before = sqlite3_total_changes64(db_.get());
    const Use use(*this, sql, params);
    while (use.step()) {
    }
    return sqlite3_total_changes64(db_.get()) == before ? 0 : sqlite3_changes64(db_.get());
}

std::string Connection::answer(std::string_view sql) const
{
    const auto statement = prepare(sql);
    std::string first;
    int code = sqlite3_step(statement->prepared);
    if (code == SQLITE_ROW) {
        if (const auto* text = sqlite3_column_text(statement->prepared, 0)) first = reinterpret_cast<const char*>(text);
        while (code == SQLITE_ROW) code = sqlite3_step(statement->prepared); // to its end: only there it may fail
    }
    if (code != SQLITE_DONE) fail(sqlite3_extended_errcode(db_.get()));
    return first;
}

bool Connection::in_transaction() const
{
    return sqlite3_get_autocommit(db_.get()) == 0;
}

void Connection::rollback() noexcept
{
    if (!in_transaction()) return;
    sqlite3_step(rollback_->prepared);
    sqlite3_reset(rollback_->prepared);
}

bool Connection::checkpoint(bool truncate)
{
    const int mode = truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
    sqlite3_busy_timeout(db_.get(), 0);
    const int code = sqlite3_wal_checkpoint_v2(db_.get(), nullptr, mode, nullptr, nullptr);
    sqlite3_busy_timeout(db_.get(), 5000);
    if (code == SQLITE_OK && truncate) wal_pages_ = 0;
    const auto kind = fault_of(code, nullptr).kind();
    if (code != SQLITE_OK && (kind == FaultKind::io || kind == FaultKind::corrupt)) trusted_ = false;
    return code == SQLITE_OK;
}

} // namespace azukari::storage::sqlite
