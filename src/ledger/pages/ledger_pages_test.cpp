#include "ledger/pages/ledger_pages.h"

#include "access/testing.h"
#include "infra/storage/testing.h"
#include "ledger/acts.h"
#include "ledger/ledger.h"
#include "ledger/search_store.h"
#include "office/shell/router.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::ledger;
using access::Role;
using storage::Db;

namespace {

namespace actions = access::actions;

seal::SigningKey key(std::uint64_t seed)
{
    SeededEntropy entropy(seed);
    return seal::SigningKey::create(entropy);
}

// A town with a ledger of `count` entries on its own entrustment, and one on another contractor's.
class Desk {
public:
    explicit Desk(Db& db)
        : db_(db),
          town(db),
          publisher({"azukari.example/ledger", key(1),
                     note::VerifierKey{"ward.example/witness", note::KeyType::cosigner, key(2).public_key()}}),
          routes_(pages::routes({db, publisher}))
    {
        before = db.read([](const storage::Snapshot& data) { return count_entries(data, {}, 10'000); });
        for (int i = 0; i < 60; ++i) add("roster.submitted", town.entrustment, "mine-" + std::to_string(i));
        add("register.edited", town.other_entrustment, "theirs");
    }

    void add(const char* act, EntrustmentId entrustment, std::string object)
    {
        Entry entry;
        entry.at = town.moment.at;
        entry.act = act;
        entry.actor = town.session(Role::handling_supervisor).account.text();
        entry.entrustment = entrustment;
        entry.object = std::move(object);
        entry.outcome = "done";
        db_.write([&](storage::Tx& tx) { append(tx, entry); });
    }

    http::Response ask(http::Method method, const std::string& pattern, Role role, http::Request request = {}) const
    {
        for (const auto& route : routes_) {
            if (route.method != method || route.pattern != pattern) continue;
            const auto& session = town.session(role);
            const office::Visit visit{.request = request, .moment = town.moment, .session = &session, .csrf = "token"};
            return route.handle(visit, town.scope(*route.guard, role, false));
        }
        FAIL(pattern);
        return {};
    }
    std::string page(const std::string& pattern, Role role, http::Request request = {}) const
    {
        const auto response = ask(http::Method::get, pattern, role, std::move(request));
        return response.body;
    }
    static http::Request query(std::vector<std::pair<std::string, std::string>> fields)
    {
        http::Request request;
        for (auto& [name, value] : fields) request.query.add(name, value);
        return request;
    }
    static http::Request entry(std::uint64_t seq)
    {
        http::Request request;
        request.path_params.add("seq", std::to_string(seq));
        return request;
    }
    std::vector<Recorded> newest(std::size_t count) const
    {
        return db_.read([&](const storage::Snapshot& data) { return find_entries(data, {}, {}, count); }).entries;
    }

private:
    Db& db_;

public:
    access::testing::Town town;
    Publisher publisher;
    std::uint64_t before = 0;

private:
    std::vector<office::Route> routes_;
};

void with_desk(const std::function<void(Desk&)>& test)
{
    storage::testing::on_every_store(access::testing::migrations(), [&](Db& db) {
        INFO(db.engine());
        grow_with(db);
        Desk desk(db);
        test(desk);
    });
}

bool has(const std::string& page, std::string_view words)
{
    return page.find(words) != std::string::npos;
}

std::string whole(const http::Response& response)
{
    std::string body = response.body;
    while (response.source && response.source(body)) {
    }
    return body;
}

} // namespace

TEST_CASE("the ward reads all records with acts and people in words, fifty a page [K79]")
{
    with_desk([](Desk& desk) {
        const auto page = desk.page("/ledger", Role::ward_officer);
        CHECK(has(page, "名簿を区に提出した"));
        CHECK(has(page, "委託の登録を変更した"));
        CHECK(has(page, "古い記録へ"));
        CHECK_FALSE(has(page, "新しい記録へ"));
        const auto older = desk.page("/ledger", Role::ward_officer, Desk::query({{"before", "30"}}));
        CHECK(has(older, "新しい記録へ"));
        CHECK(has(older, "/ledger/entries/29\""));
        CHECK_FALSE(has(older, "/ledger/entries/30\""));
    });
}

TEST_CASE("the acts to choose from stand under the words of their rooms, each once [K79]")
{
    with_desk([](Desk& desk) {
        const auto page = desk.page("/ledger", Role::ward_officer);
        const auto from = page.find("<optgroup label=\"委託の登録\">");
        REQUIRE(from != std::string::npos);
        CHECK(page.find("value=\"register.", from) < page.find("</optgroup>", from));
        CHECK(page.find("<optgroup label=\"委託の登録\">", from + 1) == std::string::npos);
        for (const auto& act : kActs) {
            const auto option = "<option value=\"" + std::string(act.code) + "\"";
            const auto at = page.find(option);
            CAPTURE(std::string(act.code));
            REQUIRE(at != std::string::npos);
            CHECK(page.find(option, at + 1) == std::string::npos);
            CHECK(page.rfind("<optgroup", at) > page.rfind("</optgroup>", at) + 1);
        }
    });
}

TEST_CASE("the handling supervisor sees what is of their own entrustments and not of another contractor's [K79]")
{
    with_desk([](Desk& desk) {
        const auto theirs = desk.newest(1).front().seq;
        const auto page = desk.page("/ledger", Role::handling_supervisor);
        CHECK(has(page, "名簿を区に提出した"));
        CHECK_FALSE(has(page, "/ledger/entries/" + std::to_string(theirs) + "\""));
        const auto ask = [&](std::uint64_t seq, Role role) {
            return desk.ask(http::Method::get, "/ledger/entries/{seq}", role, Desk::entry(seq)).status;
        };
        CHECK(ask(theirs - 1, Role::handling_supervisor) == 200);
        CHECK(ask(theirs, Role::handling_supervisor) == 404);
        CHECK(ask(theirs, Role::ward_officer) == 200);
        CHECK(ask(theirs + 1, Role::ward_officer) == 404);
    });
}

TEST_CASE("records are narrowed by what is asked, and a period that cannot be is told beside its field [K79]")
{
    with_desk([](Desk& desk) {
        const auto found = desk.page("/ledger", Role::auditor, Desk::query({{"object", "mine-7"}}));
        CHECK(has(found, "記録（1件、"));
        CHECK(has(desk.page("/ledger", Role::auditor, Desk::query({{"act", "flow.published"}})),
                  "条件に合う記録はありません。"));
        const auto wrong = desk.ask(http::Method::get, "/ledger", Role::auditor,
                                    Desk::query({{"from", "2026-06-02"}, {"until", "2026-06-01"}}));
        CHECK(wrong.status == 422);
        CHECK(has(wrong.body, "期間の終わりが始まりより前になっています。"));
        CHECK(has(desk.page("/ledger", Role::auditor, Desk::query({{"from", "x"}})), "日付は"));
    });
}

TEST_CASE("one record's page shows its proof once a checkpoint holds it, and gives receipt and record [K79]")
{
    with_desk([](Desk& desk) {
        const auto newest = desk.newest(1).front();
        const auto early = desk.page("/ledger/entries/{seq}", Role::ward_officer, Desk::entry(newest.seq));
        CHECK(has(early, "証明はまだありません"));
        const auto taken = desk.ask(http::Method::post, "/ledger/checkpoint", Role::ward_officer);
        CHECK(has(taken.body, "azukari.example/ledger\n"));
        CHECK(desk.newest(1).front().entry.act == "ledger.checkpoint_taken");
        CHECK(has(desk.page("/ledger/entries/{seq}", Role::ward_officer, Desk::entry(newest.seq)),
                  "この記録は、署名されたチェックポイントに含まれています"));
        const auto receipt = desk.page("/ledger/entries/{seq}/receipt", Role::ward_officer, Desk::entry(newest.seq));
        const auto record = desk.page("/ledger/entries/{seq}/record", Role::ward_officer, Desk::entry(newest.seq));
        const auto parsed = note::Receipt::parse(receipt).value();
        CHECK(tree::proves_inclusion(tree::leaf_hash(as_bytes(record.substr(0, record.size() - 1))), newest.seq,
                                     parsed.checkpoint.size, parsed.checkpoint.root, parsed.inclusion));
    });
}

TEST_CASE("taking the evidence is itself in the evidence [K79]")
{
    with_desk([](Desk& desk) {
        CHECK(has(desk.page("/ledger/evidence", Role::auditor), desk.publisher.key().text()));
        const auto zip = whole(desk.ask(http::Method::post, "/ledger/evidence", Role::auditor));
        CHECK(zip.starts_with("PK"));
        const auto newest = desk.newest(1).front();
        CHECK(newest.entry.act == "ledger.evidence_taken");
        CHECK(has(desk.page("/ledger/evidence", Role::auditor), "用紙に写すとき"));
    });
}

TEST_CASE("the ward's cosignature comes back as a file, and a wrong file is refused and told [K79]")
{
    with_desk([](Desk& desk) {
        const auto role = Role::ward_officer;
        CHECK(has(desk.page("/ledger/witness", role), "区の連署はまだありません"));
        const auto request = desk.ask(http::Method::post, "/ledger/witness/request", role).body;
        REQUIRE(request.starts_with("old 0\n\n"));
        const auto text = note::SignedNote::parse(request.substr(7)).value().text;
        const auto bring = [&](std::string content) {
            http::Request back;
            back.files.push_back({"cosignature", "連署", "text/plain", std::move(content)});
            return desk.ask(http::Method::post, "/ledger/witness", role, back);
        };
        CHECK(bring("見本").status == 422);
        CHECK(desk.newest(1).front().entry.act == "ledger.witness_refused");
        CHECK(bring(note::cosign("ward.example/witness", key(2), text, 1'780'280'000).text()).status == 303);
        CHECK(desk.newest(1).front().entry.act == "ledger.witnessed");
        CHECK(has(desk.page("/ledger/witness", role), "区が最後に連署した時点"));
        http::Request beyond;
        beyond.form.add("old_size", "100000");
        CHECK(desk.ask(http::Method::post, "/ledger/witness/request", role, beyond).status == 422);
        beyond.form = {};
        beyond.form.add("old_size", "x");
        CHECK(desk.ask(http::Method::post, "/ledger/witness/request", role, beyond).status == 422);
    });
}
