#include "access/testing.h"
#include "custody/custody_store.h"
#include "custody_migrations.h"
#include "guidance_batch_migrations.h"
#include "guidance_sealing_migrations.h"
#include "infra/seal/keystore/key_file_provider.h"
#include "infra/storage/testing.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/batch/intake.h"
#include "programmes/guidance/batch/leaving/printed_letters.h"
#include "programmes/guidance/batch/recipient_seal.h"
#include "programmes/guidance/sample_recipients.h"
#include "programmes/guidance/sealing/balance.h"
#include "programmes/guidance/sealing/line.h"
#include "programmes/guidance/sealing/packing_store.h"
#include "programmes/guidance/sealing/reprinted_letters.h"
#include "programmes/guidance/sealing/sealing_refusals.h"

#include <doctest/doctest.h>
#include <stdlib.h>

using namespace azukari;
using namespace azukari::guidance;
using access::Role;

namespace {

const std::string kLayouts = AZK_SOURCE_DIR "/definitions/layouts/guidance";
constexpr std::size_t kPersons = 60; // 8 + 15 + 33 + 4

// A town whose handler took the ward's file in and whose supervisor approved the letters.
struct Floor {
    explicit Floor(storage::Db& store)
        : db(store),
          town(store),
          columns(RecipientLayout::read(kLayouts + "/recipients.toml").value()),
          letters(LetterLayout::read(kLayouts, columns).value()),
          recipes(InsertRecipes::read(kLayouts).value()),
          keystore(open_keystore()),
          press{db, keystore, fonts, columns, letters}
    {
        letters.lot_sheets = 20;
        take_in_file();
        compose();
    }
    ~Floor() { std::filesystem::remove_all(folder); }

    seal::Keystore open_keystore()
    {
        std::string name = (std::filesystem::temp_directory_path() / "azukari-line-XXXXXX").string();
        folder = mkdtemp(name.data());
        auto guard = seal::KeyFileProvider::fresh(folder / "root.key").value();
        return seal::Keystore::create({.directory = folder / "keys", .keys_in_memory = 256}, guard, entropy).value();
    }
    void take_in_file()
    {
        std::string file;
        write_sample_recipients(columns, {.count = kPersons}, [&](std::string_view bytes) { file += bytes; });
        std::vector<std::string> items;
        for (const auto& column : columns.columns()) items.push_back(column.item);
        const auto rules = stratification::RuleBook::read(AZK_SOURCE_DIR "/definitions/stratification").value();
        batch = take_in(db, keystore, entropy, town.scope(access::actions::kImportGuidance, Role::handler), columns,
                        rules, items, {.content = file})
                    .value()
                    .batch;
        REQUIRE(batch);
    }
    void compose()
    {
        town.moment.at = town.moment.at + Duration::seconds(60);
        ComposeProgress progress;
        REQUIRE(compose_batch(press, town.scope(access::actions::kComposeGuidance, Role::handler), *batch, progress));
        const auto approving = town.scope(access::actions::kApproveGuidance, Role::handling_supervisor);
        const auto digest = digest_of(*found().composition);
        REQUIRE(db.write([&](storage::Tx& tx) { return approve(tx, approving, *batch, digest); }));
        town.moment.at = town.moment.at + Duration::seconds(60);
    }
    Batch found() const
    {
        const auto scope = town.scope(access::actions::kSeeGuidance, Role::handler);
        return db.read([&](const storage::Snapshot& s) { return find_batch(s, scope, *batch).value(); });
    }
    // The whole category leaves as a file.
    void take(std::string_view category)
    {
        const auto scope = town.scope(access::actions::kTakeGuidance, Role::handler);
        REQUIRE(db.write([&](storage::Tx& tx) { return record_taking(tx, scope, *batch, category); }));
    }
    access::Scope sealing(Role role = Role::handler) const { return town.scope(access::actions::kSealLetters, role); }

