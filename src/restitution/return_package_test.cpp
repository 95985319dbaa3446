#include "restitution/return_package.h"

#include "access/testing.h"
#include "custody/copies/copy_store.h"
#include "custody_migrations.h"
#include "infra/seal/digest.h"
#include "infra/sheet/archive.h"
#include "infra/sheet/zip_reader.h"
#include "infra/storage/testing.h"
#include "restitution/collection_store.h"
#include "restitution/restitution_refusals.h"
#include "restitution/return_store.h"
#include "restitution_migrations.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::restitution;
using enum access::Role;
namespace actions = access::actions;

namespace {

using Rows = std::vector<std::vector<std::string>>;

ReturnSource source_of(const Rows& rows, std::int64_t expected)
{
    return [&rows, expected](const access::Scope&) -> Result<std::vector<ReturnTable>> {
        return std::vector<ReturnTable>{
            {"recipients-1", "対象者", {"氏名", "住所"}, expected, [&rows](const TakeRow& take) -> Result<void> {
                 for (const auto& row : rows) take(std::vector<std::string_view>(row.begin(), row.end()));
                 return {};
             }}};
    };
}

struct Desk {
    explicit Desk(storage::Db& store) : db(store), town(store), ids(town.moment.at, entropy) {}
    Result<ReturnPackage> make(const Rows& rows, std::int64_t expected)
    {
        return make_return_package(town.scope(actions::kTakeReturn, handler), "見本の委託", {source_of(rows, expected)},
                                   ids.next<ReturnNoun>(), SecretText("RW3D-7HKA"), entropy);
    }
    storage::Db& db;
    access::testing::Town town;
    SeededEntropy entropy{5};
    IdSource ids;
};

void at_the_desk(const std::function<void(Desk&)>& test)
{
    const auto town = access::testing::migrations();
    storage::testing::on_every_store({town, migrations_of_custody(), migrations_of_restitution()},
                                     [&](storage::Db& db) {
                                         CAPTURE(db.engine());
                                         Desk desk(db);
                                         test(desk);
                                     });
}

const Rows kRows{{"見本 太郎", "見本区1-2"}, {"試験, 花子", "=1+1\n\"二行\""}};

} // namespace

