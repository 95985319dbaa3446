// The door for packages: who asks, who checks and who approves are three, and what leaves is what they saw.
#include "access/testing.h"
#include "approval/approval_refusals.h"
#include "approval_migrations.h"
#include "base/fault.h"
#include "custody/copies/copy_store.h"
#include "custody/packing/package_file.h"
#include "custody/packing/package_request_store.h"
#include "custody_migrations.h"
#include "infra/seal/digest.h"
#include "infra/seal/key_arena.h"
#include "infra/sheet/zip_reader.h"
#include "infra/sheet/zip_writer.h"
#include "infra/storage/testing.h"
#include "ledger/ledger.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::custody;
using access::Role;

namespace {

const std::string kRows = "通し番号,氏名\r\n1,見本 太郎\r\n";

struct Counter {
    storage::Db& db;
    access::testing::Town town{db};
    SeededEntropy entropy{5};
    IdSource ids{town.moment.at, entropy};
    seal::KeyArena arena{16};
    seal::SealKey key = arena.create(entropy);

    access::Scope scope(Role role, const access::Action& action = access::actions::kAgreePackage) const
    {
        return town.scope(action, role);
    }
    template <class F>
    auto write(F&& work)
    {
        return db.write([&](storage::Tx& tx) { return work(tx); });
    }
    Result<PackageId> try_to_ask(std::string_view content = kRows)
    {
        const auto maker = scope(Role::handler);
        const auto packed = pack(maker, entropy, {"実施結果", 12, {{"実施結果.csv", content}}}).value();
        return write(
            [&](storage::Tx& tx) { return ask_package(tx, ids, entropy, maker, key, packed, "見本区 健康課"); });
    }
    PackageId ask(std::string_view content = kRows) { return try_to_ask(content).value(); }
    Result<void> agree(Role role, PackageId id)
    {
        return write([&](storage::Tx& tx) { return agree_package(tx, scope(role), id); });
    }
    Result<Package> take(PackageId id, Role role = Role::handler)
    {
        return write([&](storage::Tx& tx) { return take_package(tx, ids, scope(role), id); });
    }
    // The whole file, as it goes out part by part.
    std::string leaves(const Package& package)
    {
        LeavingFile leaving(db, package);
        std::string file;
        while (leaving.next(file)) {
        }
        return file;
    }
    std::int64_t change(const char* sql, storage::Params values = {})
    {
        return write([&](storage::Tx& tx) { return tx.execute(sql, values); });
    }
    std::size_t copies()
    {
        return db.read([&](const storage::Snapshot& s) { return outstanding(s, town.entrustment).size(); });
    }
    PackageRequest found(PackageId id)
    {
        return db.read([&](const storage::Snapshot& s) { return find_package_request(s, town.entrustment, id); })
            .value();
    }
    std::int64_t parts()
    {
        return db.read(
            [](const storage::Snapshot& s) { return s.integer("select count(*) from custody_package_request_part"); });
    }
};

void at_the_counter(const std::function<void(Counter&)>& test)
{
    auto all = access::testing::migrations();
    for (const auto& own : {migrations_of_approval(), migrations_of_custody()})
        all.insert(all.end(), own.begin(), own.end());
    storage::testing::on_every_store(all, [&](storage::Db& db) {
        CAPTURE(db.engine());
        ledger::grow_with(db);
        Counter counter{db};
        test(counter);
    });
}

} // namespace

TEST_CASE("the contractor's package leaves after two others agreed, once, to who asked for it [K44] [K51]")
{
    at_the_counter([](Counter& counter) {
        const auto id = counter.ask();
        CHECK(counter.copies() == 0); // nothing has left
        CHECK(counter.agree(Role::handler, id).error().is(approval::kOwnRequest));
        CHECK(counter.take(id).error().is(approval::kNotGranted));
        REQUIRE(counter.agree(Role::security_officer, id));
        CHECK(counter.take(id).error().is(approval::kNotGranted));
        CHECK(counter.agree(Role::security_officer, id).error().is(approval::kDecidedBefore));
        REQUIRE(counter.agree(Role::handling_supervisor, id));
        CHECK(counter.take(id, Role::handling_supervisor).error().is(kNotYourRequest));

        const auto taken = counter.take(id).value();
        CHECK(taken.number == 1);
        CHECK(counter.copies() == 1);
        const auto file = counter.leaves(taken);
        CHECK(counter.parts() == 0);
        CHECK(counter.take(id).error().is(kNoSuchPackage)); // it is a package now
        const auto notice = counter.write([&](storage::Tx& tx) {
            return take_notice(tx, counter.ids, counter.entropy, counter.scope(Role::handler), counter.key, id);
        });
        const sheet::TextArchive archive(file);
        const auto reader = sheet::ZipReader::open(archive).value();
        CHECK(reader.read_whole(reader.members().at(1), &notice->password).value() == kRows);
    });
}

