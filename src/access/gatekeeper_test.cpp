#include "access/signin/account_store.h"
#include "access/testing.h"
#include "infra/storage/testing.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::access;

namespace {

void in_town(const std::function<void(storage::Db&, testing::Town&)>& test)
{
    storage::testing::on_every_store(testing::migrations(), [&](storage::Db& db) {
        INFO(db.engine());
        testing::Town town(db);
        test(db, town);
    });
}

std::string_view answer(const Result<Scope>& scope)
{
    return scope ? std::string_view("allowed") : scope.error().code();
}

void change(storage::Db& db, std::string_view sql, storage::Params params)
{
    db.write([&](storage::Tx& tx) { REQUIRE(tx.execute(sql, params) == 1); });
}

const Action& kRead = actions::kReadGuidance;

} // namespace

TEST_CASE("a handler on a submitted roster, trained, within the term may read [K11] [K12]")
{
    in_town([](storage::Db&, testing::Town& town) {
        const auto scope = town.ask(kRead, Role::handler, town.entrustment);
        REQUIRE(scope);
        CHECK(scope->account() == town.session(Role::handler).account);
        CHECK(scope->entrustment() == town.entrustment);
        CHECK(scope->entry("guidance.read").actor == town.session(Role::handler).account.text());
    });
}

TEST_CASE("who is withdrawn from the roster is refused at once, in the running session too [K11]")
{
    in_town([](storage::Db& db, testing::Town& town) {
        REQUIRE(town.ask(kRead, Role::handler, town.entrustment));
        change(db, "update roster_entry set withdrawn_at = ? where staff = ?",
               {town.moment.at, town.session(Role::handler).staff});
        CHECK(answer(town.ask(kRead, Role::handler, town.entrustment)) == "roster.withdrawn");
        CHECK(answer(town.ask(actions::kSeeRegister, Role::handler, town.entrustment)) == "roster.withdrawn");
    });
}

TEST_CASE("who is proposed but not yet submitted to the ward is refused [K11]")
{
    in_town([](storage::Db& db, testing::Town& town) {
        change(db, "update roster_entry set submitted_at = null where staff = ?", {town.session(Role::handler).staff});
        CHECK(answer(town.ask(kRead, Role::handler, town.entrustment)) == "roster.not_submitted");
        CHECK(answer(town.ask(actions::kTakeTraining, Role::handler, town.entrustment)) == "allowed");
    });
}

TEST_CASE("who is on no roster of the entrustment sees nothing of it [K11]")
{
    in_town([](storage::Db& db, testing::Town& town) {
        change(db, "delete from roster_entry where staff = ?", {town.session(Role::handler).staff});
        CHECK(answer(town.ask(kRead, Role::handler, town.entrustment)) == "roster.absent");
        CHECK(answer(town.ask(actions::kSeeRegister, Role::handler, town.entrustment)) == "roster.absent");
        const auto scope = town.scope(actions::kSeeRegister, Role::handler, false);
        CHECK(db.read([&](const storage::Snapshot& s) { return visible_entrustments(s, scope); }).empty());
    });
}

TEST_CASE("a supervisor who stands on this roster as a handler only cannot approve [K11] [K15]")
{
    in_town([](storage::Db& db, testing::Town& town) {
        CHECK(answer(town.ask(actions::kApproveGuidance, Role::handling_supervisor, town.entrustment)) == "allowed");
        change(db, "update roster_entry set kind = ? where staff = ?",
               {static_cast<int>(RosterKind::handler), town.session(Role::handling_supervisor).staff});
        CHECK(answer(town.ask(actions::kApproveGuidance, Role::handling_supervisor, town.entrustment)) ==
              "roster.kind");
    });
}

TEST_CASE("without training, or after it has expired, personal information stays closed [K12]")
{
    in_town([](storage::Db& db, testing::Town& town) {
        const auto staff = town.session(Role::handler).staff;
        change(db, "update training_attempt set valid_until = ? where staff = ?", {town.moment.at, staff});
        CHECK(answer(town.ask(kRead, Role::handler, town.entrustment)) == "training.expired");
        change(db, "update training_attempt set valid_until = ? where staff = ?",
               {town.moment.at + Duration::seconds(1), staff});
        CHECK(answer(town.ask(kRead, Role::handler, town.entrustment)) == "allowed");
        change(db, "update training_attempt set passed = 0 where staff = ?", {staff});
        CHECK(answer(town.ask(kRead, Role::handler, town.entrustment)) == "training.missing");
    });
}