TEST_CASE("what was received as a file goes back as it was, with its size and digest in the list [K04] [K62]")
{
    at_the_desk([](Desk& desk) {
        const std::string image(700'000, 'x');
        const auto source = [&](std::int64_t pieces) {
            return [&image, pieces](const access::Scope&) -> Result<std::vector<ReturnTable>> {
                ReturnTable table{"attachments", "添付の一覧", {"番号"}, 1, [](const TakeRow& take) -> Result<void> {
                                      take({"1"});
                                      return {};
                                  }};
                table.files.push_back(
                    {"attachments/1.tif", "申込書", [&image, pieces](const TakePiece& take) -> Result<void> {
                         for (std::int64_t n = 0; n < pieces; ++n) take(image);
                         if (pieces == 0) return refuse(kNoSuchThing);
                         return {};
                     }});
                return std::vector<ReturnTable>{std::move(table)};
            };
        };
        const auto make = [&](std::int64_t pieces) {
            return make_return_package(desk.town.scope(actions::kTakeReturn, handler), "見本の委託", {source(pieces)},
                                       desk.ids.next<ReturnNoun>(), SecretText("RW3D-7HKA"), desk.entropy);
        };
        const auto package = make(2);
        REQUIRE(package);
        CHECK(package->files == 4);
        CHECK(package->persons == 1);
        CHECK(package->zip.find("attachments/1.tif") != std::string::npos);
        CHECK(make(0).error().is(kNoSuchThing)); // what cannot be opened is not left out
    });
}

TEST_CASE("everything goes back to the ward, counted, in a ZIP that only the password opens [K62]")
{
    at_the_desk([](Desk& desk) {
        const auto package = desk.make(kRows, 2).value();
        CHECK(package.persons == 2);
        CHECK(package.files == 3);
        CHECK(package.sha256 == hex(seal::sha256(as_bytes(package.zip))));
        CHECK(package.zip.find("見本 太郎") == std::string::npos);
        CHECK(package.zip.find("見本区") == std::string::npos);
        const sheet::TextArchive bytes(package.zip);
        const auto zip = sheet::ZipReader::open(bytes).value();
        REQUIRE(zip.members().size() == 3);
        const SecretText password("RW3D-7HKA"), wrong("RW3D-7HKC");
        CHECK_FALSE(zip.read_whole(zip.members()[0], &wrong));
        const auto table = zip.read_whole(zip.members()[0], &password).value();
        CHECK(table == "\xEF\xBB\xBF氏名,住所\r\n見本 太郎,見本区1-2\r\n\"試験, 花子\",\"=1+1\n\"\"二行\"\"\"\r\n");
        const auto list = zip.read_whole(zip.members()[1], &password).value();
        CHECK(list.find(hex(seal::sha256(as_bytes(table)))) != std::string::npos);
        CHECK(list.find("\"rows\": 2") != std::string::npos);
    });
}

TEST_CASE("when a count is not what the store says there is no package [K62]")
{
    at_the_desk([](Desk& desk) {
        CHECK(desk.make(kRows, 3).error().is(kDoesNotReconcile));
        CHECK(desk.make(kRows, 1).error().is(kDoesNotReconcile));
        CHECK(desk.make({{"見本 太郎"}}, 1).error().is(kUnevenRow));
        CHECK(desk.make({}, 0).error().is(kNothingToReturn));
    });
}

TEST_CASE("who took the data back never sees its password, and the copy stays in the copy ledger [K44] [K62]")
{
    at_the_desk([](Desk& desk) {
        const auto package = desk.make(kRows, 2).value();
        const auto taking = desk.town.scope(actions::kTakeReturn, handler);
        REQUIRE(desk.db.write([&](storage::Tx& tx) { return record_return(tx, desk.ids, taking, package, "見本区"); }));
        const auto shown = [&](access::Role role) {
            return desk.db.write([&](storage::Tx& tx) {
                return note_password_shown(tx, desk.town.scope(actions::kTakeReturn, role), package.id);
            });
        };
        CHECK(shown(handler).error().is(kTakerReadsPassword));
        CHECK(shown(handling_supervisor).value().sha256 == package.sha256);
        const auto out = desk.db.read(
            [&](const storage::Snapshot& data) { return custody::outstanding(data, desk.town.entrustment); });
        REQUIRE(out.size() == 1);
        CHECK(out.front().sha256 == package.sha256);
        CHECK(out.front().persons == 2);
    });
}

TEST_CASE("the ward's collection is complete when everything was found and nothing is missing [K64]")
{
    at_the_desk([](Desk& desk) {
        const std::vector<Thing> things{{"media:1", "登録された記録媒体", "DVD-R", ""},
                                        {"copy:1", "写し", "暗号化データ", ""}};
        const auto found = [&](std::string_view thing, Answer answer, std::string_view note) {
            return desk.db.write([&](storage::Tx& tx) {
                return record_finding(tx, desk.town.scope(actions::kCollect, ward_officer), thing, answer, note);
            });
        };
        const auto counted = [&] {
            return count(things, desk.db.read([&](const storage::Snapshot& data) {
                return findings_of(data, desk.town.entrustment);
            }));
        };
        CHECK_FALSE(counted().complete());
        REQUIRE(found("media:1", Answer::collected, ""));
        CHECK(counted().found == 1);
        CHECK(found("copy:1", Answer::missing, " ").error().is(kNoteMissing));
        REQUIRE(found("copy:1", Answer::missing, "受託者が探しています"));
        CHECK(counted().missing == 1);
        CHECK_FALSE(counted().complete());
        REQUIRE(found("copy:1", Answer::collected, ""));
        CHECK(counted().complete());
        CHECK_FALSE(desk.town.ask(actions::kCollect, handler, desk.town.entrustment));
    });
}