    // What the papers of a letter say, as a scanner reads them.
    std::vector<std::string> papers(const LetterName& name, unsigned edition = 1)
    {
        const auto scope = sealing();
        const auto row = db.read([&](const storage::Snapshot& s) {
            return find_recipient(s, scope, *batch, name.category, name.serial).value();
        });
        const auto key = keystore.subject_key(town.entrustment, row.subject, town.moment.at).value();
        Addressee to;
        to.recipient = open_recipient(key, town.entrustment, row.subject, row.sealed, columns.columns().size()).value();
        to.category = *category_with_slug(name.category);
        to.serial = static_cast<std::uint32_t>(name.serial);
        to.edition = edition;
        to.batch_mark = batch_mark_of(batch->bytes());
        std::vector<std::string> texts;
        const auto pages = static_cast<unsigned>(letters.pages_of(to.category).size());
        for (unsigned page = 1; page <= pages; ++page)
            texts.push_back(text_of(code_of(to, letters.identity, page, pages)));
        return texts;
    }
    Answer scan(const std::vector<std::string>& texts, Role role = Role::handler) const
    {
        return match_papers(press, sealing(role), *batch, texts).value();
    }
    template <class F>
    auto write(F&& work)
    {
        return db.write([&](storage::Tx& tx) { return work(tx); });
    }
    Result<void> sealed(const LetterName& name, Role role = Role::handler)
    {
        return write([&](storage::Tx& tx) { return record_sealing(tx, sealing(role), *batch, name); });
    }
    void put_into_envelope(const LetterName& name, unsigned edition = 1)
    {
        REQUIRE(scan(papers(name, edition)).yes());
        REQUIRE(sealed(name));
    }
    Result<void> pulled(const LetterName& name)
    {
        const auto scope = town.scope(access::actions::kPullLetters, Role::ward_officer);
        return write(
            [&](storage::Tx& tx) { return pull_letter(tx, scope, *batch, name.category, name.serial, "moved"); });
    }
    Result<void> spoiled(const LetterName& name, const Spoiling& how)
    {
        return write([&](storage::Tx& tx) { return record_spoiling(tx, sealing(), *batch, name, how); });
    }
    Place place(const LetterName& name) const
    {
        const auto scope = town.scope(access::actions::kSeeGuidance, Role::handler);
        return db.read([&](const storage::Snapshot& s) {
            const auto letter = find_letter(s, scope, *batch, name.category, name.serial).value();
            return place_of(letter.envelope, letter.standing);
        });
    }
    std::vector<CategoryBalance> balance() const
    {
        const auto scope = town.scope(access::actions::kSeeGuidance, Role::handler);
        return balance_of(db.read([&](const storage::Snapshot& s) { return letters_of(s, scope, *batch); }));
    }
    StaffId witness() const { return town.session(Role::handling_supervisor).staff; }

    storage::Db& db;
    access::testing::Town town;
    SeededEntropy entropy{3};
    pdf::FontBook fonts;
    RecipientLayout columns;
    LetterLayout letters;
    InsertRecipes recipes;
    std::filesystem::path folder;
    seal::Keystore keystore;
    Press press;
    std::optional<BatchId> batch;
};

void at_the_line(const std::function<void(Floor&)>& test)
{
    const auto town = access::testing::migrations();
    storage::testing::on_every_store({std::span<const storage::Migration>(town), migrations_of_custody(),
                                      migrations_of_guidance_batch(), migrations_of_guidance_sealing()},
                                     [&](storage::Db& db) {
                                         Floor floor(db);
                                         test(floor);
                                     });
}

const LetterName kFirst{"hihiman", 1}, kSecond{"hihiman", 2}, kAlone{"jushin-kansho", 1};

} // namespace

TEST_CASE("an envelope is closed only over papers that were read and agree on five items [G4]")
{
    at_the_line([](Floor& floor) {
        floor.take("hihiman");
        CHECK(floor.sealed(kFirst).error().is(kNotMatched));
        const auto answer = floor.scan(floor.papers(kFirst));
        CHECK(answer.yes());
        CHECK(answer.label == "C-00001");
        REQUIRE(answer.verdict.items.size() == 5);
        for (const auto& item : answer.verdict.items) CHECK(item.agrees);
        // The next pair waits until this envelope is closed: never two persons' papers on one table.
        CHECK_FALSE(floor.scan(floor.papers(kSecond)).yes());
        REQUIRE(floor.sealed(kFirst));
        CHECK(floor.place(kFirst) == Place::sealed);
        CHECK(floor.scan(floor.papers(kSecond)).yes());
        CHECK(floor.town.entries("guidance.matched") == 2);
        CHECK(floor.town.entries("guidance.sealed") == 1);
    });
}

