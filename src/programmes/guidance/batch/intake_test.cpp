#include "programmes/guidance/batch/intake.h"

#include "access/testing.h"
#include "custody/copies/copy_store.h"
#include "custody/custody_store.h"
#include "custody_migrations.h"
#include "guidance_batch_migrations.h"
#include "infra/seal/digest.h"
#include "infra/seal/keystore/key_file_provider.h"
#include "infra/storage/testing.h"
#include "programmes/guidance/batch/batch_refusals.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/batch/composing.h"
#include "programmes/guidance/batch/leaving/file_taking.h"
#include "programmes/guidance/guidance_refusals.h"
#include "programmes/guidance/sample_recipients.h"

#include <doctest/doctest.h>
#include <stdlib.h>

using namespace azukari;
using namespace azukari::guidance;
using access::Role;

namespace {

const std::string kLayouts = AZK_SOURCE_DIR "/definitions/layouts/guidance";

const RecipientLayout& columns()
{
    static const RecipientLayout layout = RecipientLayout::read(kLayouts + "/recipients.toml").value();
    return layout;
}

const stratification::RuleBook& rules()
{
    static const auto book = stratification::RuleBook::read(AZK_SOURCE_DIR "/definitions/stratification").value();
    return book;
}

std::vector<std::string> declared()
{
    std::vector<std::string> items;
    for (const auto& column : columns().columns()) items.push_back(column.item);
    return items;
}

std::string sample(std::size_t count)
{
    std::string file;
    write_sample_recipients(columns(), {.count = count}, [&](std::string_view bytes) { file += bytes; });
    return file;
}

// A town, its keystore in a folder of its own, and the ways a test works with them.
struct Floor {
    explicit Floor(storage::Db& store) : db(store), town(store), entropy(3), keystore(open_keystore()) {}
    ~Floor() { std::filesystem::remove_all(folder); }

    seal::Keystore open_keystore()
    {
        std::string name = (std::filesystem::temp_directory_path() / "azukari-batch-XXXXXX").string();
        folder = mkdtemp(name.data());
        auto guard = seal::KeyFileProvider::fresh(folder / "root.key").value();
        return seal::Keystore::create({.directory = folder / "keys", .keys_in_memory = 256}, guard, entropy).value();
    }
    Result<TakenIn> take(const IntakeWish& wish, std::span<const std::string> items)
    {
        return take_in(db, keystore, entropy, town.scope(access::actions::kImportGuidance, Role::handler), columns(),
                       rules(), items, wish);
    }
    Batch batch(const access::Scope& scope, BatchId id) const
    {
        return db.read([&](const storage::Snapshot& snapshot) { return find_batch(snapshot, scope, id); }).value();
    }
    std::int64_t rows() const
    {
        return db.read([](const storage::Snapshot& snapshot) {
            return snapshot.integer("select count(*) from guidance_recipient");
        });
    }
    std::int64_t entries(std::string_view act) const
    {
        return db.read([&](const storage::Snapshot& snapshot) {
            return snapshot.integer("select count(*) from ledger_entry where act = ?", {act});
        });
    }

    storage::Db& db;
    access::testing::Town town;
    SeededEntropy entropy;
    std::filesystem::path folder;
    seal::Keystore keystore;
};

void on_a_floor(const std::function<void(Floor&)>& test)
{
    const auto town = access::testing::migrations();
    storage::testing::on_every_store(
        {std::span<const storage::Migration>(town), migrations_of_custody(), migrations_of_guidance_batch()},
        [&](storage::Db& db) {
            Floor floor(db);
            test(floor);
        });
}

} // namespace

TEST_CASE("what the 確認記録票 counts must be what the file holds, or nothing is taken in [G1] [K42]")
{
    on_a_floor([](Floor& floor) {
        const auto file = sample(12);
        const auto refused = floor.take({.content = file, .stated_rows = 13}, declared());
        CHECK(refused.error().is(kCountDiffers));
        CHECK(refused.error().field() == "stated_rows");
        CHECK(floor.rows() == 0);
        CHECK(floor.entries("guidance.import_refused") == 1);
        const auto taken = floor.take({.content = file, .stated_rows = 12}, declared()).value();
        const auto scope = floor.town.scope(access::actions::kSeeGuidance, Role::handler);
        const auto batch =
            floor.db.read([&](const storage::Snapshot& s) { return find_batch(s, scope, *taken.batch).value(); });
        CHECK(batch.stated_rows == 12);
    });
}

