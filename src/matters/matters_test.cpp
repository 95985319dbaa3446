#include "matters/matters.h"

#include "access/testing.h"
#include "infra/storage/testing.h"
#include "matters/allowance_store.h"
#include "matters/matters_refusals.h"
#include "matters/my_number.h"
#include "matters_migrations.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::matters;
using access::Role;

namespace {

const Matters& ours()
{
    static const auto read = Matters::read(AZK_SOURCE_DIR "/definitions/collection/matters.toml").value();
    return read;
}

std::vector<std::string> codes(std::string_view text, Care care = Care::prohibited)
{
    std::vector<std::string> found;
    for (const auto& finding : ours().find(text, care)) found.push_back(finding.code);
    return found;
}

} // namespace

TEST_CASE("free text that touches belief, discrimination or crime is noticed however it is written [K23]")
{
    CHECK(codes("家族の宗教について話された") == std::vector<std::string>{"belief"});
    CHECK(codes("本 籍 は遠方とのこと") == std::vector<std::string>{"discrimination"});
    CHECK(codes("十年前に服役していたと言う。前科あり") == std::vector<std::string>{"crime", "crime"});
    CHECK(codes("ｷﾘｽﾄ教の集まり") == std::vector<std::string>{"belief"});
    CHECK(spoken(ours().find("前科がある", Care::prohibited)) == "「前科」（犯罪に関する事項）");
}

TEST_CASE("ordinary words of the work are not taken for prohibited matter [K23]")
{
    for (const auto* text :
         {"犯罪被害者のための給付を案内した", "在日本の期間は三年", "就職の希望は介護。火曜の午前に電話する",
          "住まいの初期費用が払えない", "日本語の講座に申し込みたい"})
        CHECK_MESSAGE(codes(text).empty(), text);
}

TEST_CASE("health and disability call for a fuller explanation, not for the ward's consent [K25]")
{
    CHECK(codes("健康状態・障害・健康保険", Care::sensitive) == std::vector<std::string>{"health", "health"});
    CHECK(codes("健康状態・障害・健康保険").empty());
}

TEST_CASE("a My Number is known by its check digit, in any width and grouping [K23]")
{
    CHECK(is_my_number("123456789018"));
    CHECK_FALSE(is_my_number("123456789012"));
    CHECK_FALSE(is_my_number("12345678901"));
    CHECK(holds_my_number("番号は 1234-5678-9018 です"));
    CHECK(holds_my_number("１２３４　５６７８　９０１８"));
    CHECK_FALSE(holds_my_number("電話 03-0000-1234、内線 5678"));
    CHECK_FALSE(holds_my_number("1234567890189"));
    CHECK(codes("123456789018") == std::vector<std::string>{"my_number"});
}

TEST_CASE("a list with a mistake is refused with its line, and a list of no words finds nothing")
{
    const auto bad =
        Matters::parse("[[matters]]\ncode = \"x\"\nname = \"x\"\ncare = \"maybe\"\nwords = []\n", "m.toml");
    REQUIRE_FALSE(bad);
    CHECK(bad.error().sentence().find("m.toml:4") != std::string::npos);
    CHECK(Matters().find("宗教", Care::prohibited).empty());
}

TEST_CASE("an item that touches prohibited matter is declared only after a ward reviewer recorded the consent [K23]")
{
    auto tables = access::testing::migrations();
    for (const auto& one : migrations_of_matters()) tables.push_back(one);
    storage::testing::on_every_store(tables, [](storage::Db& db) {
        CAPTURE(db.engine());
        const access::testing::Town town(db);
        const auto reviewer = town.scope(access::actions::kAllowProhibited, Role::ward_reviewer);
        CHECK(town.ask(access::actions::kAllowProhibited, Role::ward_officer, town.entrustment).error().code() ==
              "access.role");
        const auto declare = [&] {
            return db.read(
                [&](const storage::Snapshot& s) { return may_declare(s, town.entrustment, ours(), "犯罪歴"); });
        };
        const auto refused = declare();
        REQUIRE_FALSE(refused);
        CHECK(refused.error().is(kNeedsConsent));
        CHECK(refused.error().sentence().find("「犯罪歴」（犯罪に関する事項）") != std::string::npos);

        const auto record = [&](std::string_view item, std::string_view ground) {
            return db.write([&](storage::Tx& tx) { return allow(tx, reviewer, ours(), item, ground); });
        };
        CHECK(record("犯罪歴", " ").error().is(kGroundExpected));
        CHECK(record("氏名", "決裁").error().is(kNothingProhibited));
        REQUIRE(record("犯罪歴", "見本決裁第1号"));
        CHECK(record("犯罪歴", "見本決裁第1号").error().is(kAllowedAlready));
        CHECK(declare());
        db.read([&](const storage::Snapshot& s) {
            CHECK_FALSE(is_allowed(s, town.other_entrustment, "犯罪歴"));
            CHECK(s.integer("select count(*) from ledger_entry where act = 'matters.allowed'") == 1);
        });

        REQUIRE(db.write([&](storage::Tx& tx) { return withdraw_allowance(tx, reviewer, "犯罪歴"); }));
        CHECK_FALSE(declare());
        CHECK(db.read([&](const storage::Snapshot& s) { return allowances(s, town.entrustment); }).size() == 1);
    });
}
