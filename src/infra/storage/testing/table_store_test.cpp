#include "infra/storage/table_store.h"

#include "infra/storage/sqlite/sqlite_db.h"
#include "infra/storage/testing.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <stdlib.h>

using namespace azukari;
using namespace azukari::storage;

namespace {

constexpr Migration kTables[] = {
    {"shelf", 1, "shelf",
     "create table shelf (id integer primary key, label text not null);"
     "create table box (shelf integer not null references shelf (id), name text, content blob, weight integer);"
     "insert into shelf (id, label) values (1, 'from the migration')"}};

struct Folder {
    Folder()
    {
        auto name = (std::filesystem::temp_directory_path() / "azukari-copy-XXXXXX").string();
        path = mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

// Every box as a line, in order.
std::vector<std::string> boxes(Db& db)
{
    auto lines = db.read([](const Snapshot& snapshot) {
        return snapshot.all("select shelf, name, content, weight from box", {}, [](const Row& row) {
            return std::to_string(row.integer(0)) + "|" + (row.is_null(1) ? "-" : row.string(1)) + "|" +
                   (row.is_null(2) ? "-" : hex(row.blob(2))) + "|" +
                   (row.is_null(3) ? "-" : std::to_string(row.integer(3)));
        });
    });
    std::ranges::sort(lines);
    return lines;
}

} // namespace

TEST_CASE("everything a store holds is copied into a file and back into a store of either kind, of one moment")
{
    storage::testing::on_every_store(kTables, [](Db& db) {
        CAPTURE(db.engine());
        db.write([](Tx& tx) {
            tx.execute("insert into shelf (id, label) values (?, ?)", {2, "棚の二"});
            tx.execute("insert into box (shelf, name, content, weight) values (?, ?, ?, ?)",
                       {1, nullptr, nullptr, nullptr});
            tx.execute("insert into box (shelf, name, content, weight) values (?, ?, ?, ?)", {1, "", Bytes{}, 0});
            for (int i = 0; i < 2500; ++i) // more than one piece
                tx.execute("insert into box (shelf, name, content, weight) values (?, ?, ?, ?)",
                           {2, "箱", Bytes{0, 1, 0xff}, i});
        });
        const Folder folder;
        const auto file = open_sqlite((folder.path / "copy.db").string());
        file->migrate(kTables);
        std::int64_t told = 0;
        const auto rows = copy_tables(db, *file, [&](const std::string& table, std::int64_t done) {
            if (table != "box") return;
            told = done;
            if (done == 1000) // somebody goes on writing meanwhile: it is not of this moment
                db.write([](Tx& tx) { tx.execute("insert into box (shelf, weight) values (?, ?)", {1, 9999}); });
        });
        CHECK(told == 2502);
        CHECK(rows == RowsByTable{{"box", 2502}, {"shelf", 2}});
        CHECK(count_tables(*file) == rows);
        CHECK(boxes(*file).size() + 1 == boxes(db).size());

        const auto copied = boxes(*file);
        copy_tables(*file, db, {}); // back: what was written since is gone
        CHECK(boxes(db) == copied);
    });
}

TEST_CASE("what was begun in a schema found empty is taken away again, and can be begun anew")
{
    storage::testing::on_every_store(kTables, [](Db& db) {
        CAPTURE(db.engine());
        CHECK_FALSE(is_empty(db));
        if (db.engine() == "sqlite") return; // there the file goes
        db.write([](Tx& tx) { tx.execute("insert into box (shelf, weight) values (?, ?)", {1, 7}); });
        drop_tables(db);
        CHECK(is_empty(db));
        db.migrate(kTables);
        CHECK(boxes(db).empty());
    });
}