TEST_CASE("who checks can open what is inside, and every opening is in the ledger [K51]")
{
    at_the_counter([](Counter& counter) {
        const auto id = counter.ask();
        const auto look = [&](std::int64_t line) {
            return counter.db.read([&](const storage::Snapshot& s) {
                return open_package_file(s, counter.scope(Role::security_officer), counter.key, id, line);
            });
        };
        const auto opened = look(1).value();
        counter.write([&](storage::Tx& tx) { note_opening(tx, counter.scope(Role::security_officer), opened); });
        CHECK(opened.name == "実施結果.csv");
        CHECK(opened.content == kRows);
        CHECK(look(2).error().is(kNoSuchPackage));
        CHECK(look(0).error().is(kNoSuchPackage));
        const auto looked = counter.db.read([](const storage::Snapshot& s) {
            return s.integer("select count(*) from ledger_entry where act = 'custody.package_looked'");
        });
        CHECK(looked == 1);
    });
}

TEST_CASE("what was changed after the request voids it, whoever changed it [K51]")
{
    at_the_counter([](Counter& counter) {
        const auto id = counter.ask();
        REQUIRE(counter.agree(Role::security_officer, id));
        const auto change = [&](const char* sql, storage::Params values = {}) { counter.change(sql, values); };
        SUBCASE("the file, in the store")
        {
            change("update custody_package_request_part set bytes = ?", {to_bytes("PK\x05\x06")});
        }
        SUBCASE("to whom it goes")
        {
            change("update custody_package_request set recipient = '株式会社よそ'");
        }
        SUBCASE("how many it tells of")
        {
            change("update custody_package_request set persons = 1");
        }
        CHECK(counter.agree(Role::handling_supervisor, id).error().is(approval::kChanged));
        CHECK_FALSE(counter.take(id));
        CHECK(counter.copies() == 0);
    });
}

TEST_CASE("a file that was refused, withdrawn or left lying is forgotten, and why stays to be read [K51]")
{
    at_the_counter([](Counter& counter) {
        const auto id = counter.ask();
        REQUIRE(counter.parts() > 0);
        SUBCASE("refused")
        {
            REQUIRE(counter.write([&](storage::Tx& tx) {
                return reject_package(tx, counter.scope(Role::security_officer), id, "人数が合いません。");
            }));
            CHECK(counter.found(id).approval.decisions.at(0).reason == "人数が合いません。");
        }
        SUBCASE("withdrawn")
        {
            REQUIRE(
                counter.write([&](storage::Tx& tx) { return withdraw_package(tx, counter.scope(Role::handler), id); }));
        }
        SUBCASE("left lying")
        {
            const auto sweep = [&](Instant now) {
                return counter.write([&](storage::Tx& tx) { return forget_package_requests(tx, now); });
            };
            CHECK(sweep(counter.town.moment.at) == 0);
            CHECK(sweep(counter.town.moment.at + kPackageRequestHolds) == 1);
            CHECK(sweep(counter.town.moment.at + kPackageRequestHolds) == 0);
        }
        CHECK(counter.parts() == 0);
        CHECK_FALSE(counter.found(id).kept);
        CHECK_FALSE(counter.take(id));
    });
}

namespace {

// Nothing that a compressor could make smaller: so many bytes in, so many parts in the store.
std::string noise(std::size_t size)
{
    SeededEntropy entropy(77);
    Bytes bytes(size);
    entropy.fill(bytes);
    return std::string(as_text(bytes));
}

} // namespace

namespace {

const std::string kManyParts = noise((std::size_t{3} << 20) + 17);

// A package of four parts that was just taken.
Package taken_in_parts(Counter& counter)
{
    const auto id = counter.ask(kManyParts);
    REQUIRE(counter.parts() == 4);
    REQUIRE(counter.agree(Role::security_officer, id));
    REQUIRE(counter.agree(Role::handling_supervisor, id));
    return counter.take(id).value();
}

} // namespace

