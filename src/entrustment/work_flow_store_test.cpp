#include "entrustment/work_flow_store.h"

#include "access/testing.h"
#include "entrustment/definition/definition.h"
#include "entrustment/version_store.h"
#include "entrustment_migrations.h"
#include "infra/storage/testing.h"

#include <doctest/doctest.h>

namespace azukari::entrustment {
namespace {

using access::Role;
namespace actions = access::actions;

void with_guidance(const std::function<void(storage::Db&, access::testing::Town&, const Definition&)>& test)
{
    const auto definitions = *read_definitions(AZK_SOURCE_DIR "/definitions");
    auto migrations = access::testing::migrations();
    for (const auto& each : migrations_of_entrustment()) migrations.push_back(each);
    storage::testing::on_every_store(migrations, [&](storage::Db& db) {
        INFO(db.engine());
        access::testing::Town town(db);
        const auto& guidance = definitions.entrustments[1];
        REQUIRE(db.write([&](storage::Tx& tx) {
            return load(tx, town.moment, guidance,
                        {town.entrustment, town.ward, town.contractor, "株式会社見本印刷", FiscalYear(2026)});
        }));
        test(db, town, guidance);
    });
}

} // namespace

TEST_CASE("the ward publishes the work flow and the contractor acknowledges it [K06]")
{
    with_guidance([](storage::Db& db, access::testing::Town& town, const Definition& guidance) {
        const auto ward = town.scope(actions::kPublishFlow, Role::ward_officer);
        const auto supervisor = town.scope(actions::kAcknowledgeFlow, Role::handling_supervisor);
        const auto published = db.write(
            [&](storage::Tx& tx) { return publish(tx, ward, 0, guidance.current.work_steps, "令和8年度の手順"); });
        REQUIRE(published);
        const auto read = [&] {
            return *db.read([&](const storage::Snapshot& snapshot) { return current_work_flow(snapshot, ward); });
        };
        CHECK(read().steps == guidance.current.work_steps);
        CHECK_FALSE(read().acknowledged_at);
        REQUIRE(db.write([&](storage::Tx& tx) { return acknowledge(tx, supervisor, 1); }));
        CHECK(read().acknowledged_by == town.session(Role::handling_supervisor).account.text());
        const auto twice = db.write([&](storage::Tx& tx) { return acknowledge(tx, supervisor, 1); });
        REQUIRE_FALSE(twice);
        CHECK(twice.error().code() == "flow.acknowledged");
    });
}

TEST_CASE("a new work flow must be acknowledged anew, and an old one cannot be acknowledged any more [K06]")
{
    with_guidance([](storage::Db& db, access::testing::Town& town, const Definition&) {
        const auto ward = town.scope(actions::kPublishFlow, Role::ward_officer);
        const auto supervisor = town.scope(actions::kAcknowledgeFlow, Role::handling_supervisor);
        const auto publish_after = [&](std::int64_t seen, std::vector<WorkStep> steps) {
            return db.write([&](storage::Tx& tx) { return publish(tx, ward, seen, steps, "改めた"); });
        };
        REQUIRE(publish_after(0, {{"区", "渡す", "紙"}}));
        REQUIRE(publish_after(1, {{"区", "渡す", "紙"}, {"受託者", "受け取る", ""}}));
        const auto conflict = publish_after(1, {{"区", "別の案", "紙"}});
        REQUIRE_FALSE(conflict);
        CHECK(conflict.error().code() == "register.conflict");
        const auto old = db.write([&](storage::Tx& tx) { return acknowledge(tx, supervisor, 1); });
        REQUIRE_FALSE(old);
        CHECK(old.error().code() == "flow.not_current");
        REQUIRE(db.write([&](storage::Tx& tx) { return acknowledge(tx, supervisor, 2); }));
        CHECK(db.read([&](const storage::Snapshot& snapshot) { return work_flows(snapshot, ward); }).size() == 2);
    });
}

TEST_CASE("a work flow without steps, or with a step nobody does, is refused beside its field [K06]")
{
    with_guidance([](storage::Db& db, access::testing::Town& town, const Definition&) {
        const auto ward = town.scope(actions::kPublishFlow, Role::ward_officer);
        const auto field_of = [&](std::vector<WorkStep> steps, std::string_view note) {
            const auto refused = db.write([&](storage::Tx& tx) { return publish(tx, ward, 0, steps, note); });
            REQUIRE_FALSE(refused);
            return refused.error().field();
        };
        CHECK(field_of({}, "案") == "steps");
        CHECK(field_of({{"だれか", "渡す", "紙"}}, "案") == "steps[0].who");
        CHECK(field_of({{"区", " ", "紙"}}, "案") == "steps[0].what");
        CHECK(field_of({{"区", "渡す", "紙"}}, " ") == "note");
    });
}

} // namespace azukari::entrustment