TEST_CASE("swapped, foreign, doubled, single, old and unreadable papers are caught, and every no is kept [G4]")
{
    at_the_line([](Floor& floor) {
        floor.take("hihiman");
        floor.take("jushin-kansho");
        const auto one = floor.papers(kFirst), two = floor.papers(kSecond), alone = floor.papers(kAlone);
        const auto no = [&](const std::vector<std::string>& texts) { return floor.scan(texts).verdict.mismatch; };
        CHECK(no({one[0], two[1]}) == Mismatch::other_person);
        CHECK(no({one[0], one[0]}) == Mismatch::same_page);
        CHECK(no({one[0]}) == Mismatch::too_few);
        CHECK(no({}) == Mismatch::too_few);
        CHECK(no({one[0], one[1], two[1]}) == Mismatch::other_person);
        CHECK(no({one[0], one[1], one[1]}) == Mismatch::same_page);
        CHECK(no({alone[0], one[1]}) == Mismatch::other_person);
        CHECK(no({one[0], "4901234567894"}) == Mismatch::unreadable);
        auto foreign = one;
        for (auto& text : foreign) text.replace(45, 4, "9999");
        CHECK(no(foreign) == Mismatch::other_batch);
        auto unknown = one;
        for (auto& text : unknown) text.replace(5, 6, "099999");
        CHECK(no(unknown) == Mismatch::unknown_letter);
        // Both papers were printed with another's number (栗東市 2024): they agree with one another, not with the store.
        auto misprinted = one;
        for (auto& text : misprinted) text.replace(11, 11, two[0].substr(11, 11));
        CHECK(no(misprinted) == Mismatch::other_person);
        CHECK(floor.place(kFirst) == Place::waiting);
        CHECK(floor.town.entries("guidance.mismatched") == 11);
        // And nothing right is called wrong.
        CHECK(floor.scan({one[1], one[0]}).yes());
        REQUIRE(floor.sealed(kFirst));
        CHECK(floor.scan(alone).yes());
    });
}

TEST_CASE("a letter that was sealed, spoiled, pulled or not printed is not matched again [G4] [G6]")
{
    at_the_line([](Floor& floor) {
        const auto refused = [&](const LetterName& name) { return floor.scan(floor.papers(name)).refusal; };
        CHECK(refused(kFirst).find("まだ印刷") != std::string::npos);
        floor.take("hihiman");
        floor.put_into_envelope(kFirst);
        CHECK(refused(kFirst).find("余分です") != std::string::npos);
        REQUIRE(floor.pulled(kSecond));
        CHECK(refused(kSecond).find("引抜きの指示（転出）") != std::string::npos);
        const LetterName third{"hihiman", 3};
        REQUIRE(floor.spoiled(third, {"折れ", true, "細断", floor.witness()}));
        CHECK(refused(third).find("損紙") != std::string::npos);
    });
}

TEST_CASE("a pull that arrives after the match still keeps the envelope open [G6]")
{
    at_the_line([](Floor& floor) {
        floor.take("hihiman");
        REQUIRE(floor.scan(floor.papers(kFirst)).yes());
        REQUIRE(floor.pulled(kFirst));
        CHECK(floor.sealed(kFirst).error().is(kPulledLetter));
        CHECK(floor.place(kFirst) == Place::to_take_out);
        CHECK(floor.pulled(kFirst).error().is(kAlreadyPulled));
        REQUIRE(floor.write([&](storage::Tx& tx) {
            return take_out(tx, floor.sealing(), *floor.batch, kFirst.category, kFirst.serial);
        }));
        CHECK(floor.place(kFirst) == Place::taken_out);
    });
}

TEST_CASE("who is pulled before the letters are composed is not drawn at all [G6]")
{
    at_the_line([](Floor& floor) {
        const auto before = floor.found().composition->categories;
        REQUIRE(floor.pulled(kFirst));
        CHECK(floor.place(kFirst) == Place::to_take_out); // drawn already: its paper has to be caught
        floor.compose();
        CHECK(floor.place(kFirst) == Place::left_out);
        const auto after = floor.found().composition->categories;
        for (std::size_t i = 0; i < before.size(); ++i)
            CHECK(after[i].letters == before[i].letters - (before[i].category == "hihiman"));
    });
}

