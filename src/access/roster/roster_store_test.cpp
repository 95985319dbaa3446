#include "access/roster/roster_store.h"

#include "access/roster/training_store.h"
#include "access/testing.h"
#include "infra/storage/testing.h"
#include "party/party_store.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::access;

namespace {

const CourseContent kCourse{
    "個人情報の取扱い",
    "# 持ち出さない\n\n媒体を鞄に入れて帰ってはなりません。",
    2,
    1,
    {{"媒体の保管場所は?", "鍵のかかる所です。", {{"机の上", false}, {"金庫", true}}},
     {"事故に気付いたら?", "速やかに報告します。", {{"報告する", true}, {"黙っている", false}}}}};

// A town whose contractor has a further person, who is on no roster yet and has an account.
struct Office {
    template <class F>
    auto write(F&& work)
    {
        IdSource ids(town.moment.at, entropy);
        return db.write([&](storage::Tx& tx) { return work(tx, ids); });
    }
    explicit Office(storage::Db& database) : db(database), town(db)
    {
        write([&](storage::Tx& tx, IdSource& ids) {
            staff =
                *party::record_staff(tx, ids, town.moment, "system",
                                     {.organisation = town.contractor, .name = "仮名 六実", .kana = "カメイ ムツミ"});
            REQUIRE(keep_course(tx, ids, town.moment, "system", town.entrustment, kCourse));
        });
    }
    template <class F>
    auto read(F&& work) const
    {
        return db.read([&](const storage::Snapshot& snapshot) { return work(snapshot); });
    }
    Scope supervisor(const Action& action) const { return town.scope(action, Role::handling_supervisor); }
    std::string_view propose(StaffId who, RosterKind kind = RosterKind::handler)
    {
        const auto done = write([&](storage::Tx& tx, IdSource& ids) {
            return access::propose(tx, ids, supervisor(actions::kProposeRoster), who, kind);
        });
        return done ? std::string_view("proposed") : done.error().code();
    }
    std::string_view submit()
    {
        const auto seen = read([&](const auto& s) { return next_roster_version(s, town.entrustment).digest; });
        const auto done = write(
            [&](storage::Tx& tx, IdSource&) { return submit_roster(tx, supervisor(actions::kSubmitRoster), seen); });
        return done ? std::string_view("submitted") : done.error().code();
    }
    std::size_t people_handed_over() const
    {
        return read([&](const auto& s) { return last_roster_version(s, town.entrustment)->lines.size(); });
    }
    std::string told(std::string_view act)
    {
        return read([&](const storage::Snapshot& s) {
            return s
                .one("select bytes from ledger_entry where act = ? order by seq desc limit 1", {act},
                     [](const storage::Row& row) { return std::string(as_text(row.blob(0))); })
                .value_or("");
        });
    }

    storage::Db& db;
    testing::Town town;
    SeededEntropy entropy{3};
    StaffId staff{IdBytes{}};
};

void in_office(const std::function<void(Office&)>& test)
{
    storage::testing::on_every_store(testing::migrations(), [&](storage::Db& db) {
        INFO(db.engine());
        Office office(db);
        test(office);
    });
}

} // namespace

TEST_CASE("a roster is proposed, handed to the ward as a frozen version, and told by ids [K11]")
{
    in_office([](Office& office) {
        CHECK(office.propose(office.staff) == "proposed");
        CHECK(office.propose(office.staff) == "roster.already");
        CHECK(office.submit() == "submitted");
        const auto version =
            office.read([&](const auto& s) { return last_roster_version(s, office.town.entrustment); });
        REQUIRE(version);
        CHECK(version->number == 1);
        CHECK(version->lines.size() == 4);
        CHECK(version->lines[0].kind == RosterKind::security_officer);
        CHECK(version->lines[0].employer == "株式会社見本印刷");
        const auto entry = office.told("roster.submitted");
        CHECK(entry.find(version->digest) != std::string::npos);
        CHECK(entry.find("見本") == std::string::npos);
        CHECK(office.told("roster.proposed").find(office.staff.text()) != std::string::npos);
    });
}

TEST_CASE("a handed-over roster stays as it was when somebody is withdrawn [K11]")
{
    in_office([](Office& office) {
        office.propose(office.staff);
        office.submit();
        const auto entries = office.read([&](const auto& s) { return roster_of(s, office.town.entrustment); });
        const auto found = std::find_if(entries.begin(), entries.end(),
                                        [&](const RosterEntry& entry) { return entry.staff == office.staff; });
        REQUIRE(found != entries.end());
        CHECK(found->state() == RosterState::submitted);
        const auto take_off = [&](std::string_view reason) {
            const auto done = office.write([&](storage::Tx& tx, IdSource&) {
                return withdraw(tx, office.supervisor(actions::kProposeRoster), found->id, reason);
            });
            return done ? std::string_view("withdrawn") : done.error().code();
        };
        CHECK(take_off(" ") == "roster.reason_missing");
        CHECK(take_off("異動のため") == "withdrawn");
        CHECK(take_off("異動のため") == "roster.no_entry");
        CHECK(office.people_handed_over() == 4);
        CHECK(office.read([&](const auto& s) { return roster_has_news(s, office.town.entrustment); }));
        CHECK(office.submit() == "submitted");
        CHECK(office.submit() == "roster.unchanged");
        CHECK(office.people_handed_over() == 3);
        CHECK(office.propose(office.staff) == "proposed");
        CHECK(office.told("roster.withdrawn").find("異動") == std::string::npos);
    });
}

