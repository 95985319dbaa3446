#include "access/pages/people/people_pages.h"

#include "access/fence.h"
#include "access/pages/people/course_text.h"
#include "access/pages/people/people_refusals.h"
#include "access/pages/people/people_waiting.h"
#include "access/roster/roster_store.h"
#include "access/roster/training_store.h"
#include "access/testing.h"
#include "infra/storage/testing.h"
#include "party/party_store.h"

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace azukari;
using namespace azukari::access;
using namespace azukari::access::people_pages;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

const std::string kRoster = "/entrustments/{entrustment}/roster";
const std::string kTraining = "/entrustments/{entrustment}/training";
const std::string kWithdrawal = kRoster + "/entries/{entry}/withdrawal";

const pdf::FontBook& fonts()
{
    static const pdf::FontBook book;
    return book;
}

// The town, its pages, and a further person of the contractor who stands on no roster yet.
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
            REQUIRE(keep_course(tx, ids, town.moment, "system", town.entrustment, first_course("guidance")));
        });
    }
    template <class F>
    auto read(F&& work) const
    {
        return db.read([&](const storage::Snapshot& snapshot) { return work(snapshot); });
    }
    // As the dispatcher does it: the decision first, then the handler. A refused decision is 403 with its code.
    http::Response go(http::Method method, const std::string& pattern, Role role, const Form& form = {},
                      const Form& params = {})
    {
        const auto all = routes(rooms);
        const auto route = std::find_if(
            all.begin(), all.end(), [&](const auto& each) { return each.method == method && each.pattern == pattern; });
        REQUIRE(route != all.end());
        const auto scope = town.ask(*route->guard, role, town.entrustment);
        if (!scope) return http::Response::text(403, std::string(scope.error().code()));
        http::Request request;
        request.method = method;
        request.path = request.target = "/entrustments/" + town.entrustment.text();
        for (const auto& [name, value] : form) request.form.add(name, value);
        for (const auto& [name, value] : params) request.path_params.add(name, value);
        return route->handle({request, town.moment, &town.session(role), "token", {}, {}}, *scope);
    }
    http::Response see(const std::string& pattern, Role role = Role::handling_supervisor, const Form& params = {})
    {
        return go(http::Method::get, pattern, role, {}, params);
    }
    http::Response send(const std::string& pattern, const Form& form, Role role = Role::handling_supervisor,
                        const Form& params = {})
    {
        return go(http::Method::post, pattern, role, form, params);
    }
    http::Response submit()
    {
        const auto next = read([&](const auto& s) { return next_roster_version(s, town.entrustment).digest; });
        return send(kRoster + "/submission", {{"digest", next}});
    }
    RosterEntry entry_of(StaffId who) const
    {
        for (const auto& entry : read([&](const auto& s) { return roster_of(s, town.entrustment); }))
            if (entry.staff == who) return entry;
        FAIL("nobody of that name on the roster");
        std::abort();
    }

    storage::Db& db;
    testing::Town town;
    SeededEntropy entropy{7};
    StaffId staff{IdBytes{}};
    Rooms rooms{db, entropy, fonts(), [](const Scope&) -> Result<Entrusted> {
                    return Entrusted{"印字と封入封緘業務", 13, 18};
                }};
};

void in_office(const std::function<void(Office&)>& test)
{
    storage::testing::on_every_store(testing::migrations(), [&](storage::Db& db) {
        CAPTURE(db.engine());
        Office office(db);
        test(office);
    });
}

bool says(const http::Response& response, std::string_view words)
{
    return response.body.find(words) != std::string::npos;
}

std::size_t count_of(const std::string& text, std::string_view words)
{
    std::size_t count = 0;
    for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++count;
    return count;
}

// What poppler reads off the paper, without spaces and line ends.
std::string words_of(const std::string& pdf)
{
    const auto path = std::filesystem::temp_directory_path() / fmt::format("azukari-roster-{}.pdf", ::getpid());
    std::ofstream(path, std::ios::binary) << pdf;
    FILE* pipe = popen(("pdftotext -raw -enc UTF-8 " + path.string() + " -").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    for (int c; (c = fgetc(pipe)) != EOF;)
        if (c > ' ') text += static_cast<char>(c);
    REQUIRE(pclose(pipe) == 0);
    std::filesystem::remove(path);
    for (std::size_t at; (at = text.find("　")) != std::string::npos;) text.erase(at, std::string_view("　").size());
    return text;
}

} // namespace