TEST_CASE("a file comes from a medium under custody of this entrustment, or from none [G1] [K42]")
{
    on_a_floor([](Floor& floor) {
        const auto file = sample(12);
        const auto nobodys = custody::ThingId(IdBytes{9});
        CHECK(floor.take({.content = file, .medium = nobodys}, declared()).error().is(kNoSuchMedium));
        CHECK(floor.rows() == 0);
        SeededEntropy entropy(8);
        IdSource ids(floor.town.moment.at, entropy);
        const auto ward = floor.town.scope(access::actions::kKeepCustody, Role::ward_officer);
        const auto medium = floor.db.write([&](storage::Tx& tx) {
            return custody::record_thing(
                tx, ids, entropy, ward,
                {.kind = custody::ThingKind::medium, .form = "DVD-R", .title = "利用券等対象者データ", .unit = "枚"});
        });
        const auto taken = floor.take({.content = file, .medium = medium.value()}, declared()).value();
        const auto scope = floor.town.scope(access::actions::kSeeGuidance, Role::handler);
        const auto batch =
            floor.db.read([&](const storage::Snapshot& s) { return find_batch(s, scope, *taken.batch).value(); });
        CHECK(batch.medium == medium.value());
    });
}

TEST_CASE("the ward's file is taken in whole, sealed, and told once to the ledger [G1] [K31]")
{
    on_a_floor([](Floor& floor) {
        const auto file = sample(50);
        const auto taken = floor.take({.content = file}, declared()).value();
        REQUIRE(taken.batch);
        CHECK(taken.rows_in_file == 50);
        CHECK(taken.rows_stored == 50);
        CHECK(floor.rows() == 50);
        CHECK(floor.entries("guidance.imported") == 1);
        CHECK(floor.keystore.count_subjects(floor.town.entrustment) == 50);
        // No name, address or number of the file can be read in the store.
        const auto readable = floor.db.read([](const storage::Snapshot& snapshot) {
            std::int64_t found = 0;
            snapshot.each("select sealed from guidance_recipient", {}, [&](const storage::Row& row) {
                found += as_text(row.blob(0)).find("東京都") != std::string_view::npos;
            });
            return found;
        });
        CHECK(readable == 0);
    });
}

TEST_CASE("the same file twice, and an item that was not declared, are refused and leave nothing [K21] [G1]")
{
    on_a_floor([](Floor& floor) {
        const auto file = sample(10);
        auto items = declared();
        std::erase(items, "健診結果");
        CHECK(floor.take({.content = file}, items).error().is(kNotDeclared));
        CHECK(floor.rows() == 0);
        REQUIRE(floor.take({.content = file}, declared()));
        CHECK(floor.take({.content = file}, declared()).error().is(kSameFile));
        CHECK(floor.rows() == 10);
        CHECK(floor.keystore.count_subjects(floor.town.entrustment) == 10);
    });
}

TEST_CASE("a row with a bad cell refuses the file, or is set aside when the user says so [G1]")
{
    on_a_floor([](Floor& floor) {
        auto file = sample(10);
        const auto line = file.find("\r\n") + 2;
        file.replace(line, 1, "x"); // the first letter of the first resident number
        const auto refused = floor.take({.content = file}, declared()).value();
        CHECK_FALSE(refused.batch);
        REQUIRE(refused.bad.size() == 1);
        CHECK(refused.bad[0].line == 2);
        CHECK(floor.rows() == 0);
        CHECK(floor.entries("guidance.import_refused") == 1);

        const auto aside = floor.take({.content = file, .bad_rows = BadRows::set_aside}, declared()).value();
        REQUIRE(aside.batch);
        CHECK(aside.rows_stored == 9);
        const auto scope = floor.town.scope(access::actions::kSeeGuidance, Role::handler);
        const auto rows = floor.db.read(
            [&](const storage::Snapshot& snapshot) { return set_aside_rows(snapshot, scope, *aside.batch); });
        REQUIRE(rows.size() == 1);
        CHECK(rows[0].row_number == 2);
    });
}

