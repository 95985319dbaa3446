#include "vault/attachments/pages/attachments_pages.h"

#include "attachments_migrations.h"
#include "infra/easel/testing.h"
#include "infra/text/definition_file.h"
#include "infra/wire/clamd_testing.h"
#include "office/shell/headers.h"
#include "vault/attachments/attachments_refusals.h"
#include "vault/testing.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::vault;
using namespace azukari::vault::attachments;
using access::Role;
using vault::testing::Safe;
namespace samples = azukari::easel::testing;
namespace desk = azukari::vault::attachments::pages;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;
const std::string kAll = "/entrustments/{entrustment}/persons/{person}/attachments";
const std::string kOne = kAll + "/{attachment}";

// The pages as one person after another sees them, each request decided by the real rules.
struct Office {
    explicit Office(Safe& lent) : safe(lent), person(safe.person({{"name", "見本 太郎"}})) {}

    static text::NameFolding folding()
    {
        const std::string file = AZK_SOURCE_DIR "/definitions/names/kanji_variants.toml";
        return text::NameFolding(text::KanjiVariants::of(text::Definition::read(file).value()).value());
    }
    http::Response go(http::Method method, const std::string& pattern, Role role, const Form& form, const Form& params,
                      std::vector<http::UploadedFile> files = {})
    {
        const auto all = desk::routes(rooms);
        const auto route = std::find_if(
            all.begin(), all.end(), [&](const auto& each) { return each.method == method && each.pattern == pattern; });
        REQUIRE(route != all.end());
        const auto scope = safe.town.ask(*route->guard, role, safe.town.entrustment);
        if (!scope) return http::Response::text(403, std::string(scope.error().code()));
        http::Request request;
        request.method = method;
        request.files = std::move(files);
        for (const auto& [name, value] : form) request.form.add(name, value);
        request.path_params.add("person", person.text());
        for (const auto& [name, value] : params) request.path_params.add(name, value);
        return route->handle({request, safe.town.moment, &safe.town.session(role), "token", {}, {}}, *scope);
    }
    http::Response send(const Bytes& content, const std::string& name, Form form = {})
    {
        if (form.empty()) form = {{"paper", "application"}, {"purpose", "course_operation"}};
        return go(http::Method::post, kAll, Role::handler, form, {},
                  {{"file", name, "image/svg+xml", std::string(as_text(content))}});
    }
    // The masked page's part, or that of the opened one.
    std::string listed(const Use* use = nullptr, Role role = Role::handler)
    {
        const http::Request request;
        const auto scope = safe.town.scope(access::actions::kListPersons, role);
        const auto known = safe.db.read([&](const storage::Snapshot& snapshot) {
            return find_person(snapshot, safe.town.entrustment, person).value();
        });
        return desk::section(attachments, {request, safe.town.moment, &safe.town.session(role), "token", {}, {}}, scope,
                             known, use)
            .markup();
    }
    Form last() const
    {
        const auto all = safe.db.read(
            [&](const storage::Snapshot& snapshot) { return attachments.of(snapshot, safe.town.entrustment, person); });
        REQUIRE_FALSE(all.empty());
        return {{"attachment", all.back().id.text()}};
    }

    Safe& safe;
    SubjectId person;
    wire::testing::FakeClamd fake{safe.folder / "clamd.ctl"};
    easel::Easel easel{{.program = AZUKARI_EASEL}};
    Attachments attachments{safe.vault, easel, {wire::Clamd{fake.place().string()}}, [](const auto&, auto, auto) {
                                return Result<void>{};
                            }};
    finder::PersonFinder finder{safe.vault, folding()};
    desk::Rooms rooms{attachments,
                      {safe.vault, [](const access::Scope&) -> Result<std::string> { return "研修"; }, finder, {}}};
};

void in_office(const std::function<void(Office&)>& test)
{
    auto migrations = vault::testing::migrations();
    const auto ours = migrations_of_attachments();
    migrations.insert(migrations.end(), ours.begin(), ours.end());
    storage::testing::on_every_store(migrations, [&](storage::Db& db) {
        Safe safe(db, AZK_SOURCE_DIR "/definitions");
        Office office(safe);
        test(office);
    });
}

bool says(std::string_view text, std::string_view words)
{
    return text.find(words) != std::string_view::npos;
}

const Form kUse{{"purpose", "course_operation"}, {"reason", "申込みの確認"}};

} // namespace

