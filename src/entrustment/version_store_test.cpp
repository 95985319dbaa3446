#include "entrustment/version_store.h"

#include "access/fence.h"
#include "access/testing.h"
#include "entrustment/entrustment_refusals.h"
#include "entrustment/register.h"
#include "entrustment_migrations.h"
#include "infra/storage/testing.h"
#include "matters/allowance_store.h"
#include "matters_migrations.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace azukari::entrustment {
namespace {

using access::Role;
namespace actions = access::actions;

const Definitions& definitions()
{
    static const Definitions read = *read_definitions(AZK_SOURCE_DIR "/definitions");
    return read;
}

const Definition& definition(std::string_view code)
{
    for (const auto& each : definitions().entrustments)
        if (each.current.code == code) return each;
    FAIL("no such definition");
    return definitions().entrustments.front();
}

CivilDate day(int year, unsigned month, unsigned number)
{
    return *CivilDate::from(year, month, number);
}

// A register that holds one entrustment, under the id that everybody of the town works on.
struct Desk {
    storage::Db& db;
    access::testing::Town& town;

    access::Scope officer() const { return town.scope(actions::kEditRegister, Role::ward_officer); }
    access::Scope reader(Role role = Role::ward_officer) const { return town.scope(actions::kSeeRegister, role); }
    access::Scope reviewer() const { return town.scope(actions::kReportRegister, Role::ward_reviewer); }

    Version latest() const
    {
        return *db.read([&](const storage::Snapshot& snapshot) { return latest_version(snapshot, reader()); });
    }
    Result<VersionMark> edit(std::int64_t number, std::int64_t revision, const Entrustment& content,
                             std::string_view reason = "担当課の依頼") const
    {
        return db.write([&](storage::Tx& tx) {
            return entrustment::edit(tx, officer(), definitions().catalogues, definitions().matters,
                                     {number, revision, content, "outline", reason});
        });
    }
    Result<VersionMark> report(std::int64_t number, std::int64_t revision) const
    {
        return db.write([&](storage::Tx& tx) {
            return entrustment::report(tx, reviewer(), {number, revision, "令和8年度第1回審議会"});
        });
    }
    std::int64_t entries(std::string_view act) const
    {
        std::int64_t count = 0;
        db.read([&](const storage::Snapshot& snapshot) {
            snapshot.each("select bytes from ledger_entry", {}, [&](const storage::Row& row) {
                if (as_text(row.blob(0)).find(fmt::format("\"{}\"", act)) != std::string_view::npos) ++count;
            });
        });
        return count;
    }
};

void at_desk(std::string_view code, const std::function<void(const Desk&)>& test,
             Loading more = {EntrustmentId(IdBytes{}), OrganisationId(IdBytes{})})
{
    auto migrations = access::testing::migrations();
    for (const auto& room : {migrations_of_matters(), migrations_of_entrustment()})
        migrations.insert(migrations.end(), room.begin(), room.end());
    storage::testing::on_every_store(migrations, [&](storage::Db& db) {
        INFO(db.engine());
        access::testing::Town town(db);
        auto loading = more;
        loading.id = town.entrustment;
        loading.ward = town.ward;
        if (!loading.contractor_name.empty()) loading.contractor = town.contractor;
        REQUIRE(db.write([&](storage::Tx& tx) { return load(tx, town.moment, definition(code), loading); }));
        test(Desk{db, town});
    });
}

std::string code_of(const Result<VersionMark>& result)
{
    return result ? "done" : std::string(result.error().code());
}

} // namespace