TEST_CASE("a supervisor names a person and hands the roster over, and the ward reads it on screen and paper [K11]")
{
    in_office([](Office& office) {
        CHECK(says(office.see(kRoster + "/new"), "仮名 六実（カメイ ムツミ）"));
        const auto named = office.send(kRoster + "/new", {{"staff", office.staff.text()}, {"kind", "handler"}});
        CHECK(named.status == 303);
        CHECK_FALSE(says(office.see(kRoster + "/new"), "仮名 六実"));
        const auto before = office.see(kRoster);
        CHECK(says(before, "提出前"));
        CHECK(says(before, "まだ受けていません"));
        CHECK(says(before, "架空 次郎")); // who put the person on it
        CHECK(says(office.see(kRoster + "/submission"), "研修が済んでいない方が1人います。"));

        CHECK(office.submit().notice == "第1版の名簿を区に提出しました。");
        const auto seen = office.see(kRoster, Role::ward_officer);
        CHECK(says(seen, "仮名 六実"));
        CHECK(says(seen, "第1版（4人）を区に提出した"));
        CHECK_FALSE(says(seen, "名簿から外す"));
        CHECK(says(before, "名簿から外す"));
        CHECK_FALSE(says(seen, "/roster/new"));
        CHECK_FALSE(says(seen, "/roster/submission"));

        const auto paper = office.see(kRoster + "/versions/{version}", Role::ward_officer, {{"version", "1"}});
        CHECK(paper.type == "application/pdf");
        const auto words = words_of(paper.body);
        const auto version =
            office.read([&](const auto& s) { return *last_roster_version(s, office.town.entrustment); });
        for (const std::string_view part :
             {std::string_view("取扱責任者・取扱者名簿"), std::string_view("見本区長あて"), std::string_view("第1版"),
              std::string_view("令和8年6月1日"), std::string_view("株式会社見本印刷"), std::string_view("仮名六実"),
              std::string_view("未受講"), std::string_view("令和9年3月31日"), std::string_view("第13項")}) {
            CAPTURE(part);
            CHECK(words.find(part) != std::string::npos);
        }
        CHECK(words.find(version.digest) != std::string::npos);
        CHECK(paper.body == office.see(kRoster + "/versions/{version}", Role::auditor, {{"version", "1"}}).body);
        for (const auto* wrong : {"2", "0", "01", "x", ""})
            CHECK(office.see(kRoster + "/versions/{version}", Role::ward_officer, {{"version", wrong}}).status == 404);
    });
}

TEST_CASE("the paper of a second version says who is new and who has gone [K11]")
{
    in_office([](Office& office) {
        office.submit();
        office.send(kRoster + "/new", {{"staff", office.staff.text()}, {"kind", "handler"}});
        const auto security = office.entry_of(office.town.session(Role::security_officer).staff);
        office.send(kWithdrawal, {{"reason", "異動のため"}}, Role::handling_supervisor,
                    {{"entry", security.id.text()}});
        const auto asked = office.see(kRoster + "/submission");
        CHECK(says(asked, "新しく載る"));
        CHECK(says(asked, "今回から外れる"));
        CHECK(office.submit().status == 303);
        const auto words =
            words_of(office.see(kRoster + "/versions/{version}", Role::ward_officer, {{"version", "2"}}).body);
        CHECK(words.find("新規") != std::string::npos);
        CHECK(words.find("第1版の名簿から外れた者仮名四郎（セキュリティ責任者）") != std::string::npos);
    });
}

TEST_CASE("what is missing in a proposal stands beside its field [K11]")
{
    in_office([](Office& office) {
        const auto empty = office.send(kRoster + "/new", {});
        CHECK(empty.status == 422);
        CHECK(says(empty, "id=\"e-staff\""));
        CHECK(says(empty, "id=\"e-kind\""));
        const auto stranger = office.town.session(Role::ward_officer).staff;
        const auto foreign = office.send(kRoster + "/new", {{"staff", stranger.text()}, {"kind", "handler"}});
        CHECK(foreign.status == 422);
        CHECK(says(foreign, "受託者に所属する方だけです"));
        const auto twice = office.town.session(Role::handler).staff;
        CHECK(says(office.send(kRoster + "/new", {{"staff", twice.text()}, {"kind", "handler"}}),
                   "既に名簿に載っています"));
    });
}