TEST_CASE("nothing is processed before the first day or after the last day of the term [K04]")
{
    in_town([](storage::Db& db, testing::Town& town) {
        const auto run = [&](CivilDate starts_on, CivilDate ends_on) {
            db.write([&](storage::Tx& tx) {
                set_fence(tx, town.entrustment, {town.ward, town.contractor, starts_on, ends_on});
            });
            return answer(town.ask(kRead, Role::handler, town.entrustment));
        };
        const auto today = town.moment.today;
        CHECK(run(today.plus_days(1), today.plus_days(9)) == "term.before");
        CHECK(run(today.plus_days(-9), today.plus_days(-1)) == "term.after");
        CHECK(run(today, today) == "allowed");
        CHECK(run(today.plus_days(1), today.plus_days(9)) == "term.before");
        CHECK(answer(town.ask(actions::kSeeRegister, Role::handler, town.entrustment)) == "allowed");
    });
}

TEST_CASE("an entrustment of another organisation stays closed to everybody but its own [K15]")
{
    in_town([](storage::Db& db, testing::Town& town) {
        CHECK(answer(town.ask(kRead, Role::handler, town.other_entrustment)) == "access.other_organisation");
        CHECK(answer(town.ask(actions::kSeeRegister, Role::handling_supervisor, town.other_entrustment)) ==
              "access.other_organisation");
        CHECK(answer(town.ask(actions::kSeeRegister, Role::ward_officer, town.other_entrustment)) == "allowed");
        const auto seen = [&](Role role) {
            const auto scope = town.scope(actions::kSeeRegister, role, false);
            return db.read([&](const storage::Snapshot& s) { return visible_entrustments(s, scope); });
        };
        CHECK(seen(Role::ward_officer).size() == 2);
        CHECK(seen(Role::handling_supervisor) == std::vector{town.entrustment});
        CHECK(seen(Role::handler) == std::vector{town.entrustment});
    });
}

TEST_CASE("an unknown entrustment, or none where one is needed, is refused")
{
    in_town([](storage::Db&, testing::Town& town) {
        CHECK(answer(town.ask(kRead, Role::handler, EntrustmentId(IdBytes{9}))) == "access.no_entrustment");
        CHECK(answer(town.ask(kRead, Role::handler, std::nullopt)) == "access.no_entrustment");
    });
}

TEST_CASE("a suspended account is refused in its running session, which ends [K13]")
{
    in_town([](storage::Db& db, testing::Town& town) {
        const auto account = town.session(Role::handler).account;
        change(db, "update access_account set state = ? where id = ?",
               {static_cast<int>(AccountState::suspended), account});
        CHECK(answer(town.ask(actions::kHome, Role::handler, std::nullopt)) == "access.suspended");
        db.write(
            [&](storage::Tx& tx) { set_account_state(tx, town.moment, "system", account, AccountState::suspended); });
        CHECK(answer(town.ask(actions::kHome, Role::handler, std::nullopt)) == "access.no_session");
    });
}

TEST_CASE("who has not yet set a password of their own reaches only their account [K13]")
{
    in_town([](storage::Db& db, testing::Town& town) {
        change(db, "update access_password set initial = 1 where account = ?", {town.session(Role::handler).account});
        CHECK(answer(town.ask(actions::kHome, Role::handler, std::nullopt)) == "access.enrol_first");
        CHECK(answer(town.ask(actions::kOwnAccount, Role::handler, std::nullopt)) == "allowed");
    });
}

TEST_CASE("refused attempts at personal information leave their reason in the ledger [K15]")
{
    in_town([](storage::Db& db, testing::Town& town) {
        const auto& session = town.session(Role::handler);
        CHECK_FALSE(admit(db, session, kRead, town.other_entrustment, town.moment));
        CHECK_FALSE(admit(db, session, actions::kEditRegister, town.entrustment, town.moment));
        const auto told = db.read([](const storage::Snapshot& s) {
            return s.all("select bytes from ledger_entry where act = 'access.refused'", {},
                         [](const storage::Row& row) { return std::string(as_text(row.blob(0))); });
        });
        REQUIRE(told.size() == 1);
        CHECK(told[0].find("refused:access.other_organisation") != std::string::npos);
        CHECK(told[0].find("guidance.read") != std::string::npos);
        CHECK(told[0].find(session.account.text()) != std::string::npos);
    });
}

TEST_CASE("a session that waits for re-authentication is not a refused attempt")
{
    in_town([](storage::Db& db, testing::Town& town) {
        const Moment later(town.moment.at + Duration::minutes(6));
        CHECK(answer(admit(db, town.session(Role::handler), actions::kTakeGuidance, town.entrustment, later)) ==
              "access.reauthenticate");
        CHECK(db.read([](const storage::Snapshot& s) {
            return s.integer("select count(*) from ledger_entry where act = 'access.refused'");
        }) == 0);
    });
}