TEST_CASE("people whose ward's word is not the nation's rule are stored by their subject and counted in the entry [G2]")
{
    on_a_floor([](Floor& floor) {
        std::string file;
        const auto planted = write_sample_recipients(columns(), {.count = 200, .differences = 3},
                                                     [&](std::string_view bytes) { file += bytes; });
        const auto taken = floor.take({.content = file}, declared()).value();
        REQUIRE(taken.batch);
        CHECK(taken.rows_stored == 200); // nothing is overridden, nobody is left out
        const auto scope = floor.town.scope(access::actions::kSeeGuidance, Role::ward_officer);
        const auto [compared, found] = floor.db.read([&](const storage::Snapshot& snapshot) {
            return std::pair(compared_rows(snapshot, scope, *taken.batch), differences(snapshot, scope, *taken.batch));
        });
        CHECK(compared == taken.compared);
        REQUIRE(found.size() == 3);
        for (std::size_t i = 0; i < found.size(); ++i) {
            CHECK(found[i].row_number == static_cast<std::int64_t>(planted[i]));
            CHECK(found[i].rule != found[i].ward);
            CHECK_FALSE(found[i].not_judged);
            // The row of the same number is this person's: erasing takes both.
            CHECK(floor.db.read([&](const storage::Snapshot& snapshot) {
                return snapshot.integer("select count(*) from guidance_recipient where row_number = ? and subject = ?",
                                        {found[i].row_number, found[i].subject});
            }) == 1);
        }
        const auto said = floor.db.read([](const storage::Snapshot& snapshot) {
            return snapshot.one("select bytes from ledger_entry where act = 'guidance.imported'", {},
                                [](const storage::Row& row) { return std::string(as_text(row.blob(0))); });
        });
        REQUIRE(said);
        CHECK(said->find("\"differences\":3") != std::string::npos);
        CHECK(said->find("\"not_judged\":0") != std::string::npos);
    });
}

TEST_CASE("an unknown 外字 holds that one letter back; with the table extended, composing again sets it [G1] [G3]")
{
    on_a_floor([](Floor& floor) {
        auto file = sample(40);
        const auto at = file.find("\x8C\xA9\x96\x7B"); // 見本, of the first name that has it
        REQUIRE(at != std::string::npos);
        file.replace(at, 2, "\xF0\x40");
        const auto taken = floor.take({.content = file}, declared()).value();
        REQUIRE(taken.batch);
        const auto letters = LetterLayout::read(kLayouts, columns()).value();
        const pdf::FontBook fonts;
        Press press{floor.db, floor.keystore, fonts, columns(), letters};
        const auto composing = floor.town.scope(access::actions::kComposeGuidance, Role::handler);
        const auto composed = [&] {
            ComposeProgress progress;
            REQUIRE(compose_batch(press, composing, *taken.batch, progress));
            CHECK(progress.done == progress.total);
            return *floor.db
                        .read([&](const storage::Snapshot& snapshot) {
                            return find_batch(snapshot, composing, *taken.batch);
                        })
                        .value()
                        .composition;
        };
        const auto letters_in = [](const ComposedBatch& batch) {
            std::int64_t sum = 0;
            for (const auto& each : batch.categories) sum += each.letters;
            return sum;
        };
        const auto before = composed();
        CHECK(letters_in(before) == 39);
        REQUIRE(before.held_back.size() == 1);
        CHECK(before.held_back[0].reason == "外字 F040 が表にありません。");

        press.gaiji = GaijiTable::parse("[characters]\n\"F040\" = \"U+845B U+E0100\"\n", "gaiji.toml").value();
        const auto after = composed();
        CHECK(letters_in(after) == 40);
        CHECK(after.held_back.empty());
        CHECK(digest_of(before) != digest_of(after));
    });
}

TEST_CASE("from sealed rows to letters that are approved and drawn again to the byte [G1] [G3] [K51]")
{
    on_a_floor([](Floor& floor) {
        const auto file = sample(60);
        const auto taken = floor.take({.content = file}, declared()).value();
        const auto letters = LetterLayout::read(kLayouts, columns()).value();
        const pdf::FontBook fonts;
        const Press press{floor.db, floor.keystore, fonts, columns(), letters};
        const auto composing = floor.town.scope(access::actions::kComposeGuidance, Role::handler);
        ComposeProgress progress;
        REQUIRE(compose_batch(press, composing, *taken.batch, progress));

        const auto batch = floor.batch(composing, *taken.batch);
        std::int64_t sum = 0;
        for (const auto& each : batch.composition->categories) sum += each.letters;
        CHECK(sum == 60);
        CHECK(progress.total == 60);

        const auto approving = floor.town.scope(access::actions::kApproveGuidance, Role::handling_supervisor);
        const auto approve_as = [&](std::string_view seen) {
            return floor.db.write([&](storage::Tx& tx) { return approve(tx, approving, *taken.batch, seen); });
        };
        CHECK(approve_as("something else").error().is(kApprovalVoid));
        REQUIRE(approve_as(digest_of(*batch.composition)));

        const auto taking = floor.town.scope(access::actions::kTakeGuidance, Role::handler);
        for (const auto& each : batch.composition->categories) {
            pdf::TextSink sink;
            REQUIRE(draw_letters(press, taking, *taken.batch,
                                 {.category = *category_with_slug(each.category), .composed = batch.composition->at},
                                 sink));
            CHECK(hex(seal::sha256(as_bytes(sink.bytes()))) == each.sha256);
            REQUIRE(floor.db.write(
                [&](storage::Tx& tx) { return record_taking(tx, taking, *taken.batch, each.category); }));
        }
        CHECK(floor.entries("guidance.taken") == static_cast<std::int64_t>(batch.composition->categories.size()));
    });
}

