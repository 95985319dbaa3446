#include "custody/copies/copy_store.h"

#include "access/testing.h"
#include "custody/copies/copy_refusals.h"
#include "custody_migrations.h"
#include "infra/storage/testing.h"
#include "ledger/ledger.h"
#include "ledger/ledger_store.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::custody;
using access::Role;

namespace {

void in_town(const std::function<void(storage::Db&, const access::testing::Town&)>& test)
{
    auto all = access::testing::migrations();
    const auto own = migrations_of_custody();
    all.insert(all.end(), own.begin(), own.end());
    storage::testing::on_every_store(all, [&](storage::Db& db) {
        CAPTURE(db.engine());
        ledger::grow_with(db);
        test(db, access::testing::Town(db));
    });
}

NewCopy printed(std::vector<SubjectId> subjects, std::int64_t persons)
{
    return {Door::print, "guidance-batch:1", persons, std::string(64, 'a'), "見本区 健康づくり課", std::move(subjects)};
}

struct Desk { // one handler who lets copies out and settles them
    storage::Db& db;
    access::Scope scope;
    SeededEntropy entropy{9};
    IdSource ids{scope.moment().at, entropy};

    Result<CopyId> record(const NewCopy& copy)
    {
        return db.write([&](storage::Tx& tx) { return record_copy(tx, ids, scope, copy); });
    }
    Result<void> settle(CopyId id, const Settlement& settlement)
    {
        return db.write([&](storage::Tx& tx) { return settle_copy(tx, scope, id, settlement); });
    }
    std::size_t open() const
    {
        return db.read(
            [&](const storage::Snapshot& snapshot) { return outstanding(snapshot, *scope.entrustment()).size(); });
    }
};

} // namespace

TEST_CASE("a copy stays outstanding until it is settled, for the entrustment and for each person in it [K51] [K62]")
{
    in_town([](storage::Db& db, const access::testing::Town& town) {
        Desk desk{db, town.scope(access::actions::kSeeRoster, Role::handler)};
        const SubjectId one(IdBytes{1}), other(IdBytes{2});
        const auto both = desk.record(printed({one, other}, 0)).value();
        const auto alone = desk.record(printed({one}, 0)).value();
        desk.record(printed({}, 4413)).value();
        CHECK(desk.open() == 3);
        const auto with = [&](SubjectId subject) {
            return db.read([&](const storage::Snapshot& snapshot) {
                return outstanding_with(snapshot, town.entrustment, subject).size();
            });
        };
        CHECK(with(one) == 2);
        CHECK(with(other) == 1);
        REQUIRE(desk.settle(both, {.how = Settling::returned}));
        CHECK(with(one) == 1);
        CHECK(with(other) == 0);
        REQUIRE(desk.settle(alone, {.how = Settling::kept}));
        CHECK(with(one) == 0);
        CHECK(desk.open() == 1);
        const auto all = db.read([&](const storage::Snapshot& s) { return copies_of(s, town.entrustment); });
        REQUIRE(all.size() == 3);
        CHECK(all.back().persons == 2);
        CHECK(all.back().settled->settlement.how == Settling::returned);
        CHECK(db.read([&](const storage::Snapshot& s) { return outstanding(s, town.other_entrustment).size(); }) == 0);
    });
}

TEST_CASE("a destroyed copy names its method and a witness who is somebody else [K62]")
{
    in_town([](storage::Db& db, const access::testing::Town& town) {
        Desk desk{db, town.scope(access::actions::kSeeRoster, Role::handler)};
        const auto id = desk.record(printed({}, 3)).value();
        const auto supervisor = town.session(Role::handling_supervisor).staff;
        const auto refusal = [&](const Settlement& settlement) {
            return std::string(desk.settle(id, settlement).error().code());
        };
        CHECK(refusal({.how = Settling::destroyed, .witness = supervisor}) == kMethodExpected.code);
        CHECK(refusal({.how = Settling::destroyed, .method = "細断"}) == kWitnessExpected.code);
        CHECK(refusal({.how = Settling::destroyed, .method = "細断", .witness = desk.scope.staff()}) ==
              kWitnessIsSelf.code);
        REQUIRE(desk.settle(id, {.how = Settling::destroyed, .method = "細断", .witness = supervisor}));
        CHECK(refusal({.how = Settling::returned}) == kCopySettled.code);
        const auto copy = db.read([&](const storage::Snapshot& s) { return find_copy(s, town.entrustment, id); });
        CHECK(copy->settled->settlement.method == "細断");
        CHECK(copy->settled->settlement.witness == supervisor);
    });
}

TEST_CASE(
    "a copy without people or without a recipient is not recorded, and each recorded one stands in the ledger [K51]")
{
    in_town([](storage::Db& db, const access::testing::Town& town) {
        Desk desk{db, town.scope(access::actions::kSeeRoster, Role::handler)};
        const auto entries = [&] {
            return db.read([](const storage::Snapshot& s) { return ledger::read_head(s).entries; });
        };
        const auto before = entries();
        CHECK(desk.record(printed({}, 0)).error().is(kNoPersons));
        auto nameless = printed({}, 1);
        nameless.recipient.clear();
        CHECK(desk.record(nameless).error().is(kNoRecipient));
        CHECK(entries() == before);
        desk.record(printed({}, 1)).value();
        CHECK(entries() == before + 1);
        CHECK(desk.settle(CopyId(IdBytes{77}), {.how = Settling::returned}).error().is(kNoSuchCopy));
    });
}