TEST_CASE("who is withdrawn is refused at once, in the session that is open [K11]")
{
    in_office([](Office& office) {
        const auto& handler = office.town.session(Role::handler);
        const auto entry = office.entry_of(handler.staff);
        const Form params{{"entry", entry.id.text()}};
        const auto work = [&] {
            const auto scope = office.town.ask(actions::kReadGuidance, Role::handler, office.town.entrustment);
            return scope ? std::string_view("allowed") : scope.error().code();
        };
        CHECK(says(office.see(kWithdrawal, Role::handling_supervisor, params), "模擬 三郎さんを名簿から外します"));
        const auto silent = office.send(kWithdrawal, {{"reason", " "}}, Role::handling_supervisor, params);
        CHECK(silent.status == 422);
        CHECK(says(silent, "id=\"e-reason\""));
        CHECK(work() == "allowed");
        CHECK(office.send(kWithdrawal, {{"reason", "異動のため"}}, Role::handling_supervisor, params).status == 303);
        CHECK(work() == "roster.withdrawn");
        CHECK(office.see(kRoster, Role::handler).status == 403);
        const auto after = office.see(kRoster);
        CHECK(says(after, "名簿から外した（理由: 異動のため）"));
        CHECK(office.send(kWithdrawal, {{"reason", "異動のため"}}, Role::handling_supervisor, params).status == 409);
        // Without anybody who handles there is nothing to hand over.
        CHECK(says(office.see(kRoster + "/submission"), kRosterWithoutHandler.sentence));
    });
}

TEST_CASE("only a supervisor hands the roster over, and only what they have looked at [K11]")
{
    in_office([](Office& office) {
        for (const auto role : {Role::handler, Role::security_officer, Role::ward_officer, Role::auditor})
            CHECK(office.see(kRoster + "/submission", role).status == 403);
        for (const auto role : {Role::handler, Role::ward_officer, Role::ward_reviewer, Role::auditor})
            CHECK(office.send(kRoster + "/new", {}, role).status == 403);
        const auto stale = office.send(kRoster + "/submission", {{"digest", "0"}});
        CHECK(stale.status == 409);
        CHECK(says(stale, "もう一度内容を確かめてから"));
        CHECK(office.submit().status == 303);
        CHECK(says(office.see(kRoster + "/submission"), kRosterUnchanged.sentence));
    });
}

TEST_CASE("a roster with a name that no font holds is refused before it becomes a version [K11]")
{
    in_office([](Office& office) {
        const auto who = office.write([&](storage::Tx& tx, IdSource& ids) {
            return *party::record_staff(tx, ids, office.town.moment, "system",
                                        {.organisation = office.town.contractor, .name = "架空 😀", .kana = "カクウ"});
        });
        office.send(kRoster + "/new", {{"staff", who.text()}, {"kind", "handler"}});
        const auto asked = office.see(kRoster + "/submission");
        CHECK(asked.status == 409);
        CHECK(says(asked, "印字できない文字があります: 😀"));
    });
}

TEST_CASE("the test is answered question by question, and its result explains itself [K12]")
{
    in_office([](Office& office) {
        const auto page = office.see(kTraining + "/course", Role::handler);
        CHECK(says(page, "預かった情報は、区民のものです"));
        CHECK(count_of(page.body, "type=\"radio\"") == 12);
        const auto watched = office.see(kTraining + "/course", Role::ward_officer);
        CHECK(says(watched, "預かった情報は、区民のものです"));
        CHECK_FALSE(says(watched, "確認テスト"));
        const auto course = office.read([&](const auto& s) { return *current_course(s, office.town.entrustment); });
        Form right{{"course", course.id.text()}};
        for (std::size_t i = 0; i < course.content.questions.size(); ++i)
            for (std::size_t j = 0; j < course.content.questions[i].choices.size(); ++j)
                if (course.content.questions[i].choices[j].correct)
                    right.emplace_back(fmt::format("q{}", i + 1), std::to_string(j));
        auto gaps = right;
        gaps[1].second = "";
        gaps[3].second = "9";
        const auto refused = office.send(kTraining + "/course", gaps, Role::handler);
        CHECK(refused.status == 422);
        CHECK(says(refused, "id=\"e-q1\""));
        CHECK_FALSE(says(refused, "id=\"e-q2\""));
        CHECK(says(refused, "id=\"e-q3\""));
        auto wrong = right;
        wrong[1].second = "0";
        const auto failed = office.send(kTraining + "/course", wrong, Role::handler);
        CHECK(says(failed, "4問中3問正解でした。"));
        CHECK(says(failed, "もう一度受ける"));
        CHECK(says(failed, course.content.questions[0].explanation));
        const auto passed = office.send(kTraining + "/course", right, Role::handler);
        CHECK(says(passed, "合格です"));
        CHECK(says(passed, "令和9年5月31日")); // the last day, not the day it is over
        CHECK(says(office.see(kTraining, Role::ward_officer), "令和9年5月31日"));
        right[0].second = CourseId(IdBytes{1}).text();
        CHECK(says(office.send(kTraining + "/course", right, Role::handler), "教材が新しくなりました"));
        CHECK(office.send(kTraining + "/course", right, Role::ward_officer).status == 403);
    });
}

