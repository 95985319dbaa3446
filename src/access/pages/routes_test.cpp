#include "access/pages/routes.h"

#include "access/session_store.h"
#include "access/signin/attempt_store.h"
#include "access/signin/totp.h"
#include "access/testing.h"
#include "access/webauthn/testing.h"
#include "infra/storage/testing.h"
#include "office/shell/admission.h"
#include "party/party_store.h"

#include <doctest/doctest.h>
#include <map>

using namespace azukari;
using namespace azukari::access;

namespace {

const char* kPassword = "correct horse battery";
const Bytes kTotp = to_bytes("12345678901234567890");

// The whole door of a running house: store, dispatcher, pages.
struct House {
    explicit House(storage::Db& database)
        : db(database),
          town(db),
          clock(town.moment.at),
          door(db, passwords, entropy, Key256{}),
          passkeys(door, {"localhost", "http://localhost:8080", "azukari"}),
          dispatcher(office())
    {
        create("mutsumi", "仮名 六実", Role::handler);
        create("nanako", "仮名 七子", Role::handling_supervisor);
    }
    void create(const char* login, const char* name, Role role)
    {
        const auto staff = db.write([&](storage::Tx& tx) {
            IdSource ids(town.moment.at, entropy);
            return *party::record_staff(tx, ids, town.moment, "system",
                                        {.organisation = town.contractor, .name = name, .kana = "カメイ"});
        });
        const SecretText password(kPassword);
        REQUIRE(door.create({{staff, login, role}, password, kTotp}, "system", town.moment));
    }
    office::Office office()
    {
        auto all = pages::routes({db, door, passkeys});
        all.push_back(office::get(
            "/", actions::kHome, [](const office::Visit&, const Scope&) { return http::Response::text(200, "home"); }));
        return {.routes = std::move(all),
                .menu = {},
                .find_session = office::stored_sessions(db, {}),
                .authorise = office::stored_decisions(db, {}),
                .report = [](const office::Incident& incident) { FAIL(incident.what); },
                .clock = clock,
                .entropy = entropy,
                .signing_key = Key256{}};
    }
    std::string code() const { return totp_code(kTotp, totp_step(clock.now())); }

    storage::Db& db;
    testing::Town town;
    SetClock clock;
    SeededEntropy entropy{5};
    seal::Passwords passwords{{.memory_kib = 64, .passes = 1}, 2};
    Door door;
    PasskeyDoor passkeys;
    office::Dispatcher dispatcher;
};

using Form = std::vector<std::pair<std::string, std::string>>;

struct Browser {
    House& house;
    std::map<std::string, std::string> cookies{};

    http::Response send(http::Method method, const std::string& target, const Form& form = {})
    {
        http::Request request;
        request.method = method;
        request.target = target;
        request.path = target.substr(0, target.find('?'));
        if (const auto at = target.find("next="); at != std::string::npos)
            request.query.add("next", "/" + target.substr(at + 8)); // "%2F…"
        for (const auto& [name, value] : cookies) request.cookies.add(name, value);
        for (const auto& [name, value] : form) request.form.add(name, value);
        request.headers.add("host", "localhost:8080");
        request.remote_address = "192.0.2.1";
        auto answer = house.dispatcher.answer(std::move(request));
        for (const auto& [name, value] : answer.headers)
            if (name == "Set-Cookie") {
                const auto equals = value.find('=');
                cookies[value.substr(0, equals)] = value.substr(equals + 1, value.find(';') - equals - 1);
            }
        return answer;
    }
    http::Response get(const std::string& path) { return send(http::Method::get, path); }
    // Posts from the page at `from`, with the token of its form.
    http::Response post(const std::string& from, const std::string& to, Form form)
    {
        const auto page = get(from);
        constexpr std::string_view kBefore = "name=\"csrf\" value=\"";
        const auto at = page.body.find(kBefore);
        REQUIRE(at != std::string::npos);
        const auto begin = at + kBefore.size();
        form.emplace_back("csrf", page.body.substr(begin, page.body.find('"', begin) - begin));
        return send(http::Method::post, to, form);
    }
    http::Response sign_in(const std::string& login)
    {
        return post("/sign-in", "/sign-in", {{"login", login}, {"password", kPassword}, {"code", house.code()}});
    }
};

std::string location(const http::Response& response)
{
    for (const auto& [name, value] : response.headers)
        if (name == "Location") return value;
    return {};
}

bool says(const http::Response& response, std::string_view words)
{
    return response.body.find(words) != std::string::npos;
}

std::string between(const std::string& text, std::string_view before, std::string_view after)
{
    const auto at = text.find(before);
    REQUIRE(at != std::string::npos);
    const auto begin = at + before.size();
    return text.substr(begin, text.find(after, begin) - begin);
}

void in_house(const std::function<void(House&)>& test)
{
    storage::testing::on_every_store(testing::migrations(), [&](storage::Db& db) {
        INFO(db.engine());
        House house(db);
        test(house);
    });
}

} // namespace