TEST_CASE("a form is attached, listed without its name, and shown in the page as pictures only [K26] [K36] [K79]")
{
    in_office([](Office& office) {
        CHECK(says(office.go(http::Method::get, kAll, Role::handler, {}, {}).body, "1つ 32MB まで"));
        CHECK(says(office.listed(), "添付された書類はありません。"));
        const auto kept = office.send(samples::sample_pdf(2, true), "見本太郎の申込書.pdf");
        CHECK(kept.status == 303);
        CHECK(says(kept.notice, "ウイルスは見つかりませんでした"));
        const auto masked = office.listed();
        for (const auto* words : {"申込書・申請書", "PDF", "検査済み"}) CHECK_MESSAGE(says(masked, words), words);
        CHECK_FALSE(says(masked, "見本太郎"));

        const auto closed = office.go(http::Method::get, kOne, Role::handler, {}, office.last());
        CHECK(says(closed.body, "記録して開く"));
        CHECK_FALSE(says(closed.body, "見本太郎"));
        CHECK_FALSE(says(closed.body, "/showings/"));
        CHECK(office.go(http::Method::post, kOne, Role::handler, {{"purpose", "course_operation"}}, office.last())
                  .status == 422);
        CHECK(office.safe.entries("attachment.revealed") == 0);

        const auto opened = office.go(http::Method::post, kOne, Role::handler, kUse, office.last());
        CHECK(opened.status == 200);
        CHECK(office.safe.entries("attachment.revealed") == 1);
        for (const auto* words :
             {"見本太郎の申込書.pdf", "1 / 2ページ", "/pages/2\"", "alt=\"申込書・申請書の1ページ目の画像\""})
            CHECK_MESSAGE(says(opened.body, words), words);
        for (const auto* never : {"<iframe", "<object", "<embed"}) CHECK_FALSE(says(opened.body, never));

        const auto at = opened.body.find("/showings/") + std::string_view("/showings/").size();
        auto params = office.last();
        params.emplace_back("showing", opened.body.substr(at, 36));
        params.emplace_back("page", "2");
        auto picture =
            office.go(http::Method::get, kOne + "/showings/{showing}/pages/{page}", Role::handler, {}, params);
        CHECK(picture.status == 200);
        CHECK(picture.type == "image/png");
        CHECK(easel::kind_of(as_bytes(picture.body)) == easel::FileKind::png);
        office::protect(picture, true);
        const auto header = [&](std::string_view name, std::string_view value) {
            return std::ranges::find(picture.headers, std::pair(std::string(name), std::string(value))) !=
                   picture.headers.end();
        };
        CHECK(header("X-Content-Type-Options", "nosniff"));
        CHECK(header("Cache-Control", "no-store"));
        params.back().second = "3";
        CHECK(
            office.go(http::Method::get, kOne + "/showings/{showing}/pages/{page}", Role::handler, {}, params).status ==
            404);
        params.back().second = "x";
        CHECK(
            office.go(http::Method::get, kOne + "/showings/{showing}/pages/{page}", Role::handler, {}, params).status ==
            404);
        CHECK(
            office
                .go(http::Method::get, kOne + "/showings/{showing}/pages/{page}", Role::handling_supervisor, {}, params)
                .status == 404);
    });
}

TEST_CASE("a wrongly attached form is withdrawn after a question, and a line on the person's page says by whom and why")
{
    in_office([](Office& office) {
        CHECK(office.send(samples::sample_pdf(1), "見本太郎の申込書.pdf").status == 303);
        const auto path = kOne + "/withdrawal";
        CHECK(says(office.go(http::Method::get, kOne, Role::handler, {}, office.last()).body, "/withdrawal\""));
        const auto question = office.go(http::Method::get, path, Role::handler, {}, office.last());
        for (const auto* words : {"元に戻せません", "取下げの理由", "取り下げて内容を消す", "申込書・申請書"})
            CHECK_MESSAGE(says(question.body, words), words);
        const auto without = office.go(http::Method::post, path, Role::handler, {{"words", "見本"}}, office.last());
        CHECK(without.status == 422);
        CHECK(says(without.body, "取下げの理由を選んでください。"));
        CHECK(says(without.body, "見本</textarea>"));
        CHECK(office.safe.entries("attachment.withdrawn") == 0);

        const Form form{{"cause", "other_person"}, {"words", "同じ姓の方のもの"}};
        const auto done = office.go(http::Method::post, path, Role::handler, form, office.last());
        CHECK(done.status == 303);
        CHECK(says(done.notice, "取り下げました"));
        const auto masked = office.listed();
        CHECK(says(masked, "取下げ済み"));
        CHECK(says(masked, "別の方の書類だった"));
        CHECK_FALSE(says(masked, "同じ姓の方のもの"));
        const Use use{"course_operation", "申込みの確認"};
        CHECK(says(office.listed(&use), "同じ姓の方のもの"));
        const auto closed = office.go(http::Method::get, kOne, Role::handler, {}, office.last());
        CHECK(says(closed.body, "この添付は取り下げられました"));
        CHECK_FALSE(says(closed.body, "/withdrawal\""));
        CHECK(office.go(http::Method::get, path, Role::handler, {}, office.last()).status == 409);
        CHECK(office.go(http::Method::post, path, Role::handler, form, office.last()).status == 409);
        CHECK(office.go(http::Method::get, path, Role::security_officer, {}, office.last()).status == 403);
    });
}

