#include "infra/storage/postgres/postgres_db.h"

#include "infra/storage/postgres/connection.h"
#include "infra/storage/postgres/dialect.h"
#include "infra/storage/reader_pool.h"

namespace azukari::storage {

namespace postgres {

namespace {

// Half of the advisory lock's key; the other half is the schema, so that tests and wards can share a database.
constexpr std::int64_t kWriterLock = 0x617a6b; // "azk"

void refuse_servers_that_forget(const Snapshot& session)
{
    session.each("select name from pg_settings where name in ('fsync', 'full_page_writes') and setting <> 'on'", {},
                 [](const Row& row) {
                     throw StorageFault(FaultKind::other,
                                        "PostgreSQL の設定 " + row.string(0) +
                                            " が off です。停電で記録を失うため、on にしてください。");
                 });
}

void become_the_writer(Connection& session)
{
    refuse_servers_that_forget(session);
    // A server set to wait for its standbys' replay keeps that; anything weaker than "on" is raised to it.
    session.each("select set_config('synchronous_commit', 'on', false)"
                 " where current_setting('synchronous_commit') in ('off', 'local', 'remote_write')",
                 {}, [](const Row&) {});
    const bool locked =
        session.integer("select cast(pg_try_advisory_lock(cast(? as int4), hashtext(current_schema())) as int4)",
                        {kWriterLock}) != 0;
    if (!locked) {
        std::string pid;
        session.each("select pid from pg_locks where locktype = 'advisory' and granted and classid = ? limit 1",
                     {kWriterLock}, [&](const Row& row) { pid = std::to_string(row.integer(0)); });
        throw StorageFault(FaultKind::busy,
                           "このデータベースは別の azukari が使用中です(データベース側の pid " + pid + ")。");
    }
}

class SessionWriter final : public WriterConnection {
public:
    explicit SessionWriter(const std::string& conninfo) : session_(conninfo, become_the_writer) {}

    Tx& tx() override { return session_; }
    void begin() override { session_.begin("begin isolation level read committed read write"); }
    void commit() override
    {
        if (session_.command("commit") != "COMMIT")
            throw StorageFault(FaultKind::other, "PostgreSQL が保存を取り消しました。もう一度お試しください。", true);
    }
    void rollback() noexcept override { session_.rollback(); }
    void mark() override { session_.command("savepoint mark"); }
    void pass_mark() override { session_.command("release savepoint mark"); }
    void back_to_mark() override { session_.command("rollback to savepoint mark; release savepoint mark"); }
    std::exception_ptr take_fault() override { return session_.take_fault(); }
    bool in_transaction() const override { return session_.in_transaction(); }
    bool trusted() const override { return session_.trusted(); }
    bool scrub(std::span<const std::string_view> tables) override
    {
        for (const auto table : tables) session_.command(("vacuum (full) " + std::string(table)).c_str());
        return true;
    }
    void rest(bool) noexcept override {} // the server keeps house itself

private:
    Connection session_;
};

class PostgresDb final : public GroupedDb {
public:
    PostgresDb(const std::string& conninfo, const PostgresOptions& options)
        : GroupedDb(std::make_unique<SessionWriter>(conninfo), options.writer)
    {
        for (int i = 0; i < options.readers; ++i)
            readers_.add(std::make_unique<Connection>(conninfo, [](Connection&) {}));
    }
    std::string_view engine() const override { return "postgresql"; }
    void check_for_damage() override
    {
        read([](const Snapshot& data) { data.integer("select count(*) from migration"); });
    }

private:
    std::string in_own_dialect(std::string_view statement) const override { return definition(statement); }
    void read_snapshot(const std::function<void(const Snapshot&)>& work) override
    {
        struct Ending {
            PostgresDb& db;
            Connection& reader;
            ~Ending()
            {
                reader.rollback();
                if (!reader.trusted()) db.distrust();
            }
        };
        const auto reader = readers_.lend();
        const Ending ending{*this, *reader};
        reader->begin("begin isolation level repeatable read read only");
        work(*reader);
    }

    ReaderPool<Connection> readers_;
};

} // namespace

} // namespace postgres

std::unique_ptr<GroupedDb> open_postgres(const std::string& conninfo, const PostgresOptions& options)
{
    return std::make_unique<postgres::PostgresDb>(conninfo, options);
}

} // namespace azukari::storage
