#include "office/shell/dispatch.h"

#include "access/access_refusals.h"
#include "access/testing.h"
#include "infra/storage/testing.h"
#include "office/shell/asset.h"
#include "office/shell/components/saved_file.h"
#include "office/shell/page.h"
#include "office/shell/shell.h"
#include "shell_assets.h"

#include <doctest/doctest.h>
#include <stdexcept>

using namespace azukari;
using namespace azukari::office;
using access::Role;

namespace {

namespace actions = access::actions;

http::Response ok(const Visit& visit, const access::Scope&)
{
    return show(visit, Page{"画面", html::join(post_form(visit, html::url("/change")), visit.notice)});
}

// An office with one page of each kind, visited by whoever `who` says.
class House {
public:
    explicit House(storage::Db& db) : town(db), clock(town.moment.at), dispatcher(office()) {}

    http::Response get(std::string path, http::Fields cookies = {}) const
    {
        http::Request request;
        request.path = request.target = std::move(path);
        request.cookies = std::move(cookies);
        request.headers.add("host", "azukari.example");
        request.secure = secure;
        return dispatcher.answer(std::move(request));
    }
    http::Response post(std::string path, std::string csrf, http::Fields headers = {}, http::Fields cookies = {}) const
    {
        http::Request request;
        request.method = http::Method::post;
        request.path = request.target = std::move(path);
        request.headers = std::move(headers);
        request.headers.add("host", "azukari.example");
        request.cookies = std::move(cookies);
        request.form.add("csrf", std::move(csrf));
        request.secure = secure;
        return dispatcher.answer(std::move(request));
    }
    // The token that stands in the forms of a page.
    std::string token(const http::Response& page) const
    {
        constexpr std::string_view kBefore = "name=\"csrf\" value=\"";
        const auto at = page.body.find(kBefore);
        REQUIRE(at != std::string::npos);
        return page.body.substr(at + kBefore.size(), 22);
    }

    access::testing::Town town;
    std::optional<Role> who = Role::ward_officer;
    bool secure = true;
    int changes = 0;
    bool grave_is_stale = false; // every action asks for the proof again
    std::vector<Incident> incidents;
    SetClock clock;
    SeededEntropy entropy{7};
    Dispatcher dispatcher;

private:
    Office office()
    {
        auto routes = asset_routes(assets_of_shell());
        routes.push_back(office::get("/", actions::kHome, ok));
        routes.push_back(office::get("/e/{entrustment}", actions::kSeeRegister, ok));
        routes.push_back(office::get("/report/{entrustment}", actions::kReportRegister, ok));
        routes.push_back(office::post("/change", actions::kHome, [this](const Visit&, const access::Scope&) {
            ++changes;
            return http::Response::see_other("/", "保存しました。");
        }));
        routes.push_back(office::post("/file", actions::kHome, [](const Visit& visit, const access::Scope&) {
            return saved_then(visit, http::Response::download("a.txt", "text/plain", "a"), "/e/next",
                              "ファイルを保存しました。");
        }));
        routes.push_back(upload(
            "/upload", actions::kHome,
            [this](const Visit&, const access::Scope&) -> http::Response {
                ++changes;
                return http::Response::see_other("/");
            },
            [](const Visit& visit, const access::Scope&) {
                const auto state = office::refused(visit.request.form, {files_too_large("file")});
                Page page{"画面", upload_form(visit, html::url("/upload"),
                                              text_field(state, {.name = "typed", .label = "言葉"}),
                                              file_field(state, {.name = "file", .label = "ファイル"}))};
                page.status = kRefusedForm;
                return show(visit, page);
            }));
        routes.push_back(public_get("/sign-in", [](const Visit& visit) {
            return show(visit, Page{"ログイン", html::join(post_form(visit, html::url("/sign-in")), visit.notice)});
        }));
        routes.push_back(public_post("/sign-in", [this](const Visit&) {
            ++changes;
            return http::Response::see_other("/");
        }));
        routes.push_back(
            public_get("/fault", [](const Visit&) -> http::Response { throw Fault("disk is full", true); }));
        routes.push_back(public_get(
            "/bug", [](const Visit&) -> http::Response { throw std::runtime_error("見本 太郎 <taro@example.jp>"); }));
        return {.routes = std::move(routes),
                .menu = {{"ホーム", "/", &actions::kHome}, {"委託の承認", "/report", &actions::kReportRegister}},
                .find_session = [this](const http::Request&, const Moment&) -> Result<access::Session> {
                    if (!who) return refuse(access::kNoSession);
                    return town.session(*who);
                },
                .authorise = [this](const access::Session& session, const access::Action& action,
                                    const std::optional<EntrustmentId>& about, const Moment&) -> Result<access::Scope> {
                    if (grave_is_stale) return refuse(access::kReauthenticate);
                    return town.ask(action, session.role, about);
                },
                .report = [this](const Incident& incident) { incidents.push_back(incident); },
                .clock = clock,
                .entropy = entropy,
                .signing_key = Key256(entropy.bytes<32>())};
    }
};

void visit_house(const std::function<void(House&)>& test)
{
    const auto migrations = access::testing::migrations();
    storage::testing::on_every_store(migrations, [&](storage::Db& db) {
        House house(db);
        test(house);
    });
}

std::string_view header(const http::Response& response, std::string_view name)
{
    for (const auto& [key, value] : response.headers)
        if (key == name) return value;
    return {};
}

// The cookies a browser would send after this answer.
http::Fields carried(const http::Response& response)
{
    http::Fields cookies;
    for (const auto& [key, value] : response.headers) {
        if (key != "Set-Cookie") continue;
        const auto equals = value.find('='), end = value.find(';');
        cookies.add(value.substr(0, equals), value.substr(equals + 1, end - equals - 1));
    }
    return cookies;
}

http::Fields sent_by(std::string_view site, std::string_view origin)
{
    http::Fields headers;
    if (!site.empty()) headers.add("sec-fetch-site", std::string(site));
    if (!origin.empty()) headers.add("origin", std::string(origin));
    return headers;
}

} // namespace