TEST_CASE(
    "a spoiled paper is destroyed before a witness, printed again as the next edition, and its old one is refused [G6]")
{
    at_the_line([](Floor& floor) {
        floor.take("hihiman");
        CHECK(floor.spoiled(kFirst, {"", true, "細断", floor.witness()}).error().is(kSpoilReasonExpected));
        CHECK(floor.spoiled(kFirst, {"折れ", true, "", floor.witness()}).error().is(kMethodExpected));
        const std::string endless(kMostWords + 1, 'x'); // sent without the page
        CHECK(floor.spoiled(kFirst, {endless, true, "細断", floor.witness()}).error().is(kTooManyWords));
        CHECK(floor.spoiled(kFirst, {"折れ", true, endless, floor.witness()}).error().is(kTooManyWords));
        CHECK(floor.spoiled(kFirst, {"折れ", true, "細断", {}}).error().is(kWitnessExpected));
        CHECK(floor.spoiled(kFirst, {"折れ", true, "細断", floor.sealing().staff()}).error().is(kWitnessIsSelf));
        const auto reprints = reprinted_letters(floor.press);
        const auto reference = reprint_reference(*floor.batch, "hihiman");
        const auto asking = floor.town.scope(access::actions::kAskPrint, Role::handler);
        const auto find = [&] {
            return floor.db.read([&](const storage::Snapshot& s) { return reprints->find(s, asking, reference); });
        };
        CHECK(find().error().is(kNothingToReprint));
        REQUIRE(floor.spoiled(kFirst, {"折れ", true, "細断", floor.witness()}));
        const auto offered = find().value();
        CHECK(offered.persons == 1);
        CHECK(offered.pages == 2);
        // Another one is spoiled: what was agreed to is no longer what would be printed.
        REQUIRE(floor.spoiled(kSecond, {"汚れ", true, "細断", floor.witness()}));
        CHECK(find().value().sha256 != offered.sha256);
        REQUIRE(floor.write([&](storage::Tx& tx) { return reprints->leaving(tx, asking, reference); }));
        CHECK(floor.place(kFirst) == Place::waiting);
        CHECK(floor.scan(floor.papers(kFirst, 1)).verdict.mismatch == Mismatch::old_edition);
        auto mixed = floor.papers(kFirst, 2);
        mixed[1] = floor.papers(kFirst, 1)[1];
        CHECK(floor.scan(mixed).verdict.mismatch == Mismatch::old_edition);
        floor.put_into_envelope(kFirst, 2);
    });
}

TEST_CASE("a paper that is not found is not printed again before a second person says so [G6]")
{
    at_the_line([](Floor& floor) {
        floor.take("hihiman");
        REQUIRE(floor.spoiled(kFirst, {"トレイにない", false}));
        CHECK(floor.place(kFirst) == Place::missing);
        const auto agree = [&](Role role) {
            return floor.write(
                [&](storage::Tx& tx) { return record_agreement(tx, floor.sealing(role), *floor.batch, kFirst); });
        };
        CHECK(agree(Role::handler).error().is(kMissingBySelf));
        SUBCASE("it is agreed to")
        {
            REQUIRE(agree(Role::handling_supervisor));
            CHECK(floor.place(kFirst) == Place::spoiled);
        }
        SUBCASE("it turns up, and is destroyed like any other")
        {
            REQUIRE(floor.spoiled(kFirst, {"棚の下にあった", true, "細断", floor.witness()}));
            CHECK(floor.place(kFirst) == Place::spoiled);
        }
        CHECK(agree(Role::handling_supervisor).error().is(kNotMissing));
    });
}