TEST_CASE("a form that is too large leaves what was typed in place")
{
    in_office([](Office& office) {
        const auto all = desk::routes(office.rooms);
        const auto adding = std::find_if(all.begin(), all.end(), [&](const auto& each) {
            return each.method == http::Method::post && each.pattern == kAll;
        });
        REQUIRE(adding != all.end());
        CHECK(adding->body_limit == (33U << 20));
        http::Request request;
        request.too_large = true;
        request.form.add("paper", "survey");
        request.form.add("purpose", "course_operation");
        request.path_params.add("person", office.person.text());
        const auto scope = office.safe.town.scope(access::actions::kAddAttachment, Role::handler);
        const auto again = adding->handle_too_large(
            {request, office.safe.town.moment, &office.safe.town.session(Role::handler), "token", {}, {}}, scope);
        for (const auto* words : {"（32MBまで）", "value=\"survey\" selected", "value=\"course_operation\" selected",
                                  "data-most=\"33554432\""})
            CHECK_MESSAGE(says(again.body, words), words);
    });
}

TEST_CASE(
    "who opened the person opens their forms with the same purpose and reason, each with an entry of its own [K79]")
{
    in_office([](Office& office) {
        CHECK(office.send(samples::sample_png(300, 400), "a.png").status == 303);
        const Use use{"course_operation", "申込みの確認"};
        const auto part = office.listed(&use);
        CHECK(says(part, "name=\"reason\" value=\"申込みの確認\""));
        CHECK_FALSE(says(office.listed(), "name=\"reason\""));
    });
}

TEST_CASE("what cannot be kept is refused beside the field in plain words, and what waits says so [K36]")
{
    in_office([](Office& office) {
        const auto refused = [&](const http::Response& answer, std::string_view words) {
            CHECK(answer.status == 422);
            CHECK_MESSAGE(says(answer.body, words), words);
        };
        refused(office.send(to_bytes("<svg/>"), "a.svg"), "のどれでもありません");
        refused(office.send(samples::sample_png(30, 30), "a.pdf"), "中身は画像（PNG）です");
        refused(office.send(samples::sample_locked_pdf(), "a.pdf"), "パスワードの付いた PDF");
        refused(office.send(samples::sample_pdf(1), "a.pdf", {{"paper", ""}, {"purpose", "course_operation"}}),
                "書類の種類を選んでください。");
        auto infected = samples::sample_pdf(1);
        const auto virus = samples::eicar();
        infected.insert(infected.end(), virus.begin(), virus.end());
        refused(office.send(infected, "a.pdf"), "ウイルスが見つかったため、保存しませんでした");
        CHECK(says(office.listed(), "添付された書類はありません。"));

        office.fake.set_version("ClamAV 1.4.6");
        const auto kept = office.send(samples::sample_fax(2), "fax.tif");
        CHECK(says(kept.notice, "検査待ち"));
        CHECK(says(office.listed(), "検査待ち"));
        const auto closed = office.go(http::Method::get, kOne, Role::handler, {}, office.last());
        CHECK(says(closed.body, "ウイルス検査を待っています"));
        CHECK_FALSE(says(closed.body, "記録して開く"));
        CHECK(office.go(http::Method::post, kOne, Role::handler, kUse, office.last()).status == 409);
        CHECK(office.go(http::Method::get, kAll, Role::security_officer, {}, {}).status == 403);
        CHECK(office.go(http::Method::get, kOne, Role::ward_officer, {}, office.last()).status == 403);
    });
}