TEST_CASE("every answer, errors and files too, tells the browser what to refuse [K13]")
{
    visit_house([](House& house) {
        const auto css = asset_url(assets_of_shell(), "azukari.css").text();
        const auto unknown = EntrustmentId(IdBytes{9}).text();
        for (const auto& path :
             {std::string("/"), std::string("/nowhere"), std::string("/fault"), css,
              "/report/" + house.town.entrustment.text(), "/e/" + unknown, std::string("/sign-in")}) {
            CAPTURE(path);
            const auto answer = house.get(path);
            CHECK(header(answer, "Content-Security-Policy").find("default-src 'none'") == 0);
            CHECK(header(answer, "Content-Security-Policy").find("unsafe") == std::string_view::npos);
            CHECK(header(answer, "X-Content-Type-Options") == "nosniff");
            CHECK(header(answer, "Referrer-Policy") == "same-origin");
            CHECK(header(answer, "Strict-Transport-Security") == "max-age=31536000");
            CHECK(header(answer, "Cache-Control") ==
                  (path == css ? "public, max-age=31536000, immutable" : "no-store"));
        }
        for (const int status : {400, 408, 413, 431, 503})
            CHECK(header(house.dispatcher.failure(status, kFormBytes), "Content-Security-Policy")
                      .starts_with("default-src 'none'"));
        CHECK(house.dispatcher.failure(413, kFormBytes).status == 413);
        house.secure = false;
        CHECK(header(house.get("/"), "Strict-Transport-Security").empty());
    });
}

TEST_CASE("who is not signed in is sent to sign in, and comes back to the page they wanted [K13]")
{
    visit_house([](House& house) {
        house.who.reset();
        const auto answer = house.get("/e/" + house.town.entrustment.text());
        CHECK(answer.status == 303);
        CHECK(header(answer, "Location") == "/sign-in?next=%2Fe%2F" + house.town.entrustment.text());
        CHECK(header(house.post("/change", "x"), "Location") == "/sign-in");
        CHECK(safe_return("/e/1?tab=2") == "/e/1?tab=2");
        for (const auto* bad : {"//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", ""})
            CHECK(safe_return(bad) == "/");
    });
}