TEST_CASE("only people of the entrustment's contractor stand on its roster [K11]")
{
    in_office([](Office& office) {
        CHECK(office.propose(office.town.session(Role::ward_officer).staff) == "roster.not_contractors");
        CHECK(office.propose(StaffId(IdBytes{9})) == "party.no_staff");
    });
}

TEST_CASE("a roster that changed after it was looked at is not handed over [K11]")
{
    in_office([](Office& office) {
        const auto seen =
            office.read([&](const auto& s) { return next_roster_version(s, office.town.entrustment).digest; });
        office.propose(office.staff);
        const auto done = office.write([&](storage::Tx& tx, IdSource&) {
            return submit_roster(tx, office.supervisor(actions::kSubmitRoster), seen);
        });
        REQUIRE_FALSE(done);
        CHECK(done.error().is(kRosterChanged));
    });
}

TEST_CASE("a roster without a supervisor or without a handler is not handed over [K11]")
{
    const RosterEntry supervisor{
        RosterEntryId(IdBytes{1}), StaffId(IdBytes{1}), RosterKind::handling_supervisor, {}, {}, {}, "", "", "", {}};
    RosterEntry handler = supervisor;
    handler.kind = RosterKind::handler;
    const auto answer = [](std::vector<RosterEntry> entries) {
        const auto checked = check_submission(entries, {});
        return checked ? std::string_view("accepted") : checked.error().code();
    };
    CHECK(answer({handler}) == "roster.no_supervisor");
    CHECK(answer({supervisor}) == "roster.no_handler");
    CHECK(answer({supervisor, handler}) == "accepted");
    handler.withdrawn = Instant{1};
    CHECK(answer({supervisor, handler}) == "roster.no_handler");
}

TEST_CASE("who passes the test is trained for a year, and who fails may try again [K12]")
{
    in_office([](Office& office) {
        const auto scope = office.town.scope(actions::kTakeTraining, Role::handler);
        const auto course = office.read([&](const auto& s) { return current_course(s, office.town.entrustment); });
        REQUIRE(course);
        CHECK(course->content.questions.at(1).choices.at(0).text == "報告する");
        const auto take = [&](CourseId id, const Answers& answers) {
            return office.write([&](storage::Tx& tx, IdSource& ids) { return take_test(tx, ids, scope, id, answers); });
        };
        CHECK(take(course->id, {1}).error().field() == "q2");
        CHECK(take(course->id, {1, 7}).error().is(kAnswerMissing));
        CHECK(take(CourseId(IdBytes{1}), {1, 0}).error().is(kCourseChanged));
        const auto failed = take(course->id, {0, 0});
        REQUIRE(failed);
        CHECK_FALSE(failed->passed);
        CHECK_FALSE(failed->valid_until);
        const auto passed = take(course->id, {1, 0});
        REQUIRE(passed);
        CHECK(passed->valid_until == CivilDate::from(2027, 6, 1)->midnight());
        CHECK(
            office.read([&](const auto& s) { return attempts_of(s, office.town.entrustment, scope.staff()); }).size() ==
            3);
        CHECK(office.told("training.failed").find("\"score\":1") != std::string::npos);
        CHECK_FALSE(office.told("training.passed").empty());
    });
}

TEST_CASE("a supervisor records a class for people on the roster, but not for themselves [K12]")
{
    in_office([](Office& office) {
        const auto scope = office.supervisor(actions::kRecordTraining);
        const auto record = [&](StaffId staff, CivilDate day, int points) {
            const auto done = office.write(
                [&](storage::Tx& tx, IdSource& ids) { return record_training(tx, ids, scope, staff, day, points); });
            return done ? std::string_view(done->passed ? "passed" : "failed") : done.error().code();
        };
        const auto today = office.town.moment.today;
        const auto handler = office.town.session(Role::handler).staff;
        CHECK(record(office.staff, today, 2) == "training.not_named");
        CHECK(record(scope.staff(), today, 2) == "training.own");
        CHECK(record(handler, today.plus_days(1), 2) == "training.day_expected");
        CHECK(record(handler, today, 3) == "training.score_expected");
        CHECK(record(handler, today, 1) == "failed");
        CHECK(record(handler, today, 2) == "passed");
    });
}

TEST_CASE("a new person works only after roster, submission and training, in this order of reasons [K11] [K12]")
{
    in_office([](Office& office) {
        const auto session = office.write([&](storage::Tx& tx, IdSource& ids) {
            const auto& known = office.town.session(Role::handler);
            // The account of the town's handler moves to the new person, who stands nowhere yet.
            tx.execute("update access_account set staff = ? where id = ?", {office.staff, known.account});
            auto moved = known;
            moved.staff = office.staff;
            static_cast<void>(ids);
            return moved;
        });
        const auto ask = [&] {
            const auto scope =
                admit(office.db, session, actions::kReadGuidance, office.town.entrustment, office.town.moment);
            return scope ? std::string_view("allowed") : scope.error().code();
        };
        CHECK(ask() == "roster.absent");
        office.propose(office.staff);
        CHECK(ask() == "roster.not_submitted");
        office.submit();
        CHECK(ask() == "training.missing");
        office.write([&](storage::Tx& tx, IdSource& ids) {
            const auto scope =
                authorise(tx, session, actions::kTakeTraining, office.town.entrustment, office.town.moment);
            const auto course = current_course(tx, office.town.entrustment);
            REQUIRE(take_test(tx, ids, *scope, course->id, {1, 0}));
        });
        CHECK(ask() == "allowed");
    });
}
