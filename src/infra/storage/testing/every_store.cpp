#include "infra/storage/testing.h"

#include "infra/storage/postgres/postgres_db.h"
#include "infra/storage/sqlite/sqlite_db.h"

#include <filesystem>
#include <libpq-fe.h>
#include <stdlib.h>
#include <unistd.h>

namespace azukari::storage::testing {

namespace {

class TemporaryFolder {
public:
    TemporaryFolder()
    {
        auto name = (std::filesystem::temp_directory_path() / "azukari-test-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw StorageFault(FaultKind::gone, "cannot make a folder: " + name);
        path_ = name;
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::string file(const char* name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

// A schema is as separate as a database, and far cheaper to make.
class TemporarySchema {
public:
    explicit TemporarySchema(const std::string& server) : session_(PQconnectdb(server.c_str()), &PQfinish)
    {
        for (int i = 1; conninfo_.empty(); ++i) { // other test programs make theirs at the same time
            name_ = "test_" + std::to_string(getpid()) + "_" + std::to_string(i);
            if (PQstatus(session_.get()) != CONNECTION_OK)
                throw StorageFault(FaultKind::gone, PQerrorMessage(session_.get()));
            if (run("create schema " + name_)) conninfo_ = server + " options='-c search_path=" + name_ + "'";
        }
    }
    ~TemporarySchema() { run("set client_min_messages = error; drop schema " + name_ + " cascade"); }
    TemporarySchema(const TemporarySchema&) = delete;
    TemporarySchema& operator=(const TemporarySchema&) = delete;
    const std::string& conninfo() const { return conninfo_; }

private:
    bool run(const std::string& sql)
    {
        const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(session_.get(), sql.c_str()), &PQclear);
        return PQresultStatus(result.get()) == PGRES_COMMAND_OK;
    }
    std::unique_ptr<PGconn, decltype(&PQfinish)> session_;
    std::string name_;
    std::string conninfo_;
};

void run_test(Db& db, std::initializer_list<std::span<const Migration>> migrations,
              const std::function<void(Db&)>& test)
{
    for (const auto& room : migrations) db.migrate(room);
    test(db);
}

} // namespace

void on_every_store(std::initializer_list<std::span<const Migration>> migrations, const std::function<void(Db&)>& test)
{
    {
        const TemporaryFolder folder;
        run_test(*open_sqlite(folder.file("test.db")), migrations, test);
    }
    if (const char* server = std::getenv("AZUKARI_TEST_POSTGRES"); server && *server) {
        const TemporarySchema schema(server);
        run_test(*open_postgres(schema.conninfo(), {.readers = 2}), migrations, test);
    }
}

void on_every_store(std::span<const Migration> migrations, const std::function<void(Db&)>& test)
{
    on_every_store({migrations}, test);
}

} // namespace azukari::storage::testing