TEST_CASE("a file of many parts leaves part by part, to the byte, and is forgotten with the last of them [K51]")
{
    at_the_counter([](Counter& counter) {
        const auto taken = taken_in_parts(counter);
        LeavingFile leaving(counter.db, taken);
        std::string file;
        while (leaving.next(file)) CHECK(counter.parts() == 4);
        CHECK(static_cast<std::int64_t>(file.size()) == taken.size);
        CHECK(hex(seal::sha256(as_bytes(file))) == taken.sha256);
        CHECK(counter.parts() == 0);
        CHECK(counter.copies() == 1);
    });
}

TEST_CASE("a file whose way out was broken off is forgotten after an hour; its copy stands [K51]")
{
    at_the_counter([](Counter& counter) {
        LeavingFile leaving(counter.db, taken_in_parts(counter));
        std::string file;
        REQUIRE(leaving.next(file));
        const auto sweep = [&](Instant now) {
            counter.write([&](storage::Tx& tx) { return forget_package_requests(tx, now); });
            return counter.parts();
        };
        CHECK(sweep(counter.town.moment.at) == 4);
        CHECK(sweep(counter.town.moment.at + kLeavesWithin) == 0);
        CHECK_THROWS_AS(leaving.next(file), Fault);
        CHECK(counter.copies() == 1);
    });
}

TEST_CASE("a file that was changed in the store after it was taken does not leave whole [K51]")
{
    at_the_counter([](Counter& counter) {
        LeavingFile leaving(counter.db, taken_in_parts(counter));
        counter.change("update custody_package_request_part set bytes = ? where part = 3", {to_bytes("PK")});
        std::string file;
        for (int part = 0; part < 3; ++part) REQUIRE(leaving.next(file));
        CHECK_THROWS_AS(leaving.next(file), Fault);
    });
}

TEST_CASE("what waits in one entrustment has a limit, and nothing beyond it is stored")
{
    at_the_counter([](Counter& counter) {
        const auto first = counter.ask();
        counter.change("update custody_package_request set size_bytes = 268435456"); // as if it filled the room
        const auto parts = counter.parts();
        const auto refused = counter.try_to_ask();
        CHECK(refused.error().is(kRequestsFull));
        CHECK(refused.error().sentence().find("256 MB の上限") != std::string::npos);
        CHECK(counter.parts() == parts);
        REQUIRE(
            counter.write([&](storage::Tx& tx) { return withdraw_package(tx, counter.scope(Role::handler), first); }));
        CHECK(counter.try_to_ask());
    });
}

TEST_CASE("a package has a limit, said before anything is packed")
{
    at_the_counter([](Counter& counter) {
        const std::string half(static_cast<std::size_t>(kMaxPackageBytes / 2), 'a');
        const auto packed = [&](std::string_view more) {
            return pack(counter.scope(Role::handler), counter.entropy,
                        {"実施結果", 12, {{"一.csv", half}, {"二.csv", half}, {"三.csv", more}}});
        };
        CHECK(packed("a").error().is(kPackageTooLarge));
        CHECK(packed("").error().is(kEmptyFile));
    });
}

TEST_CASE("what nobody can look into, or would harm who opens it, is not put in [K51]")
{
    const auto zip = [](std::string_view name, std::string_view content) {
        sheet::ZipWriter writer;
        std::string out;
        writer.add(out, name, content);
        writer.finish(out);
        return out;
    };
    const auto sound = zip("xl/workbook.xml", "<workbook/>");
    CHECK(check_file("名簿.csv", kRows));
    CHECK(check_file("名簿.xlsx", sound));
    CHECK(check_file("鍵付き.xlsx", "\xd0\xcf\x11\xe0 locked by Excel itself"));
    CHECK(check_file("名簿.zip", sound).error().is(kArchiveFile));
    CHECK(check_file("名簿.csv", sound).error().is(kArchiveFile)); // whatever it is called
    CHECK(check_file("名簿.7z", "7z\xbc\xaf\x27\x1c and more").error().is(kArchiveFile));
    CHECK(check_file("名簿.xlsx", zip("xl/sheet.xml", std::string(std::size_t{64} << 20, 'a')))
              .error()
              .is(kUnsafeDocument));
    CHECK(check_file("名簿.xlsx", zip("inner.zip", sound)).error().is(kUnsafeDocument));
    CHECK(check_file("名簿.xlsx", sound.substr(0, sound.size() - 9)).error().is(kUnsafeDocument));
    CHECK(check_file("名簿.xlsx", "MZ a program" + sound).error().is(kUnsafeDocument));
    CHECK(check_file("..", kRows).error().is(kFileName));
    CHECK(check_file("a/b.csv", kRows).error().is(kFileName));
}