TEST_CASE("letters taken as a file are a copy of everybody in them, out until it is settled [K51] [K61]")
{
    on_a_floor([](Floor& floor) {
        const auto file = sample(60);
        const auto taken = floor.take({.content = file}, declared()).value();
        const auto letters = LetterLayout::read(kLayouts, columns()).value();
        const pdf::FontBook fonts;
        const Press press{floor.db, floor.keystore, fonts, columns(), letters};
        const auto composing = floor.town.scope(access::actions::kComposeGuidance, Role::handler);
        ComposeProgress progress;
        REQUIRE(compose_batch(press, composing, *taken.batch, progress));
        const auto batch = floor.batch(composing, *taken.batch);
        const auto& category = batch.composition->categories.at(0);

        IdSource ids(composing.moment().at, floor.entropy);
        const auto taking = floor.town.scope(access::actions::kTakeGuidance, Role::handler);
        const auto take = [&](std::string_view recipient) {
            return floor.db.write([&](storage::Tx& tx) {
                return take_as_file(tx, ids, taking, *taken.batch, category.category, recipient);
            });
        };
        const auto out = [&] {
            return floor.db.read(
                [&](const storage::Snapshot& s) { return custody::outstanding(s, batch.entrustment); });
        };
        CHECK(take("架空印刷株式会社 印字室").error().is(kNotApproved));
        CHECK(out().empty());
        const auto approving = floor.town.scope(access::actions::kApproveGuidance, Role::handling_supervisor);
        REQUIRE(floor.db.write(
            [&](storage::Tx& tx) { return approve(tx, approving, *taken.batch, digest_of(*batch.composition)); }));
        CHECK(take("　").error().is(kWhereToExpected));
        CHECK(floor.entries("guidance.taken") == 0);

        REQUIRE(take("架空印刷株式会社 印字室"));
        REQUIRE(out().size() == 1);
        const auto copy = out().at(0);
        CHECK(copy.door == custody::Door::file);
        CHECK(copy.object == copy_object(*taken.batch));
        CHECK(copy.persons == category.letters);
        CHECK(copy.sha256 == category.sha256);
        CHECK(copy.recipient == "架空印刷株式会社 印字室");
        CHECK(floor.entries("guidance.taken") == 1);
        CHECK(floor.entries("custody.copy_recorded") == 1);

        const auto with = [&](SubjectId subject) {
            return floor.db.read([&](const storage::Snapshot& s) {
                return custody::outstanding_with(s, batch.entrustment, subject).size();
            });
        };
        const auto subjects = floor.db.read(
            [&](const storage::Snapshot& s) { return composed_subjects(s, taking, *taken.batch, category.category); });
        REQUIRE(static_cast<std::int64_t>(subjects.size()) == category.letters);
        for (const auto& subject : subjects) CHECK(with(subject) == 1);
        const auto others = floor.db.read([&](const storage::Snapshot& s) {
            return composed_subjects(s, taking, *taken.batch, batch.composition->categories.at(1).category);
        });
        CHECK(with(others.at(0)) == 0); // another category did not leave

        const auto settling = floor.town.scope(access::actions::kSettleCopies, Role::handling_supervisor);
        REQUIRE(floor.db.write([&](storage::Tx& tx) {
            return custody::settle_copy(tx, settling, copy.id,
                                        {.how = custody::Settling::destroyed,
                                         .method = "完全消去ソフト",
                                         .witness = floor.town.session(Role::handler).staff});
        }));
        CHECK(out().empty());
        CHECK(with(subjects.at(0)) == 0);
    });
}