TEST_CASE("a post without our form's token changes nothing [K13]")
{
    visit_house([](House& house) {
        const auto token = house.token(house.get("/"));
        CHECK(house.post("/change", "").status == 403);
        CHECK(house.post("/change", std::string(22, 'A')).status == 403);
        house.who = Role::auditor; // another session's token is not this one's
        const auto foreign = house.token(house.get("/"));
        house.who = Role::ward_officer;
        CHECK(foreign != token);
        CHECK(house.post("/change", foreign).status == 403);
        CHECK(house.changes == 0);
        CHECK(house.post("/change", token).status == 303);
        CHECK(house.changes == 1);
    });
}

TEST_CASE("a post that another site sent changes nothing, even with a token [K13]")
{
    visit_house([](House& house) {
        const auto token = house.token(house.get("/"));
        const std::pair<http::Fields, bool> cases[] = {
            {sent_by("same-origin", "https://azukari.example"), true},
            {sent_by("", ""), true}, // not a browser
            {sent_by("none", ""), true},
            {sent_by("cross-site", ""), false},
            {sent_by("same-site", "https://other.azukari.example"), false},
            {sent_by("", "https://evil.example"), false},
            {sent_by("", "http://azukari.example"), false},
            {sent_by("", "null"), false},
        };
        int expected = 0;
        for (const auto& [headers, allowed] : cases) {
            CAPTURE(headers.get("sec-fetch-site"));
            CAPTURE(headers.get("origin"));
            CHECK(house.post("/change", token, headers).status == (allowed ? 303 : 403));
            expected += allowed;
            CHECK(house.changes == expected);
        }
    });
}

TEST_CASE("the sign-in form carries a token too, bound to the browser that opened it [K13]")
{
    visit_house([](House& house) {
        house.who.reset();
        const auto page = house.get("/sign-in");
        const auto cookies = carried(page);
        REQUIRE(cookies.has("__Host-azukari-guest"));
        CHECK(house.post("/sign-in", house.token(page)).status == 403); // a browser without the cookie
        CHECK(house.post("/sign-in", house.token(page), {}, cookies).status == 303);
        CHECK(house.changes == 1);
    });
}

TEST_CASE("a sentence carried over a redirect is shown once, to that person, and cannot be forged")
{
    visit_house([](House& house) {
        const auto answer = house.post("/change", house.token(house.get("/")));
        const auto cookies = carried(answer);
        REQUIRE(cookies.has("__Host-azukari-notice"));
        const auto page = house.get("/", cookies);
        CHECK(page.body.find("保存しました。") != std::string::npos);
        CHECK(carried(page).get("__Host-azukari-notice").empty());
        http::Fields forged;
        forged.add("__Host-azukari-notice", base64url(as_bytes("偽の知らせ")) + "." + std::string(22, 'A'));
        CHECK(house.get("/", forged).body.find("偽の知らせ") == std::string::npos);
        house.who = Role::auditor;
        CHECK(house.get("/", cookies).body.find("保存しました。") == std::string::npos);
    });
}

TEST_CASE("a button pressed too long after signing in leads over the proof back to its page, and does nothing [K13]")
{
    visit_house([](House& house) {
        const auto token = house.token(house.get("/"));
        house.grave_is_stale = true;
        const auto ask = [&](std::string referer) {
            http::Fields headers;
            headers.add("referer", std::move(referer));
            return house.post("/change", token, std::move(headers));
        };
        const auto asked = ask("https://azukari.example/e/1/return?x=1");
        CHECK(asked.status == 403);
        CHECK(asked.body.find("/reauthenticate?next=%2Fe%2F1%2Freturn%3Fx%3D1") != std::string::npos);
        CHECK(asked.body.find("まだ何も行っていません") != std::string::npos);
        for (const auto* foreign :
             {"https://azukari.example.evil/e", "http://azukari.example/e", "https://azukari.example//evil", ""})
            CHECK(ask(foreign).body.find("/reauthenticate?next=%2F\"") != std::string::npos);
        CHECK(house.changes == 0);
    });
}

TEST_CASE("a file that was saved tells where the work goes on, to this house only, and what was done")
{
    visit_house([](House& house) {
        const auto answer = house.post("/file", house.token(house.get("/")));
        const auto cookies = carried(answer);
        CHECK(cookies.get("azukari-next") == "/e/next");
        CHECK(house.get("/", cookies).body.find("ファイルを保存しました。") != std::string::npos);
    });
}