TEST_CASE("a definition is loaded once; what was reported before comes first [K01]")
{
    at_desk("guidance", [](const Desk& desk) {
        const auto latest = desk.latest();
        CHECK(latest.mark.number == 2);
        CHECK(latest.mark.state == VersionState::reported);
        CHECK(latest.content == definition("guidance").current);
        const auto again = desk.db.write([&](storage::Tx& tx) {
            return load(tx, desk.town.moment, definition("guidance"), {EntrustmentId(IdBytes{9}), desk.town.ward});
        });
        CHECK(again == desk.town.entrustment);
        CHECK(desk.latest().mark.number == 2);
        desk.db.read([&](const storage::Snapshot& snapshot) {
            const auto before = reported_before(snapshot, desk.reader(), 2);
            REQUIRE(before);
            CHECK(before->content == *definition("guidance").earlier);
            CHECK_FALSE(reported_before(snapshot, desk.reader(), 1));
        });
        CHECK(desk.entries("register.loaded") == 2);
    });
}

TEST_CASE("editing a reported version begins a draft; the reported one stays as it was [K01]")
{
    at_desk("training", [](const Desk& desk) {
        auto content = desk.latest().content;
        content.outline.purpose = "目的を改めた。";
        const auto draft = desk.edit(1, 1, content);
        REQUIRE(draft);
        CHECK(draft->number == 2);
        CHECK(draft->state == VersionState::draft);
        CHECK(draft->created_by == desk.town.session(Role::ward_officer).account.text());
        content.outline.purpose = "目的をもう一度改めた。";
        const auto second = desk.edit(2, 1, content);
        REQUIRE(second);
        CHECK(second->number == 2);
        CHECK(second->revision == 2);
        desk.db.read([&](const storage::Snapshot& snapshot) {
            CHECK(find_version(snapshot, desk.reader(), 1)->content == definition("training").current);
            CHECK(find_revision(snapshot, desk.reader(), 2, 1)->outline.purpose == "目的を改めた。");
            CHECK(version_in_force(snapshot, desk.reader())->mark.number == 1);
            const auto told = changes(snapshot, desk.reader());
            REQUIRE(told.size() == 2);
            CHECK(told[0].revision == 2);
            CHECK(told[0].section == "outline");
            CHECK(told[0].reason == "担当課の依頼");
        });
        CHECK(desk.entries("register.edited") == 2);
    });
}

TEST_CASE("of two people editing the same version the second sees the conflict and nothing is overwritten [K01]")
{
    at_desk("training", [](const Desk& desk) {
        auto mine = desk.latest().content, theirs = mine;
        mine.outline.purpose = "一人目の文。";
        theirs.outline.purpose = "二人目の文。";
        REQUIRE(desk.edit(1, 1, mine));
        CHECK(code_of(desk.edit(1, 1, theirs)) == "register.conflict");
        CHECK(desk.latest().content.outline.purpose == "一人目の文。");
        REQUIRE(desk.edit(2, 1, theirs));
        CHECK(code_of(desk.edit(2, 1, mine)) == "register.conflict");
        CHECK(desk.latest().content.outline.purpose == "二人目の文。");
    });
}

TEST_CASE("an edit without a reason, without a change or against the rules is refused")
{
    at_desk("training", [](const Desk& desk) {
        auto content = desk.latest().content;
        CHECK(code_of(desk.edit(1, 1, content)) == "register.nothing_changed");
        content.outline.name = "";
        const auto empty = desk.edit(1, 1, content);
        REQUIRE_FALSE(empty);
        CHECK(empty.error().field() == "outline.name");
        content.outline.name = "別の名称";
        CHECK(code_of(desk.edit(1, 1, content, " ")) == "register.reason_missing");
        content.provisions.catalogue = "toku99";
        CHECK(code_of(desk.edit(1, 1, content)) == "register.unknown_catalogue");
        content.provisions = {"toku21", {{22, "ない項"}}};
        CHECK(code_of(desk.edit(1, 1, content)) == "register.unknown_clause");
        CHECK(desk.latest().mark.number == 1);
    });
}

