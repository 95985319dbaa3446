#include "party/party_store.h"

#include "infra/storage/testing.h"
#include "ledger_migrations.h"
#include "party_migrations.h"

#include <doctest/doctest.h>

using namespace azukari;

namespace {

const Moment kMorning(CivilDate::from(2026, 4, 1)->midnight() + Duration::hours(9));

void on_every_store(const std::function<void(storage::Db&)>& test)
{
    storage::testing::on_every_store({migrations_of_ledger(), migrations_of_party()}, test);
}

template <class F>
auto write(storage::Db& db, F&& work)
{
    SeededEntropy entropy(7);
    IdSource ids(kMorning.at, entropy);
    return db.write([&](storage::Tx& tx) { return work(tx, ids); });
}

} // namespace

TEST_CASE("a contractor's staff are listed by their kana")
{
    on_every_store([](storage::Db& db) {
        const auto company = write(db, [](storage::Tx& tx, IdSource& ids) -> Result<OrganisationId> {
            using enum party::OrganisationKind;
            AZK_TRY(const auto id,
                    party::record_organisation(tx, ids, kMorning, "system", contractor, "株式会社見本印刷"));
            AZK_REQUIRE(party::record_staff(tx, ids, kMorning, "system",
                                            {.organisation = id, .name = "見本 太郎", .kana = "ミホン タロウ"}));
            AZK_REQUIRE(party::record_staff(tx, ids, kMorning, "system",
                                            {.organisation = id, .name = "架空 次郎", .kana = "カクウ ジロウ"}));
            return id;
        });
        REQUIRE(company);
        const auto staff = db.read([&](const storage::Snapshot& s) { return party::staff_of(s, *company); });
        REQUIRE(staff.size() == 2);
        CHECK(staff[0].name == "架空 次郎");
        CHECK(staff[1].name == "見本 太郎");
    });
}

TEST_CASE("two organisations of the same name are refused")
{
    on_every_store([](storage::Db& db) {
        const auto record = [&] {
            return write(db, [](storage::Tx& tx, IdSource& ids) {
                return party::record_organisation(tx, ids, kMorning, "system", party::OrganisationKind::ward, "見本区");
            });
        };
        REQUIRE(record());
        const auto second = record();
        REQUIRE_FALSE(second);
        CHECK(second.error().is(party::kOrganisationExists));
        CHECK(second.error().field() == "name");
    });
}

TEST_CASE("employment is attested by a colleague, not by oneself and not by another company")
{
    on_every_store([](storage::Db& db) {
        write(db, [](storage::Tx& tx, IdSource& ids) {
            using enum party::OrganisationKind;
            const auto one = *party::record_organisation(tx, ids, kMorning, "system", contractor, "株式会社見本印刷");
            const auto other = *party::record_organisation(tx, ids, kMorning, "system", contractor, "架空サービス社");
            const auto recorded = [&](OrganisationId organisation, const char* name) {
                return *party::record_staff(tx, ids, kMorning, "system",
                                            {.organisation = organisation, .name = name, .kana = "ミホン"});
            };
            const auto taro = recorded(one, "見本 太郎");
            const auto hanako = recorded(one, "試験 花子");
            const auto stranger = recorded(other, "架空 次郎");
            CHECK(party::attest_employment(tx, kMorning, "system", taro, taro).error().is(party::kOwnEmployment));
            CHECK(party::attest_employment(tx, kMorning, "system", taro, stranger).error().is(party::kOtherEmployer));
            CHECK_FALSE(party::find_staff(tx, taro)->employment);
            REQUIRE(party::attest_employment(tx, kMorning, "system", taro, hanako));
            CHECK(party::find_staff(tx, taro)->employment->by == hanako);
        });
    });
}

TEST_CASE("only the ward has departments")
{
    on_every_store([](storage::Db& db) {
        write(db, [](storage::Tx& tx, IdSource& ids) {
            using enum party::OrganisationKind;
            const auto area = *party::record_organisation(tx, ids, kMorning, "system", ward, "見本区");
            const auto company = *party::record_organisation(tx, ids, kMorning, "system", contractor, "架空社");
            CHECK(party::record_department(tx, ids, area, "健康づくり課"));
            CHECK(party::record_department(tx, ids, company, "営業課").error().is(party::kNotWard));
            CHECK(party::departments(tx, area).size() == 1);
        });
    });
}

TEST_CASE("the ledger tells of new staff by id, without a name")
{
    on_every_store([](storage::Db& db) {
        write(db, [](storage::Tx& tx, IdSource& ids) {
            const auto id =
                *party::record_organisation(tx, ids, kMorning, "system", party::OrganisationKind::ward, "見本区");
            const auto staff = *party::record_staff(tx, ids, kMorning, "system",
                                                    {.organisation = id, .name = "見本 太郎", .kana = "ミホン タロウ"});
            const auto told = tx.one(
                "select object, bytes from ledger_entry where act = 'party.staff_recorded'", {},
                [](const storage::Row& row) { return std::pair(row.string(0), std::string(as_text(row.blob(1)))); });
            REQUIRE(told);
            CHECK(told->first == staff.text());
            CHECK(told->second.find("見本") == std::string::npos);
        });
    });
}