TEST_CASE("a refusal shows the decision's own reason, with the status that fits")
{
    visit_house([](House& house) {
        const auto& town = house.town;
        CHECK(house.get("/e/" + town.entrustment.text()).status == 200);
        CHECK(house.get("/e/not-an-id").status == 404);
        CHECK(house.get("/e/" + EntrustmentId(IdBytes{9}).text()).status == 404);
        const auto refused = house.get("/report/" + town.entrustment.text());
        CHECK(refused.status == 403);
        CHECK(refused.body.find("権限表で確かめられます") != std::string::npos);
        CHECK(house.get("/change").status == 405);
        CHECK(header(house.get("/change"), "Allow") == "POST");
        CHECK(house.get("/nowhere").status == 404);
    });
}

TEST_CASE("a fault shows a number, and the operator's record holds that number but nobody's name")
{
    visit_house([](House& house) {
        const auto fault = house.get("/fault");
        CHECK(fault.status == 503);
        CHECK(header(fault, "Retry-After") == "3");
        const auto bug = house.get("/bug");
        CHECK(bug.status == 500);
        REQUIRE(house.incidents.size() == 2);
        CHECK(house.incidents[0].what == "disk is full");
        CHECK(house.incidents[1].what.find("太郎") == std::string::npos);
        CHECK(bug.body.find(house.incidents[1].number) != std::string::npos);
        CHECK(bug.body.find("太郎") == std::string::npos);
    });
}

TEST_CASE("the navigation shows what the role may do, and nothing else [K15]")
{
    visit_house([](House& house) {
        CHECK(house.get("/").body.find("委託の承認") == std::string::npos);
        house.who = Role::ward_reviewer;
        CHECK(house.get("/").body.find("委託の承認") != std::string::npos);
        CHECK(house.get("/nowhere").body.find("委託の承認") != std::string::npos);
    });
}

TEST_CASE("who sends too large a file gets their form back with what they typed, and nothing is done")
{
    visit_house([](House& house) {
        const auto token = house.token(house.get("/"));
        const auto send = [&](std::string path, const std::string& csrf) {
            http::Request request;
            request.method = http::Method::post;
            request.path = request.target = std::move(path);
            request.headers.add("host", "azukari.example");
            request.too_large = true;
            if (!csrf.empty()) request.form.add("csrf", csrf);
            request.form.add("typed", "打った言葉");
            request.secure = true;
            return house.dispatcher.answer(std::move(request));
        };
        const auto again = send("/upload", token);
        CHECK(again.status == 413);
        CHECK(again.body.find("value=\"打った言葉\"") != std::string::npos);
        CHECK(again.body.find("64MB まで") != std::string::npos);
        CHECK(send("/upload", "somebody else's").status == 403);
        const auto early = send("/upload", ""); // nothing of the form had come
        CHECK(early.status == 413);
        CHECK(early.body.find("64 MB") != std::string::npos);
        CHECK(send("/change", token).status == 413);
        CHECK(house.changes == 0);
        house.who.reset();
        CHECK(send("/upload", token).status == 303);
        CHECK(house.dispatcher.failure(413, kFormBytes).body.find("1 MB") != std::string::npos);
    });
}

TEST_CASE("only routes that take files take large bodies")
{
    visit_house([](House& house) {
        CHECK(house.dispatcher.body_limit(http::Method::post, "/upload") == kUploadBytes + kFormBytes);
        CHECK(house.dispatcher.body_limit(http::Method::post, "/change") == kFormBytes);
        CHECK(house.dispatcher.body_limit(http::Method::post, "/nowhere") == kFormBytes);
    });
}

TEST_CASE("an asset that the browser still has is not sent again")
{
    visit_house([](House& house) {
        const auto path = asset_url(assets_of_shell(), "azukari.js").text();
        const auto first = house.get(path);
        CHECK(first.type == "text/javascript; charset=utf-8");
        http::Request again;
        again.path = again.target = path;
        again.headers.add("if-none-match", std::string(header(first, "ETag")));
        const auto second = house.dispatcher.answer(again);
        CHECK(second.status == 304);
        CHECK(second.body.empty());
    });
}
