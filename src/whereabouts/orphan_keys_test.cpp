#include "whereabouts/orphan_keys.h"

#include "base/fault.h"
#include "infra/seal/keystore/key_file_provider.h"
#include "infra/storage/testing.h"
#include "ledger/ledger.h"
#include "ledger_migrations.h"
#include "whereabouts/subject_store.h"

#include <doctest/doctest.h>
#include <stdlib.h>

using namespace azukari;
using namespace azukari::whereabouts;

namespace {

constexpr RefusalKind kFull{"test.full", "棚がいっぱいです。"};
constexpr Instant kMade{1'795'226'700'000'000};
constexpr SubjectTable kTables[] = {{"shelf_row"}, {"shelf_note", Holds::trace, "entrusted_as", "person"}};
constexpr storage::Migration kShelf[] = {{"shelf", 1, "shelf",
                                          "create table shelf_row (entrustment blob not null, subject blob not null);"
                                          "create table shelf_note (entrusted_as blob not null, person blob)"}};

// A keystore in a folder of its own, and two tables in which rows of persons may lie.
struct Shelf {
    explicit Shelf(storage::Db& store) : db(store), entropy(11), ids(kMade, entropy), keystore(open_keystore())
    {
        REQUIRE(keystore.add_entrustment(entrustment));
        REQUIRE(keystore.add_entrustment(other));
    }
    ~Shelf() { std::filesystem::remove_all(folder); }

    seal::Keystore open_keystore()
    {
        std::string name = (std::filesystem::temp_directory_path() / "azukari-whereabouts-XXXXXX").string();
        folder = mkdtemp(name.data());
        auto guard = seal::KeyFileProvider::fresh(folder / "root.key").value();
        return seal::Keystore::create({.directory = folder / "keys", .keys_in_memory = 64}, guard, entropy).value();
    }
    std::vector<SubjectId> people(std::size_t count, EntrustmentId of)
    {
        std::vector<SubjectId> subjects;
        for (std::size_t i = 0; i < count; ++i) subjects.push_back(ids.next<SubjectNoun>());
        REQUIRE(keystore.add_subjects(of, subjects));
        return subjects;
    }
    void put(const char* sql, EntrustmentId of, SubjectId subject)
    {
        db.write([&](storage::Tx& tx) { tx.execute(sql, {of, subject}); });
    }
    std::int64_t destructions() const
    {
        return db.read([](const storage::Snapshot& snapshot) {
            return snapshot.integer("select count(*) from ledger_entry where act = 'keys.destroyed'");
        });
    }
    std::int64_t sweep(Instant now) { return destroy_orphan_keys(db, keystore, kTables, now).value(); }

    storage::Db& db;
    SeededEntropy entropy;
    IdSource ids;
    EntrustmentId entrustment = ids.next<EntrustmentNoun>(), other = ids.next<EntrustmentNoun>();
    std::filesystem::path folder;
    seal::Keystore keystore;
};

void on_every_store(const std::function<void(Shelf&)>& test)
{
    storage::testing::on_every_store({migrations_of_ledger(), kShelf}, [&](storage::Db& db) {
        CAPTURE(db.engine());
        Shelf shelf(db);
        test(shelf);
    });
}

constexpr const char* kPutRow = "insert into shelf_row (entrustment, subject) values (?, ?)";
constexpr const char* kPutNote = "insert into shelf_note (entrusted_as, person) values (?, ?)";

} // namespace

TEST_CASE("the keys of persons of whom nothing is kept are destroyed after a week, with an entry for each entrustment")
{
    on_every_store([](Shelf& shelf) {
        const auto people = shelf.people(6, shelf.entrustment);
        const auto others = shelf.people(2, shelf.other);
        shelf.put(kPutRow, shelf.entrustment, people[0]);
        shelf.put(kPutRow, shelf.entrustment, people[0]); // two rows of one person
        shelf.put(kPutNote, shelf.entrustment, people[1]);
        shelf.put(kPutRow, shelf.other, people[2]); // a row of another entrustment says nothing here
        CHECK(shelf.sweep(kMade + kOrphanAge) == 6);
        for (std::size_t i = 0; i < people.size(); ++i)
            CHECK(shelf.keystore.is_destroyed(shelf.entrustment, people[i]) == (i >= 2));
        CHECK(shelf.keystore.count_subjects(shelf.other) == 0);
        CHECK(shelf.destructions() == 2);
        CHECK(shelf.sweep(kMade + kOrphanAge + Duration::hours(24)) == 0);
        CHECK(shelf.destructions() == 2);
    });
}

TEST_CASE("a key younger than a week is left alone: its rows may be on their way")
{
    on_every_store([](Shelf& shelf) {
        const auto people = shelf.people(3, shelf.entrustment);
        CHECK(shelf.sweep(Instant{(kMade + kOrphanAge).micros - 1}) == 0);
        CHECK(shelf.keystore.count_subjects(shelf.entrustment) == 3);
        CHECK(shelf.keystore.subjects(shelf.entrustment).size() == 3);
    });
}

TEST_CASE("what lies under the keys that stay can still be opened after the others were destroyed")
{
    on_every_store([](Shelf& shelf) {
        const auto people = shelf.people(2, shelf.entrustment);
        shelf.put(kPutRow, shelf.entrustment, people[0]);
        const auto kid = shelf.keystore.subject_kid(shelf.entrustment, people[0]).value();
        CHECK(shelf.sweep(kMade + kOrphanAge) == 1);
        CHECK(shelf.keystore.subject_key(shelf.entrustment, people[0], kMade).value().kid() == kid);
        CHECK_FALSE(shelf.keystore.subject_key(shelf.entrustment, people[1], kMade));
    });
}

TEST_CASE("storing that is refused leaves neither rows nor keys, and says in the ledger that keys were destroyed")
{
    on_every_store([](Shelf& shelf) {
        const auto people = shelf.people(2, shelf.entrustment);
        const auto kept = keep_sealed(shelf.db, shelf.keystore, shelf.entrustment, people, "system", kMade,
                                      [&](storage::Tx& tx) -> Result<void> {
                                          tx.execute(kPutRow, {shelf.entrustment, people[0]});
                                          return refuse(kFull);
                                      });
        REQUIRE_FALSE(kept);
        CHECK(kept.error().is(kFull));
        CHECK(shelf.keystore.count_subjects(shelf.entrustment) == 0);
        CHECK(shelf.keystore.is_destroyed(shelf.entrustment, people[1]));
        CHECK(shelf.destructions() == 1);
        CHECK(shelf.db.read([](const storage::Snapshot& snapshot) {
            return snapshot.integer("select count(*) from shelf_row");
        }) == 0);
    });
}

TEST_CASE("storing that faults leaves the keys, because nobody knows yet what was kept")
{
    on_every_store([](Shelf& shelf) {
        const auto people = shelf.people(2, shelf.entrustment);
        CHECK_THROWS_AS((void)keep_sealed(shelf.db, shelf.keystore, shelf.entrustment, people, "system", kMade,
                                          [](storage::Tx&) -> Result<void> { throw Fault("円盤が応答しません。"); }),
                        Fault);
        CHECK(shelf.keystore.count_subjects(shelf.entrustment) == 2);
        CHECK(shelf.sweep(kMade + kOrphanAge) == 2); // nothing was: the reconciliation finds out
    });
}
