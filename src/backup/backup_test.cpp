#include "backup/backup_refusals.h"
#include "backup/laying.h"
#include "backup/making.h"
#include "backup/sealed_file.h"
#include "erasure/backup_set_store.h"
#include "erasure/destruction_list.h"
#include "erasure/replay.h"
#include "erasure/testing.h"
#include "infra/seal/keystore/key_file_provider.h"
#include "infra/storage/testing.h"
#include "ledger/ledger_store.h"
#include "ledger/reconcile.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

using namespace azukari;
using namespace azukari::backup;
using erasure::testing::Archive;
using erasure::testing::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool stands_somewhere(const fs::path& folder, std::string_view bytes)
{
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && content(entry.path()).find(bytes) != std::string::npos) return true;
    return false;
}

constexpr Instant kEvening{1'795'262'400'000'000}; // 2026-11-21 20:00 in Japan

// A town with its archive, and three media.
struct House {
    explicit House(storage::Db& db) : archive((fs::create_directories(folder.path() / "house"), home()), &db)
    {
        archive.means.destructions = home() / "destructions";
        for (const auto part : kParts) fs::create_directory(folder.path() / code_of(part));
    }
    fs::path home() const { return folder.path() / "house"; }
    Places places() const { return {folder.path() / "data", folder.path() / "keys", folder.path() / "ledger"}; }
    Means means()
    {
        return {archive.db, *archive.keystore,         archive.publisher,      archive.entropy,
                home(),     erasure::testing::migrate, home() / "destructions"};
    }
    Made make(Instant at)
    {
        auto made = backup::make(means(), places(), {}, at, {});
        REQUIRE_MESSAGE(made, made.error().sentence());
        return *made;
    }
    Places of(const Made& made) const { return {made.folders[0], made.folders[1], made.folders[2]}; }

    TemporaryFolder folder;
    Archive archive;
};

void on_every_store(const std::function<void(House&)>& test)
{
    storage::testing::on_every_store(std::span<const storage::Migration>(), [&](storage::Db& db) {
        CAPTURE(db.engine());
        erasure::testing::migrate(db);
        House house(db);
        test(house);
    });
}

// The house as it comes back, in a folder of its own.
struct Again {
    Again(const House& from, const Places& places, storage::Db& db) : db_(db)
    {
        parts = read_parts(places, {});
        if (!parts) return;
        const auto& home = folder.path();
        lay_keys(*parts, home / "keys");
        guard = seal::KeyFileProvider::at(from.home() / "root.key");
        keystore = seal::Keystore::open({.directory = home / "keys", .keys_in_memory = 256}, *guard, entropy);
        REQUIRE_MESSAGE(keystore, keystore.error().sentence());
        laid = check_keys(*parts, *keystore);
        if (!laid) return;
        fs::create_directory(home / "opening");
        laid = lay_data(*parts, *keystore, home / "opening", erasure::testing::migrate, db, {});
        if (!laid) return;
        fs::remove_all(home / "opening");
        entries_since = lay_ledger(*parts, db, {})->entries_since;
        REQUIRE(lay_destructions(*parts, {}, home / "destructions"));
    }
    erasure::Means means(const House& from)
    {
        auto means = erasure::Means{db_, *keystore, entropy};
        means.tables = from.archive.means.tables;
        means.destructions = folder.path() / "destructions";
        return means;
    }
    std::int64_t letters()
    {
        return db_.read(
            [](const storage::Snapshot& snapshot) { return snapshot.integer("select count(*) from shelf_letter"); });
    }

    TemporaryFolder folder;
    SystemEntropy entropy;
    storage::Db& db_;
    Result<Parts> parts = refuse(kNoPart);
    Result<seal::KeyFileProvider> guard = refuse(kNoPart);
    Result<seal::Keystore> keystore = refuse(kNoPart);
    Result<void> laid;
    std::int64_t entries_since = 0;
};

// Calls `test` with a copy put back into a fresh store of either kind.
void put_back(const House& from, const Places& places, const std::function<void(Again&)>& test)
{
    storage::testing::on_every_store(std::span<const storage::Migration>(), [&](storage::Db& db) {
        erasure::testing::migrate(db);
        INFO("put back into " << db.engine());
        Again again(from, places, db);
        test(again);
    });
}

std::string refusal_of(const Places& places)
{
    const auto read = read_parts(places, {});
    return read ? "taken" : std::string(read.error().code());
}

void change_a_byte(const fs::path& file)
{
    auto bytes = content(file);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    std::ofstream(file, std::ios::binary) << bytes;
}

} // namespace