TEST_CASE("a class is recorded for others on the roster, with what is wrong beside its field [K12]")
{
    in_office([](Office& office) {
        const auto handler = office.town.session(Role::handler).staff.text();
        const auto mine = office.town.session(Role::handling_supervisor).staff.text();
        const auto record = [&](const std::string& who, const std::string& day, const std::string& points) {
            return office.send(kTraining + "/class", {{"staff", who}, {"day", day}, {"score", points}});
        };
        const auto empty = record("", "2026-02-30", "三");
        CHECK(empty.status == 422);
        for (const auto* field : {"id=\"e-staff\"", "id=\"e-day\"", "id=\"e-score\""}) CHECK(says(empty, field));
        CHECK(says(record(mine, "2026-06-01", "4"), "ご自分では記録できません"));
        CHECK(says(record(handler, "2026-06-02", "4"), "今日までの日付"));
        CHECK(says(record(handler, "2026-06-01", "5"), "0から4まで"));
        CHECK(record(handler, "2026-05-20", "4").notice == "研修の合格を記録しました。");
        CHECK(says(office.see(kTraining), "集合研修の記録"));
        CHECK(office.see(kTraining + "/class", Role::handler).status == 403);
    });
}

TEST_CASE("the home page learns what waits: changed rosters, and one's own training [K11] [K12]")
{
    in_office([](Office& office) {
        // How often a person who signs in at that moment is told of something that stands at `below`.
        const auto told = [&](Role role, std::string_view below, Moment at) {
            const auto token = office.write([&](storage::Tx& tx, IdSource& ids) {
                return open_session(tx, ids, office.entropy, office.town.session(role).account, at);
            });
            return office.read([&](const storage::Snapshot& snapshot) {
                const auto session = find_session(snapshot, token, at, {}).value();
                std::vector<office::Waiting> found;
                tell_waiting({snapshot, session, at, office.town.entrustment, "guidance", "見本", found});
                return std::count_if(found.begin(), found.end(),
                                     [&](const office::Waiting& each) { return each.address.text().ends_with(below); });
            });
        };
        const auto changes = [&](Role role) { return told(role, "/roster", office.town.moment); };
        const auto due = [&](CivilDate day) {
            return told(Role::handling_supervisor, "/training", Moment(day.midnight()));
        };
        office.submit();
        CHECK(changes(Role::handling_supervisor) == 0);
        office.send(kRoster + "/new", {{"staff", office.staff.text()}, {"kind", "handler"}});
        CHECK(changes(Role::handling_supervisor) == 1);
        CHECK(changes(Role::handler) == 0);
        office.submit();
        CHECK(changes(Role::handling_supervisor) == 0);
        office.town.moment = Moment(office.town.moment.at + Duration::minutes(1));
        const auto entry = office.entry_of(office.staff);
        office.send(kWithdrawal, {{"reason", "退職のため"}}, Role::handling_supervisor, {{"entry", entry.id.text()}});
        CHECK(changes(Role::handling_supervisor) == 1);
        // Trained until 2027-04-01 begins; the entrustment ends the day before, but returning and erasing go on. [K04]
        CHECK(due(*CivilDate::from(2027, 3, 1)) == 0);
        CHECK(due(*CivilDate::from(2027, 3, 2)) == 1);
        CHECK(due(*CivilDate::from(2027, 4, 1)) == 1);
    });
}

TEST_CASE("each kind of work begins with a course of four questions and three choices [K12]")
{
    for (const auto* code : {"guidance", "training", "subsidy", "livelihood", "employment", "another"}) {
        CAPTURE(code);
        const auto course = first_course(code);
        CHECK(check_course(course));
        CHECK(course.questions.size() == 4);
        for (const auto& question : course.questions) {
            CHECK(question.choices.size() == 3);
            CHECK_FALSE(question.explanation.empty());
        }
    }
    in_office([](Office& office) {
        const auto ensure = [&] {
            return office.write([&](storage::Tx& tx, IdSource& ids) {
                return *ensure_course(tx, ids, office.town.moment, office.town.other_entrustment, "training");
            });
        };
        CHECK(ensure());
        CHECK_FALSE(ensure());
        CHECK(office.read([&](const auto& s) { return current_course(s, office.town.other_entrustment); })
                  ->content.title == first_course("training").title);
    });
}
