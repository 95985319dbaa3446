#include "approval/approval_store.h"

#include "access/testing.h"
#include "approval/approval_refusals.h"
#include "approval/approval_rules.h"
#include "approval_migrations.h"
#include "infra/storage/testing.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::approval;
using enum access::Role;

namespace {

constexpr auto kADay = Duration::hours(24);

// The town with one request by the handler: to destroy what is known of batch "b1".
struct Desk {
    explicit Desk(storage::Db& store) : db(store), town(store), entropy(7), ids(town.moment.at, entropy)
    {
        id = ask_for(what);
    }
    access::Scope scope(access::Role role) const { return town.scope(access::actions::kOwnFactors, role); }
    ApprovalId ask_for(const Description& description)
    {
        return db.write(
            [&](storage::Tx& tx) { return ask(tx, ids, scope(handler), description, two_persons(), kADay); });
    }
    Result<void> agreed(access::Role role, const Description& now)
    {
        return db.write([&](storage::Tx& tx) { return agree(tx, scope(role), id, now); });
    }
    Result<Request> used(const Description& now)
    {
        return db.write([&](storage::Tx& tx) { return use(tx, scope(handler), id, now); });
    }
    Request found() const
    {
        return db.read([&](const storage::Snapshot& data) { return find_request(data, town.entrustment, id).value(); });
    }
    std::int64_t entries(std::string_view act) const
    {
        return db.read([&](const storage::Snapshot& data) {
            return data.integer("select count(*) from ledger_entry where act = ?", {act});
        });
    }

    storage::Db& db;
    access::testing::Town town;
    SeededEntropy entropy;
    IdSource ids;
    Description what = std::move(Description("erasure", "b1").add("persons", 613));
    Description more = std::move(Description("erasure", "b1").add("persons", 614));
    ApprovalId id{IdBytes{}};
};

void at_the_desk(const std::function<void(Desk&)>& test)
{
    const auto town = access::testing::migrations();
    storage::testing::on_every_store({town, migrations_of_approval()}, [&](storage::Db& db) {
        CAPTURE(db.engine());
        Desk desk(db);
        test(desk);
    });
}

} // namespace

TEST_CASE("what one person asked for, two others agree to before it can be done, and it can be done once [K51]")
{
    at_the_desk([](Desk& desk) {
        CHECK(desk.used(desk.what).error().is(kNotGranted));
        REQUIRE(desk.agreed(security_officer, desk.what));
        CHECK(desk.used(desk.what).error().is(kNotGranted));
        REQUIRE(desk.agreed(handling_supervisor, desk.what));
        CHECK(state_of(desk.found(), desk.town.moment.at) == State::granted);
        CHECK(desk.agreed(handling_supervisor, desk.what).error().is(kAlreadyGranted));
        REQUIRE(desk.used(desk.what));
        CHECK(desk.used(desk.what).error().is(kEnded));
        CHECK(desk.entries("approval.agreed") == 2);
        CHECK(desk.entries("approval.used") == 1);
    });
}

TEST_CASE("who asks, who checks and who approves are three persons [K51]")
{
    at_the_desk([](Desk& desk) {
        CHECK(desk.agreed(handler, desk.what).error().is(kOwnRequest));
        REQUIRE(desk.agreed(handling_supervisor, desk.what));
        CHECK(desk.agreed(handling_supervisor, desk.what).error().is(kDecidedBefore));
        CHECK(desk.agreed(security_officer, desk.what).error().is(kOtherRole)); // not for the last stage
        CHECK(desk.found().decisions.size() == 1);
    });
}

TEST_CASE("the person counts, not the account: a second account of the one who asked does not agree either [K51]")
{
    at_the_desk([](Desk& desk) {
        const auto maker = desk.scope(handler).staff();
        const auto answer =
            may_decide(desk.found(), maker, handling_supervisor, desk.what.digest(), desk.town.moment.at);
        CHECK(answer.error().is(kOwnRequest));
    });
}

TEST_CASE("any change after the request makes it void, before each stage and before it is done [K51]")
{
    at_the_desk([](Desk& desk) {
        CHECK(desk.agreed(security_officer, desk.more).error().is(kChanged));
        REQUIRE(desk.agreed(security_officer, desk.what));
        REQUIRE(desk.agreed(handling_supervisor, desk.what));
        CHECK(desk.used(desk.more).error().is(kChanged));
        CHECK(desk.used(desk.what));
    });
}

TEST_CASE("asking anew ends the earlier request: what was agreed to before does not carry over")
{
    at_the_desk([](Desk& desk) {
        REQUIRE(desk.agreed(security_officer, desk.what));
        const auto earlier = desk.id;
        desk.id = desk.ask_for(desk.more);
        CHECK(desk.found().decisions.empty());
        const auto old = desk.db.read(
            [&](const storage::Snapshot& data) { return find_request(data, desk.town.entrustment, earlier).value(); });
        CHECK(old.ending == Ending::replaced);
        CHECK(desk.db.read([&](const storage::Snapshot& data) {
            return waiting_requests(data, desk.town.entrustment, desk.town.moment.at).size();
        }) == 1);
    });
}

TEST_CASE("an approval that has expired is none, to the microsecond")
{
    at_the_desk([](Desk& desk) {
        const auto request = desk.found();
        const Instant last{request.expires_at.micros - 1};
        const auto supervisor = desk.scope(handling_supervisor).staff();
        CHECK(may_decide(request, supervisor, handling_supervisor, request.digest, last));
        CHECK(may_decide(request, supervisor, handling_supervisor, request.digest, request.expires_at)
                  .error()
                  .is(kExpired));
        REQUIRE(desk.agreed(security_officer, desk.what));
        REQUIRE(desk.agreed(handling_supervisor, desk.what));
        CHECK(may_use(desk.found(), request.digest, last));
        CHECK(may_use(desk.found(), request.digest, request.expires_at).error().is(kExpired));
    });
}

TEST_CASE("whoever does not agree says why, and that ends the request")
{
    at_the_desk([](Desk& desk) {
        const auto no = [&](std::string_view reason) {
            return desk.db.write(
                [&](storage::Tx& tx) { return reject(tx, desk.scope(security_officer), desk.id, desk.what, reason); });
        };
        CHECK(no(" ").error().is(kReasonMissing));
        REQUIRE(no("件数が確認記録票と合わないため"));
        CHECK(state_of(desk.found(), desk.town.moment.at) == State::rejected);
        CHECK(desk.agreed(handling_supervisor, desk.what).error().is(kEnded));
        CHECK(desk.used(desk.what).error().is(kEnded));
        CHECK(desk.entries("approval.rejected") == 1);
    });
}

TEST_CASE("only the one who asked takes a request back")
{
    at_the_desk([](Desk& desk) {
        const auto back = [&](access::Role role) {
            return desk.db.write([&](storage::Tx& tx) { return withdraw(tx, desk.scope(role), desk.id); });
        };
        CHECK(back(handling_supervisor).error().is(kNotTheMaker));
        REQUIRE(back(handler));
        CHECK(desk.agreed(security_officer, desk.what).error().is(kEnded));
    });
}

TEST_CASE("one description has one digest, and each fact in it counts")
{
    const auto base = Description("mail", "m1").add("to", "a").digest();
    CHECK(base == Description("mail", "m1").add("to", "a").digest());
    CHECK(base != Description("mail", "m2").add("to", "a").digest());
    CHECK(base != Description("print", "m1").add("to", "a").digest());
    CHECK(base != Description("mail", "m1").add("to", "b").digest());
    CHECK(base != Description("mail", "m1").add("to", "a").add("cc", "").digest());
}