TEST_CASE("a copy made while the house works comes back whole, into a store of either kind")
{
    on_every_store([](House& house) {
        const auto batch = house.archive.take_in(30, "MARKER-Kopie");
        const auto made = house.make(kEvening);
        house.archive.take_in(5, "MARKER-spaeter"); // after the copy
        put_back(house, house.of(made), [&](Again& again) {
            REQUIRE_MESSAGE(again.parts, again.parts.error().sentence());
            REQUIRE_MESSAGE(again.laid, again.laid.error().sentence());
            CHECK(again.letters() == 30);
            CHECK(again.keystore->count_subjects(house.archive.town->entrustment) == 30);
            // The ledger is whole to the moment its part was made, and can be signed on.
            const auto head = again.db_.read(ledger::read_head);
            CHECK(head.tree_size == made.entries);
            const auto found = again.db_.read([&](const storage::Snapshot& snapshot) {
                return ledger::reconcile(snapshot, house.archive.publisher.key(), {});
            });
            CHECK(found.entries == made.entries);
            CHECK(found.discrepancies.empty());
            // The copy of the keys remembers itself: it lies somewhere, and an erasure is not final while it does.
            const auto sets = again.db_.read(erasure::backup_sets);
            REQUIRE(sets.size() == 2);
            CHECK(sets[0].label == made.folders[0].filename());
            CHECK(sets[1].label == made.folders[1].filename());
        });
    });
}

TEST_CASE("whoever holds one part of a copy reads nothing of a person in it [K61]")
{
    on_every_store([](House& house) {
        house.archive.take_in(10, "MARKER-Person");
        const auto made = house.make(kEvening);
        for (const auto& folder : made.folders) {
            CHECK_FALSE(stands_somewhere(folder, "MARKER-Person"));
            CHECK(fs::status(folder).permissions() == fs::perms::owner_all);
        }
        // Not even the names of those who work there stand in the data: they are sealed as a whole.
        const auto name = std::string_view("架空");
        CHECK_FALSE(stands_somewhere(made.folders[0], name));
        CHECK_FALSE(stands_somewhere(made.folders[0], "SQLite format"));
        CHECK_FALSE(fs::exists(house.home() / "backing-up")); // nor does the plain copy stay
    });
}

TEST_CASE(
    "who was erased after a copy was made is erased again when it is put back, before anybody can look [K61] [K63]")
{
    on_every_store([](House& house) {
        const auto goes = house.archive.take_in(4, "MARKER-geht");
        const auto stays = house.archive.take_in(3, "MARKER-bleibt");
        const auto before = house.make(kEvening);
        const auto id = house.archive.approved({erasure::TargetKind::batch, goes.id});
        REQUIRE(house.archive.carry_out(id));
        REQUIRE(house.archive.check(id));
        const auto after = house.make(kEvening + Duration::hours(24));

        // Data and keys from before; of the ledger, the newest.
        put_back(house, {before.folders[0], before.folders[1], after.folders[2]}, [&](Again& again) {
            REQUIRE_MESSAGE(again.laid, again.laid.error().sentence());
            CHECK(again.letters() == 7);
            CHECK(again.entries_since > 0);
            const auto replayed = erasure::replay(again.means(house), kEvening + Duration::hours(25));
            REQUIRE_MESSAGE(replayed, replayed.error().sentence());
            CHECK(replayed->keys_again == 1);
            CHECK(replayed->persons_again == 4);
            CHECK(again.letters() == 3);
            for (const auto& person : goes.persons)
                CHECK(again.keystore->is_destroyed(house.archive.town->entrustment, person));
            for (const auto& person : stays.persons)
                CHECK(again.keystore->subject_key(house.archive.town->entrustment, person, kEvening));
            // Both copies of the keys are remembered, also the one that the data do not know of.
            const auto sets = again.db_.read(erasure::backup_sets);
            CHECK(std::ranges::count(sets, erasure::BackupKind::keystore, &erasure::BackupSet::kind) == 2);
        });
    });
}

TEST_CASE("an erasure is not final while a copy of the keys from before it lives, also one the house made [K61]")
{
    on_every_store([](House& house) {
        const auto batch = house.archive.take_in(2, "MARKER");
        house.make(kEvening);
        const auto id = house.archive.approved({erasure::TargetKind::batch, batch.id});
        REQUIRE(house.archive.carry_out(id));
        house.make(kEvening + Duration::hours(24)); // of after the destruction: does not matter
        const auto outstanding = house.archive.db.read([&](const storage::Snapshot& snapshot) {
            return erasure::outstanding_backups(snapshot, house.archive.find(id));
        });
        REQUIRE(outstanding.size() == 1);
        CHECK(outstanding[0].made_at == kEvening);
        CHECK(outstanding[0].generation > 0);
    });
}