TEST_CASE(
    "the counts of every category add up to what was received, at every step, and close only at the end [G6] [G7]")
{
    at_the_line([](Floor& floor) {
        const auto adds_up = [&] {
            std::int64_t all = 0;
            for (const auto& one : floor.balance()) {
                std::int64_t sum = 0;
                for (const auto count : one.at) sum += count;
                CHECK(sum == one.received);
                all += one.received;
            }
            CHECK(all == static_cast<std::int64_t>(kPersons));
        };
        const auto closing = floor.town.scope(access::actions::kCloseGuidance, Role::handling_supervisor);
        const auto close = [&] {
            return floor.write([&](storage::Tx& tx) { return close_counts(tx, closing, *floor.batch); });
        };
        adds_up();
        CHECK(close().error().is(kStillOpen));
        REQUIRE(floor.pulled(kSecond));
        for (const auto& one : floor.balance()) floor.take(facts_of(one.category).slug);
        adds_up();
        for (const auto& one : floor.balance())
            for (std::int64_t serial = 1; serial <= one.received; ++serial) {
                const LetterName name{std::string(facts_of(one.category).slug), serial};
                if (floor.place(name) == Place::waiting) floor.put_into_envelope(name);
            }
        adds_up();
        CHECK(close().error().sentence().find("抜き取り待ち 1通") != std::string::npos);
        REQUIRE(floor.write([&](storage::Tx& tx) {
            return take_out(tx, floor.sealing(), *floor.batch, kSecond.category, kSecond.serial);
        }));
        for (const auto& one : floor.balance())
            while (floor.write([&](storage::Tx& tx) {
                return close_bundle(tx, floor.sealing(), *floor.batch, facts_of(one.category).slug);
            }))
                adds_up();
        IdSource ids(floor.town.moment.at, floor.entropy);
        const auto box = floor.write(
            [&](storage::Tx& tx) { return close_box(tx, ids, floor.entropy, floor.sealing(), *floor.batch); });
        REQUIRE(box);
        CHECK(box->letters == static_cast<std::int64_t>(kPersons) - 1);
        // The box lies under custody now, to be handed over with its count.
        const auto things =
            floor.db.read([&](const storage::Snapshot& s) { return custody::things_of(s, floor.town.entrustment); });
        REQUIRE(things.size() == 1);
        CHECK(things[0].unit == "通");
        adds_up();
        REQUIRE(close());
        CHECK(close().error().is(kClosedBatch));
        CHECK(floor.scan(floor.papers(kFirst)).refusal.find("締められています") != std::string::npos);
    });
}

TEST_CASE("inserts are counted by what went into envelopes of each category [G5]")
{
    at_the_line([](Floor& floor) {
        const auto stock = [&] {
            const auto scope = floor.town.scope(access::actions::kSeeGuidance, Role::handler);
            return floor.db.read([&](const storage::Snapshot& s) { return stock_of(s, scope, floor.recipes); });
        };
        const auto move = [&](const char* insert, std::int64_t quantity) {
            return floor.write([&](storage::Tx& tx) {
                return record_move(tx, floor.sealing(), floor.recipes, {insert, quantity, "区から受領"});
            });
        };
        CHECK(move("voucher", 5).error().is(kNoSuchInsert));
        CHECK(move("guide", 0).error().is(kQuantityExpected));
        REQUIRE(move("guide", 100));
        REQUIRE(move("leaflet", 3));
        floor.take("hihiman");
        floor.take("jushin-kansho");
        floor.put_into_envelope(kFirst);
        floor.put_into_envelope(kAlone);
        CHECK(stock()[0].left() == 99); // 利用のご案内
        CHECK(stock()[1].left() == 2);  // リーフレット
        CHECK(stock()[3].left() == -1); // 返信用封筒: used, never received
        // An envelope that is opened again gives them back.
        REQUIRE(
            floor.write([&](storage::Tx& tx) { return record_reopening(tx, floor.sealing(), *floor.batch, kFirst); }));
        CHECK(stock()[0].left() == 100);
    });
}

TEST_CASE("letters are printed lot by lot, and only what was printed can be matched [G3] [G4]")
{
    at_the_line([](Floor& floor) {
        const auto source = printed_letters(floor.press);
        const auto asking = floor.town.scope(access::actions::kAskPrint, Role::handler);
        const auto reference = print_reference(*floor.batch, "hihiman", 2);
        const auto lot =
            floor.db.read([&](const storage::Snapshot& s) { return source->find(s, asking, reference); }).value();
        CHECK(lot.persons == 10); // twenty sheets
        CHECK(lot.pages == 20);
        REQUIRE(floor.write([&](storage::Tx& tx) { return source->leaving(tx, asking, reference); }));
        CHECK(floor.place({"hihiman", 10}) == Place::to_print);
        CHECK(floor.place({"hihiman", 11}) == Place::waiting);
        CHECK(floor.place({"hihiman", 20}) == Place::waiting);
        CHECK(floor.place({"hihiman", 21}) == Place::to_print);
        floor.put_into_envelope({"hihiman", 11});
    });
}

TEST_CASE("what a person types of a letter's number is understood")
{
    CHECK(read_letter_name("C-00012").value().serial == 12);
    CHECK(read_letter_name(" ｃー１２ ").value().category == "hihiman");
    CHECK_FALSE(read_letter_name("Z-00012"));
    CHECK_FALSE(read_letter_name("00012"));
    CHECK_FALSE(read_letter_name("C"));
    CHECK_FALSE(read_letter_name("C-00000"));
}
