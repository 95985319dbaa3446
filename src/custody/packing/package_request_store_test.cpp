// The door for packages: who asks, who checks and who approves are three, and what leaves is what they saw.
#include "access/testing.h"
#include "approval/approval_refusals.h"
#include "approval_migrations.h"
#include "custody/copies/copy_store.h"
#include "custody/packing/package_request_store.h"
#include "custody_migrations.h"
#include "infra/seal/key_arena.h"
#include "infra/sheet/zip_reader.h"
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
    PackageId ask()
    {
        const auto maker = scope(Role::handler);
        const auto packed = pack(maker, entropy, {"実施結果", 12, {{"実施結果.csv", kRows}}}).value();
        return write(
                   [&](storage::Tx& tx) { return ask_package(tx, ids, entropy, maker, key, packed, "見本区 健康課"); })
            .value();
    }
    Result<void> agree(Role role, PackageId id)
    {
        return write([&](storage::Tx& tx) { return agree_package(tx, scope(role), id); });
    }
    Result<TakenPackage> take(PackageId id, Role role = Role::handler)
    {
        return write([&](storage::Tx& tx) { return take_package(tx, ids, scope(role), id); });
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
        CHECK(taken.package.number == 1);
        CHECK(counter.copies() == 1);
        CHECK(counter.parts() == 0);
        CHECK(counter.take(id).error().is(kNoSuchPackage)); // it is a package now
        const auto notice = counter.write([&](storage::Tx& tx) {
            return take_notice(tx, counter.ids, counter.entropy, counter.scope(Role::handler), counter.key, id);
        });
        const sheet::TextArchive archive(taken.file);
        const auto reader = sheet::ZipReader::open(archive).value();
        CHECK(reader.read_whole(reader.members().at(1), &notice->password).value() == kRows);
    });
}

TEST_CASE("who checks can open what is inside, and every opening is in the ledger [K51]")
{
    at_the_counter([](Counter& counter) {
        const auto id = counter.ask();
        const auto look = [&](std::int64_t line) {
            return counter.write([&](storage::Tx& tx) {
                return open_package_file(tx, counter.scope(Role::security_officer), counter.key, id, line);
            });
        };
        const auto opened = look(1).value();
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
        const auto change = [&](const char* sql, storage::Params values = {}) {
            counter.write([&](storage::Tx& tx) { return tx.execute(sql, values); });
        };
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