TEST_CASE("a reported version is frozen for good, and the next change is a new version [K01]")
{
    at_desk("training", [](const Desk& desk) {
        auto content = desk.latest().content;
        content.outline.purpose = "改めた目的。";
        REQUIRE(desk.edit(1, 1, content));
        CHECK(code_of(desk.report(2, 7)) == "register.conflict");
        const auto reported = desk.report(2, 1);
        REQUIRE(reported);
        CHECK(reported->state == VersionState::reported);
        CHECK(reported->settled_by == desk.town.session(Role::ward_reviewer).account.text());
        CHECK(code_of(desk.report(2, 1)) == "register.not_a_draft");
        content.outline.purpose = "さらに改めた目的。";
        CHECK(desk.edit(2, 1, content)->number == 3);
        CHECK(desk.entries("register.reported") == 1);
    });
}

TEST_CASE("a draft that is given up leaves the version before it as the latest")
{
    at_desk("training", [](const Desk& desk) {
        auto content = desk.latest().content;
        content.outline.purpose = "やめる案。";
        REQUIRE(desk.edit(1, 1, content));
        const auto gone = desk.db.write([&](storage::Tx& tx) {
            return withdraw(tx, desk.officer(), {2, 1, "案を見送る"});
        });
        REQUIRE(gone);
        CHECK(desk.latest().mark.number == 1);
        CHECK(desk.edit(1, 1, content)->number == 3);
    });
}

TEST_CASE("a recurring entrustment is carried to the next fiscal year as a new version that keeps the history [K04]")
{
    at_desk("guidance", [](const Desk& desk) {
        const auto carry_to = [&](int year) {
            return desk.db.write(
                [&](storage::Tx& tx) { return carry(tx, desk.officer(), FiscalYear(year), "次年度も同様"); });
        };
        CHECK(code_of(carry_to(2022)) == "register.already_covered");
        REQUIRE(carry_to(2026));
        const auto latest = desk.latest();
        CHECK(latest.mark.state == VersionState::carried);
        CHECK(latest.mark.made_from == 2);
        CHECK(latest.content.start() == day(2026, 4, 1));
        CHECK(latest.content.end() == day(2027, 3, 31));
        CHECK(latest.content.parts[0].term.text ==
              "令和8年4月1日から令和9年3月31日まで（次年度以降も、同様の業務委託を行う）");
        CHECK(latest.content.outline == definition("guidance").current.outline);
        desk.db.read([&](const storage::Snapshot& snapshot) {
            CHECK(history(snapshot, desk.reader()).size() == 3);
            const auto fence = access::find_fence(snapshot, desk.town.entrustment);
            REQUIRE(fence);
            CHECK(fence->starts_on == day(2026, 4, 1));
            CHECK(fence->ends_on == day(2027, 3, 31));
        });
        auto content = latest.content;
        content.outline.purpose = "案。";
        REQUIRE(desk.edit(3, 1, content));
        CHECK(code_of(carry_to(2027)) == "register.draft_open");
    });
}

TEST_CASE("an entrustment that does not recur is not carried over [K04]")
{
    auto once = definition("employment").current;
    once.parts[0].term.recurring = false;
    at_desk("employment", [&](const Desk& desk) {
        REQUIRE(desk.edit(1, 1, once));
        REQUIRE(desk.report(2, 1));
        const auto carried =
            desk.db.write([&](storage::Tx& tx) { return carry(tx, desk.officer(), FiscalYear(2026), "次年度も同様"); });
        CHECK(code_of(carried) == "register.not_recurring");
    });
}