TEST_CASE("a person signs in, comes to where they wanted to go, and signs out [K13]")
{
    in_house([](House& house) {
        Browser browser{house};
        CHECK(location(browser.get("/matrix")) == "/sign-in?next=%2Fmatrix");
        const auto entered =
            browser.post("/sign-in?next=%2Fmatrix", "/sign-in",
                         {{"login", "mutsumi"}, {"password", kPassword}, {"code", house.code()}, {"next", "/matrix"}});
        CHECK(location(entered) == "/matrix");
        CHECK(says(browser.get("/matrix"), "権限表"));
        CHECK(location(browser.post("/account", "/sign-out", {})) == "/sign-in?left=1");
        CHECK(location(browser.get("/")) == "/sign-in");
    });
}

TEST_CASE("a wrong sign-in keeps the login name, never the password, and says one sentence for all [K13]")
{
    in_house([](House& house) {
        Browser browser{house};
        const auto refused = browser.post("/sign-in", "/sign-in",
                                          {{"login", "mutsumi"}, {"password", "my secret words"}, {"code", "000000"}});
        CHECK(refused.status == 422);
        CHECK(says(refused, "ログイン名、パスワード、認証コードのいずれかが違います。"));
        CHECK(says(refused, "value=\"mutsumi\""));
        CHECK_FALSE(says(refused, "my secret words"));
        CHECK(location(browser.get("/")) == "/sign-in");
    });
}

TEST_CASE("after sign-in nobody is sent to another site")
{
    in_house([](House& house) {
        Browser browser{house};
        const auto entered = browser.post(
            "/sign-in", "/sign-in",
            {{"login", "mutsumi"}, {"password", kPassword}, {"code", house.code()}, {"next", "//evil.example"}});
        CHECK(location(entered) == "/");
    });
}

TEST_CASE("the token of the session changes with each sign-in [K13]")
{
    in_house([](House& house) {
        Browser browser{house};
        const auto session = http::cookie_name(false, kSessionCookie);
        browser.cookies[session] = "planted";
        browser.sign_in("mutsumi");
        const auto first = browser.cookies[session];
        CHECK(first != "planted");
        house.clock.advance(Duration::seconds(30));
        browser.sign_in("mutsumi");
        CHECK(browser.cookies[session] != first);
    });
}

TEST_CASE("enrolling a factor asks who one is again when the sign-in was some time ago [K13]")
{
    in_house([](House& house) {
        Browser browser{house};
        browser.sign_in("mutsumi");
        CHECK(says(browser.get("/account/totp"), "QRコード"));
        house.clock.advance(Duration::minutes(6));
        const auto sent = location(browser.get("/account/totp"));
        CHECK(sent == "/reauthenticate?next=%2Faccount%2Ftotp");
        CHECK(
            says(browser.post(sent, "/reauthenticate", {{"password", "wrong"}, {"code", "1"}}), "いずれかが違います"));
        const auto back = browser.post(sent, "/reauthenticate",
                                       {{"password", kPassword}, {"code", house.code()}, {"next", "/account/totp"}});
        CHECK(location(back) == "/account/totp");
        const auto page = browser.get("/account/totp");
        CHECK(page.status == 200);
        std::string key = between(page.body, "<code>", "</code>");
        std::erase(key, ' ');
        CHECK(key.size() == 32);
    });
}

TEST_CASE("a passkey is enrolled on the account page and then opens the door [K13]")
{
    in_house([](House& house) {
        Browser browser{house};
        browser.sign_in("mutsumi");
        const testing::Authenticator authenticator;
        const auto challenge = [](const http::Response& question) {
            CHECK(question.type == "application/json");
            return *from_base64url(between(question.body, "\"challenge\":\"", "\""));
        };
        const auto made = authenticator.enrol(challenge(browser.get("/account/passkey/question")));
        const auto enrolled = browser.post("/account/passkey", "/account/passkey",
                                           {{"label", "職場のパソコン"},
                                            {"client_data", base64url(made.client_data)},
                                            {"attestation_object", base64url(made.attestation_object)}});
        CHECK(location(enrolled) == "/account");
        CHECK(says(browser.get("/account"), "職場のパソコン"));

        Browser other{house};
        const auto proved = authenticator.prove(challenge(other.get("/sign-in/passkey")));
        const Form answer{{"credential", base64url(authenticator.id)},
                          {"client_data", base64url(proved.client_data)},
                          {"authenticator_data", base64url(proved.authenticator_data)},
                          {"signature", base64url(proved.signature)}};
        CHECK(location(other.post("/sign-in", "/sign-in/passkey", answer)) == "/");
        CHECK(other.get("/").status == 200);
        Browser thief{house};
        CHECK(thief.post("/sign-in", "/sign-in/passkey", answer).status == 422);
    });
}

