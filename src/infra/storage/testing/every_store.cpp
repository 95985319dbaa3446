#include "infra/storage/testing.h"

#include "infra/storage/sqlite/sqlite_db.h"

#include <filesystem>
#include <stdlib.h>

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

} // namespace

void on_every_store(std::initializer_list<std::span<const Migration>> migrations, const std::function<void(Db&)>& test)
{
    const TemporaryFolder folder;
    const auto db = open_sqlite(folder.file("test.db"));
    for (const auto& room : migrations) db->migrate(room);
    test(*db);
}

void on_every_store(std::span<const Migration> migrations, const std::function<void(Db&)>& test)
{
    on_every_store({migrations}, test);
}

} // namespace azukari::storage::testing