TEST_CASE("an entrustment exists without a contractor, with only the ward inside, and is completed later [K07]")
{
    at_desk("employment", [](const Desk& desk) {
        CHECK_FALSE(desk.latest().content.contractor_decided());
        CHECK(desk.latest().content.parts[0].contractor.selection == "未定（公募型プロポーザルによる）");
        const auto outside = desk.town.ask(actions::kSeeRegister, Role::handling_supervisor, desk.town.entrustment);
        CHECK_FALSE(outside);
        const auto decide = [&](const std::string& name) {
            return desk.db.write([&](storage::Tx& tx) {
                return decide_contractor(tx, desk.officer(),
                                         {"employment", desk.town.contractor, name, "プロポーザルの結果"});
            });
        };
        CHECK(code_of(decide("")) == "register.empty");
        REQUIRE(decide("株式会社見本印刷"));
        const auto latest = desk.latest();
        CHECK(latest.mark.state == VersionState::completed);
        CHECK(latest.content.parts[0].contractor.name == "株式会社見本印刷");
        CHECK(latest.content.parts[0].contractor.selection == "未定（公募型プロポーザルによる）");
        CHECK(desk.town.ask(actions::kSeeRegister, Role::handling_supervisor, desk.town.entrustment));
        CHECK(code_of(decide("別の会社")) == "register.contractor_decided");
        CHECK(desk.entries("register.contractor_decided") == 1);
    });
}

TEST_CASE("loading can complete the contractor and carry to the year of the demonstration [K04] [K07]")
{
    Loading loading{EntrustmentId(IdBytes{}), OrganisationId(IdBytes{})};
    loading.contractor_name = "株式会社見本印刷";
    loading.carried_to = FiscalYear(2026);
    at_desk(
        "livelihood",
        [](const Desk& desk) {
            CHECK(desk.latest().mark.number == 2);
            CHECK(desk.latest().content.parts.size() == 2);
            CHECK(desk.latest().content.parts[1].term.end == day(2027, 3, 31));
        },
        loading);
    at_desk(
        "training",
        [](const Desk& desk) {
            CHECK(desk.latest().mark.number == 3);
            CHECK(desk.latest().content.parts[0].contractor.name == "株式会社見本印刷");
        },
        loading);
}

TEST_CASE("a new item that touches prohibited matter is refused until the ward's consent is recorded [K23]")
{
    at_desk("training", [](const Desk& desk) {
        auto content = desk.latest().content;
        content.parts[0].item_groups[0].items.push_back({"criminal_record", "犯罪歴", {}, "", 0, false});
        const auto refused = desk.edit(1, 1, content);
        CHECK(code_of(refused) == "matters.needs_consent");
        CHECK(refused.error().field() == "parts[0].item_groups[0].items[15].name");
        CHECK(desk.latest().mark.number == 1);

        const auto reviewer = desk.town.scope(actions::kAllowProhibited, Role::ward_reviewer);
        REQUIRE(desk.db.write([&](storage::Tx& tx) {
            return matters::allow(tx, reviewer, definitions().matters, "犯罪歴", "見本決裁第1号");
        }));
        CHECK(desk.edit(1, 1, content)->number == 2);
        content.outline.purpose = "別の欄を直すときは、あらためて尋ねない。";
        CHECK(desk.edit(2, 1, content)->revision == 2);
    });
}

TEST_CASE("the register shows a change at once, and lists what a person may see [K01]")
{
    at_desk("training", [](const Desk& desk) {
        Register shown(desk.db, definitions().catalogues, definitions().matters);
        CHECK((*shown.latest(desk.reader()))->mark.number == 1);
        CHECK(*shown.latest(desk.reader()) == *shown.latest(desk.reader()));
        auto content = desk.latest().content;
        content.outline.purpose = "改めた目的。";
        const auto edited = shown.change(desk.officer(), [&](storage::Tx& tx) {
            return edit(tx, desk.officer(), definitions().catalogues, definitions().matters,
                        {1, 1, content, "outline", "依頼"});
        });
        REQUIRE(edited);
        CHECK((*shown.latest(desk.reader()))->content.outline.purpose == "改めた目的。");
        const auto everybody = desk.town.scope(actions::kSeeRegister, Role::ward_officer, false);
        const auto listed = shown.list(everybody);
        REQUIRE(listed.size() == 1);
        CHECK(listed[0].version->mark.number == 2);
    });
}

} // namespace azukari::entrustment