TEST_CASE("a changed password must be typed twice alike and shows its fault beside the field [K13]")
{
    in_house([](House& house) {
        Browser browser{house};
        browser.sign_in("mutsumi");
        const auto change = [&](const char* fresh, const char* again) {
            return browser.post("/account/password", "/account/password",
                                {{"current", kPassword}, {"fresh", fresh}, {"again", again}});
        };
        CHECK(says(change("quiet river stones", "quiet river stone"), "id=\"e-again\""));
        CHECK(says(change("short", "short"), "id=\"e-fresh\""));
        CHECK(location(change("quiet river stones", "quiet river stones")) == "/account");
    });
}

TEST_CASE("a session of one's own is ended from another place, nobody else's can be [K13]")
{
    in_house([](House& house) {
        Browser office{house};
        Browser home{house};
        office.sign_in("mutsumi");
        house.clock.advance(Duration::seconds(30));
        home.sign_in("mutsumi");
        house.clock.advance(Duration::seconds(30));
        const auto address = "/account/sessions/" + between(home.get("/account").body, "/account/sessions/", "\"");
        Browser stranger{house};
        stranger.sign_in("nanako");
        CHECK(stranger.post("/account", address, {}).status == 404);
        CHECK(office.get("/").status == 200);
        CHECK(location(home.post("/account", address, {})) == "/account");
        CHECK(location(office.get("/")) == "/sign-in");
        CHECK(home.get("/").status == 200);
    });
}

TEST_CASE("the matrix shows every action with its roles [K15]")
{
    in_house([](House& house) {
        Browser browser{house};
        browser.sign_in("mutsumi");
        const auto page = browser.get("/matrix");
        std::size_t granted = 0;
        for (const auto& action : kActions) {
            CHECK_MESSAGE(says(page, action.japanese), action.name);
            for (int role = 0; role < kRoles; ++role) granted += grants(action, static_cast<Role>(role));
        }
        std::size_t shown = 0;
        for (auto at = page.body.find(">できる<"); at != std::string::npos; at = page.body.find(">できる<", at + 1))
            ++shown;
        CHECK(shown == granted);
    });
}

TEST_CASE("a supervisor takes a new person on, who can then only set up their account [K13]")
{
    in_house([](House& house) {
        Browser supervisor{house};
        supervisor.sign_in("nanako");
        const Form person{{"organisation", house.town.contractor.text()},
                          {"name", "仮名 八重"},
                          {"kana", "カメイ ヤエ"},
                          {"role", "3"},
                          {"login", "yae"},
                          {"employed", "yes"}};
        auto elsewhere = person;
        elsewhere[0].second = house.town.ward.text();
        CHECK(says(supervisor.post("/accounts/new", "/accounts", elsewhere), "id=\"e-organisation\""));
        auto officer = person;
        officer[3].second = "0";
        CHECK(says(supervisor.post("/accounts/new", "/accounts", officer), "id=\"e-role\""));
        const auto added = supervisor.post("/accounts/new", "/accounts", person);
        const auto password = between(added.body, "<code>", "</code>");
        CHECK(says(supervisor.post("/accounts/new", "/accounts", person), "id=\"e-login\""));

        Browser yae{house};
        const auto entered = yae.post("/sign-in", "/sign-in", {{"login", "yae"}, {"password", password}, {"code", ""}});
        CHECK(location(entered) == "/account");
        CHECK(says(yae.get("/account"), "はじめに、次の設定をしてください"));
        CHECK(yae.get("/").status == 403);
    });
}

TEST_CASE("a locked person is unlocked and a suspended one is out at once; nobody does it to themselves [K13]")
{
    in_house([](House& house) {
        Browser supervisor{house};
        Browser handler{house};
        supervisor.sign_in("nanako");
        handler.sign_in("mutsumi");
        CHECK(handler.get("/accounts").status == 403);
        const auto id = [&](const char* login) {
            return house.db.read([&](const storage::Snapshot& s) { return find_account(s, login)->id.text(); });
        };
        const auto at = [&](const char* login, const char* what) { return "/accounts/" + id(login) + "/" + what; };
        house.db.write([&](storage::Tx& tx) {
            for (int i = 0; i < 100; ++i) count_attempt(tx, "mutsumi", "198.51.100.1", house.town.moment);
        });
        CHECK(says(supervisor.get("/accounts"), "ロック中"));
        const auto unlocked = supervisor.post(at("mutsumi", "unlock"), at("mutsumi", "unlock"), {{"confirmed", "yes"}});
        CHECK(location(unlocked) == "/accounts");
        CHECK_FALSE(says(supervisor.get("/accounts"), "ロック中"));
        CHECK(handler.get("/").status == 200);
        supervisor.post(at("mutsumi", "suspend"), at("mutsumi", "suspend"), {{"confirmed", "yes"}});
        CHECK(location(handler.get("/")) == "/sign-in");
        CHECK(supervisor.get(at("nanako", "suspend")).status == 404);
        const auto officer = house.town.session(Role::ward_officer).account.text();
        CHECK(supervisor.get("/accounts/" + officer + "/suspend").status == 404);
    });
}