TEST_CASE("what is torn, changed, half made, older or another house's is not put back")
{
    on_every_store([](House& house) {
        house.archive.take_in(3, "MARKER");
        const auto first = house.make(kEvening);
        const auto second = house.make(kEvening + Duration::hours(24));
        const auto places = house.of(second);
        CHECK(refusal_of(places) == "taken");
        CHECK(refusal_of(house.places()) == "taken"); // the newest of each
        CHECK(refusal_of({first.folders[0], second.folders[1], second.folders[2]}) == "taken");
        CHECK(refusal_of({second.folders[0], first.folders[1], second.folders[2]}) == kKeysOlder.code);
        CHECK(refusal_of({second.folders[0], second.folders[1], first.folders[2]}) == kLedgerOlder.code);
        CHECK(refusal_of({second.folders[1], second.folders[1], second.folders[2]}) == kOtherPart.code);
        CHECK(refusal_of({house.home(), second.folders[1], second.folders[2]}) == kNoPart.code);

        for (const auto& [part, file] : {std::pair(0, kSealedData), {1, kKeystore}, {1, kLedgerKey}, {2, kLedgerZip}}) {
            const auto path = second.folders[static_cast<std::size_t>(part)] / file;
            const auto whole = content(path);
            change_a_byte(path);
            CHECK(refusal_of(places) == kTorn.code);
            std::ofstream(path, std::ios::binary) << whole.substr(0, whole.size() - 1); // cut off
            CHECK(refusal_of(places) == kTorn.code);
            std::ofstream(path, std::ios::binary) << whole;
        }
        change_a_byte(second.folders[0] / kManifest);
        const auto changed = refusal_of(places);
        CHECK((changed == kForged.code || changed == kNotManifest.code));

        // A folder that was never finished has another name.
        const auto half = fs::path(first.folders[0].string() + ".partial");
        fs::rename(first.folders[0], half);
        CHECK(refusal_of({half, first.folders[1], first.folders[2]}) == kUnfinished.code);

        storage::testing::on_every_store(std::span<const storage::Migration>(), [&](storage::Db& db) {
            erasure::testing::migrate(db);
            House other(db); // with a key of its own
            const auto theirs = other.make(kEvening + Duration::hours(48));
            CHECK(refusal_of({theirs.folders[0], second.folders[1], second.folders[2]}) != "taken");
        });
    });
}

TEST_CASE("the data of a copy open with their own keys only, and not when a piece of them is missing")
{
    on_every_store([](House& house) {
        house.archive.take_in(2, "MARKER");
        const auto made = house.make(kEvening);
        const auto sealed = made.folders[0] / kSealedData;
        const auto set = made.set;
        const auto key = house.archive.keystore->service_key(kDataKey);
        CHECK(open_file(sealed, key, set, house.home() / "plain"));
        CHECK_FALSE(open_file(sealed, key, SetId(IdBytes{}), house.home() / "other-set"));
        CHECK_FALSE(open_file(sealed, house.archive.keystore->service_key("other"), set, house.home() / "other-key"));
        const auto whole = content(sealed);
        const auto first_piece =
            4 + ((std::size_t{static_cast<unsigned char>(whole[1])} << 16) |
                 (std::size_t{static_cast<unsigned char>(whole[2])} << 8) | static_cast<unsigned char>(whole[3]));
        if (whole.size() > first_piece) { // the last piece left out
            std::ofstream(sealed, std::ios::binary) << whole.substr(0, first_piece);
            CHECK_FALSE(open_file(sealed, key, set, house.home() / "cut"));
        }
    });
}

TEST_CASE("copies lie apart from each other and from the house, and leave nothing half made")
{
    on_every_store([](House& house) {
        const auto code_of_refusal = [&](const Places& places) {
            const auto made = backup::make(house.means(), places, {}, kEvening, {});
            return made ? "made" : std::string(made.error().code());
        };
        const auto good = house.places();
        CHECK(code_of_refusal({good.data, good.data, good.ledger}) == kPlacesTogether.code);
        CHECK(code_of_refusal({good.data, house.home(), good.ledger}) == kPlacesTogether.code);
        CHECK(code_of_refusal({good.data, good.keys, good.keys / "not-there"}) == kNoPlace.code);
        CHECK(fs::is_empty(good.data));
        // Cut off in the middle: the next making clears it away.
        fs::create_directory(good.keys / "azukari-keys-20261101T020000-00000000.partial");
        std::ofstream(good.keys / "azukari-keys-20261101T020000-00000000.partial/keystore.azk") << "half";
        std::ofstream(good.keys / "of somebody else.txt") << "stays";
        house.make(kEvening);
        CHECK_FALSE(fs::exists(good.keys / "azukari-keys-20261101T020000-00000000.partial"));
        CHECK(fs::exists(good.keys / "of somebody else.txt"));
    });
}
