#include "programmes/guidance/sealing/pages/sealing_pages.h"

#include "access/testing.h"
#include "custody/custody_store.h"
#include "custody_migrations.h"
#include "guidance_batch_migrations.h"
#include "guidance_sealing_migrations.h"
#include "infra/seal/keystore/key_file_provider.h"
#include "infra/storage/testing.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/batch/intake.h"
#include "programmes/guidance/batch/recipient_seal.h"
#include "programmes/guidance/sample_recipients.h"
#include "programmes/guidance/sealing/balance.h"
#include "programmes/guidance/sealing/line.h"
#include "programmes/guidance/stratification/rule_book.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <stdlib.h>

using namespace azukari;
using namespace azukari::guidance;
using access::Role;

namespace {

const std::string kLayouts = AZK_SOURCE_DIR "/definitions/layouts/guidance";
const std::string kSealing = "/entrustments/{entrustment}/guidance/batches/{batch}/sealing";
constexpr std::size_t kPersons = 60;

using Form = std::vector<std::pair<std::string, std::string>>;

// A town whose handler took the ward's file in and whose supervisor approved the letters.
struct Floor {
    explicit Floor(storage::Db& store)
        : db(store),
          town(store),
          columns(RecipientLayout::read(kLayouts + "/recipients.toml").value()),
          letters(LetterLayout::read(kLayouts, columns).value()),
          recipes(InsertRecipes::read(kLayouts).value()),
          keystore(open_keystore()),
          press{db, keystore, fonts, columns, letters}
    {
        letters.lot_sheets = 20;
        take_in_file();
        compose();
    }
    ~Floor() { std::filesystem::remove_all(folder); }

    seal::Keystore open_keystore()
    {
        std::string name = (std::filesystem::temp_directory_path() / "azukari-line-XXXXXX").string();
        folder = mkdtemp(name.data());
        auto guard = seal::KeyFileProvider::fresh(folder / "root.key").value();
        return seal::Keystore::create({.directory = folder / "keys", .keys_in_memory = 256}, guard, entropy).value();
    }
    void take_in_file()
    {
        std::string file;
        write_sample_recipients(columns, {.count = kPersons}, [&](std::string_view bytes) { file += bytes; });
        std::vector<std::string> items;
        for (const auto& column : columns.columns()) items.push_back(column.item);
        batch = take_in(db, keystore, entropy, town.scope(access::actions::kImportGuidance, Role::handler), columns,
                        stratification::RuleBook::read(AZK_SOURCE_DIR "/definitions/stratification").value(), items,
                        {.content = file})
                    .value()
                    .batch;
        REQUIRE(batch);
    }
    void compose()
    {
        town.moment.at = town.moment.at + Duration::seconds(60);
        ComposeProgress progress;
        REQUIRE(compose_batch(press, town.scope(access::actions::kComposeGuidance, Role::handler), *batch, progress));
        const auto approving = town.scope(access::actions::kApproveGuidance, Role::handling_supervisor);
        const auto digest = digest_of(*found().composition);
        REQUIRE(db.write([&](storage::Tx& tx) { return approve(tx, approving, *batch, digest); }));
        town.moment.at = town.moment.at + Duration::seconds(60);
    }
    Batch found() const
    {
        const auto scope = town.scope(access::actions::kSeeGuidance, Role::handler);
        return db.read([&](const storage::Snapshot& s) { return find_batch(s, scope, *batch).value(); });
    }
    // The whole category leaves as a file.
    void take(std::string_view category)
    {
        const auto scope = town.scope(access::actions::kTakeGuidance, Role::handler);
        REQUIRE(db.write([&](storage::Tx& tx) { return record_taking(tx, scope, *batch, category); }));
    }
    access::Scope sealing(Role role = Role::handler) const { return town.scope(access::actions::kSealLetters, role); }

    // What the papers of a letter say, as a scanner reads them.
    std::vector<std::string> papers(const LetterName& name, unsigned edition = 1)
    {
        const auto scope = sealing();
        const auto row = db.read([&](const storage::Snapshot& s) {
            return find_recipient(s, scope, *batch, name.category, name.serial).value();
        });
        const auto key = keystore.subject_key(town.entrustment, row.subject, town.moment.at).value();
        Addressee to;
        to.recipient = open_recipient(key, town.entrustment, row.subject, row.sealed, columns.columns().size()).value();
        to.category = *category_with_slug(name.category);
        to.serial = static_cast<std::uint32_t>(name.serial);
        to.edition = edition;
        to.batch_mark = batch_mark_of(batch->bytes());
        std::vector<std::string> texts;
        const auto pages = static_cast<unsigned>(letters.pages_of(to.category).size());
        for (unsigned page = 1; page <= pages; ++page)
            texts.push_back(text_of(code_of(to, letters.identity, page, pages)));
        return texts;
    }
    http::Response go(http::Method method, const std::string& below, Role role, const Form& form = {},
                      const std::string& accept = "text/html")
    {
        const auto all = sealing_pages::routes(
            {db, entropy, press, recipes, [](const access::Scope&) -> Result<std::string> { return "見本区の印字"; }});
        const auto query = below.find('?');
        const auto route = std::find_if(all.begin(), all.end(), [&](const auto& each) {
            return each.method == method && each.pattern == kSealing + below.substr(0, query);
        });
        REQUIRE(route != all.end());
        const auto scope = town.ask(*route->guard, role, town.entrustment);
        REQUIRE(scope);
        http::Request request;
        request.method = method;
        request.path = request.target = "/entrustments/" + town.entrustment.text();
        request.path_params.add("batch", batch->text());
        request.headers.add("accept", accept);
        if (query != std::string::npos) {
            const auto equals = below.find('=');
            request.query.add(below.substr(query + 1, equals - query - 1), below.substr(equals + 1));
        }
        for (const auto& [name, value] : form) request.form.add(name, value);
        return route->handle({request, town.moment, &town.session(role), "token", {}, {}}, *scope);
    }
    http::Response get(const std::string& below, Role role = Role::handler)
    {
        return go(http::Method::get, below, role);
    }
    http::Response post(const std::string& below, const Form& form, Role role = Role::handler)
    {
        return go(http::Method::post, below, role, form);
    }
    // As the script asks.
    http::Response ask(const std::string& below, const Form& form)
    {
        return go(http::Method::post, below, Role::handler, form, "application/json");
    }
    // Both papers, one scan after the other.
    http::Response scan(const std::vector<std::string>& texts)
    {
        Form form;
        for (std::size_t i = 0; i + 1 < texts.size(); ++i) form.emplace_back("paper", texts[i]);
        form.emplace_back("scan", texts.back());
        return ask("/line/match", form);
    }
    void put_into_envelope(const LetterName& name)
    {
        REQUIRE(scan(papers(name)).body.find("\"stage\":\"yes\"") != std::string::npos);
        const auto label = serial_text(*category_with_slug(name.category), static_cast<std::uint32_t>(name.serial));
        REQUIRE(ask("/line/seal", {{"letter", label}}).body.find("封緘しました") != std::string::npos);
    }
    Place place(const LetterName& name) const
    {
        const auto scope = town.scope(access::actions::kSeeGuidance, Role::handler);
        return db.read([&](const storage::Snapshot& s) {
            const auto letter = find_letter(s, scope, *batch, name.category, name.serial).value();
            return place_of(letter.envelope, letter.standing);
        });
    }

    storage::Db& db;
    access::testing::Town town;
    SeededEntropy entropy{3};
    pdf::FontBook fonts;
    RecipientLayout columns;
    LetterLayout letters;
    InsertRecipes recipes;
    std::filesystem::path folder;
    seal::Keystore keystore;
    Press press;
    std::optional<BatchId> batch;
};

void at_the_line(const std::function<void(Floor&)>& test)
{
    const auto town = access::testing::migrations();
    storage::testing::on_every_store({std::span<const storage::Migration>(town), migrations_of_custody(),
                                      migrations_of_guidance_batch(), migrations_of_guidance_sealing()},
                                     [&](storage::Db& db) {
                                         Floor floor(db);
                                         test(floor);
                                     });
}

const LetterName kFirst{"hihiman", 1}, kSecond{"hihiman", 2}, kAlone{"jushin-kansho", 1};

bool says(const http::Response& response, std::string_view words)
{
    return response.body.find(words) != std::string::npos;
}
std::string location_of(const http::Response& response)
{
    for (const auto& [name, value] : response.headers)
        if (name == "Location") return value;
    return {};
}
bool stage(const http::Response& response, std::string_view code)
{
    return says(response, fmt::format("\"stage\":\"{}\"", code));
}

} // namespace

TEST_CASE("the desk takes one paper, then the other, says yes, and seals on Enter, without scripts as with them [G4]")
{
    at_the_line([](Floor& floor) {
        floor.take("hihiman");
        const auto papers = floor.papers(kFirst);
        CHECK(says(floor.get("/line"), "1枚目の紙のコードを読み取ってください"));
        const auto first = floor.post("/line/match", {{"scan", papers[0]}});
        CHECK(first.status == 200);
        CHECK(says(first, "続けて 2枚目の紙を"));
        CHECK(says(first, "1／2"));
        CHECK(says(first, "name=\"paper\" value=\"" + papers[0] + "\""));
        const auto second = floor.post("/line/match", {{"paper", papers[0]}, {"scan", papers[1]}});
        CHECK(second.status == 303);
        const auto shown = floor.get("/line"); // also to who opens the page anew
        for (const auto* words : {"一致　封入してください", "C-00001", "通し番号", "利用券整理番号", "受診券整理番号",
                                  "氏名", "住所", "③ 利用のご案内", "④ 保健指導参加申込書", "⑤ 返信用封筒"})
            CHECK(says(shown, words));
        CHECK_FALSE(says(shown, "リーフレット"));
        CHECK(floor.post("/line/seal", {{"letter", "C-00001"}}).status == 303);
        CHECK(floor.place(kFirst) == Place::sealed);
        // The script is told the same words.
        const auto told = floor.scan(floor.papers(kSecond));
        CHECK(told.type == "application/json");
        CHECK(stage(told, "yes"));
        CHECK(says(told, "一致　封入してください"));
        CHECK(
            says(floor.ask("/line/seal", {{"letter", "C-00002"}, {"scan", "azukari-seal"}}), "C-00002 を封緘しました"));
        CHECK(floor.place(kSecond) == Place::sealed);
    });
}

TEST_CASE("a letter of one paper is matched by its first scan [G4]")
{
    at_the_line([](Floor& floor) {
        floor.take("jushin-kansho");
        const auto told = floor.scan(floor.papers(kAlone));
        CHECK(stage(told, "yes"));
        CHECK(says(told, "受診勧奨リーフレット"));
        CHECK(says(told, "読み取った紙（1枚）"));
    });
}

TEST_CASE("a no has to be seen before the next paper is taken [G4]")
{
    at_the_line([](Floor& floor) {
        floor.take("hihiman");
        const auto one = floor.papers(kFirst), two = floor.papers(kSecond);
        const auto no = floor.scan({one[0], two[1]});
        CHECK(stage(no, "no"));
        CHECK(says(no, "不一致　封入しない"));
        CHECK(says(no, "別の人の紙です"));
        CHECK(says(no, "氏名<span class=\\\"visually-hidden\\\">は不一致"));
        const auto hasty = floor.ask("/line/match", {{"acknowledging", "別の人の紙です"}, {"scan", one[0]}});
        CHECK(stage(hasty, "no"));
        CHECK(says(hasty, "この読み取りは使いませんでした"));
        CHECK(stage(floor.ask("/line/match", {{"acknowledging", "別の人の紙です"}, {"scan", "AZUKARI-BACK"}}),
                    "reading"));
        CHECK(stage(floor.ask("/line/match", {{"acknowledging", "別の人の紙です"}, {"scan", ""}}), "reading"));
        CHECK(stage(floor.scan({"4901234567894"}), "no"));
        // A scanner that is set to full width is understood, and nothing right is called wrong.
        CHECK(stage(floor.scan({one[0], one[1]}), "yes"));
    });
}

TEST_CASE("what is scanned over an open envelope closes nothing; only Enter and the card of the desk do [G4]")
{
    at_the_line([](Floor& floor) {
        floor.take("hihiman");
        REQUIRE(stage(floor.scan(floor.papers(kFirst)), "yes"));
        const auto next = floor.ask("/line/seal", {{"letter", "C-00001"}, {"scan", floor.papers(kSecond)[0]}});
        CHECK(stage(next, "yes"));
        CHECK(says(next, "先に C-00001 を封緘するか、戻してください"));
        CHECK(floor.place(kFirst) == Place::matched);
        // A second window that shows another letter does not close it either.
        CHECK(says(floor.ask("/line/seal", {{"letter", "C-00002"}}), "この台で封緘を待っている通知ではありません"));
        CHECK(floor.place(kSecond) == Place::waiting);
        CHECK(says(floor.ask("/line/seal", {{"letter", "C-00001"}, {"scan", "AZUKARI-BACK"}}), "封緘せずに戻しました"));
        CHECK(floor.place(kFirst) == Place::waiting);
        CHECK(says(floor.ask("/line/match", {{"scan", "AZUKARI-SEAL"}}), "封緘できません"));
    });
}

TEST_CASE("a letter that is pulled while its envelope is open is not sealed, and the desk goes on [G4] [G6]")
{
    at_the_line([](Floor& floor) {
        floor.take("hihiman");
        REQUIRE(stage(floor.scan(floor.papers(kFirst)), "yes"));
        CHECK(floor.post("/pull", {{"letter", "C-00001"}, {"reason", "moved"}}, Role::ward_officer).status == 303);
        const auto refused = floor.ask("/line/seal", {{"letter", "C-00001"}});
        CHECK(stage(refused, "no"));
        CHECK(says(refused, "引抜きの指示（転出）"));
        CHECK(says(floor.get("/line"), "不一致　封入しない"));
        CHECK(stage(floor.ask("/line/match", {{"acknowledging", ""}, {"scan", ""}}), "reading"));
        CHECK(floor.place(kFirst) == Place::to_take_out);
        CHECK(floor.post("/pull/taken", {{"letter", "C-00001"}}).status == 303);
        CHECK(floor.place(kFirst) == Place::taken_out);
        floor.put_into_envelope(kSecond);
    });
}

TEST_CASE("several letters are pulled by their numbers, all of them or none [G6]")
{
    at_the_line([](Floor& floor) {
        const auto pull = [&](const char* numbers) {
            return floor.post("/pull", {{"letter", numbers}, {"reason", "died"}}, Role::handling_supervisor);
        };
        const auto wrong = pull("C-00001\r\nC-99999\r\n");
        CHECK(wrong.status == 422);
        CHECK(says(wrong, "「C-99999」"));
        CHECK(floor.place(kFirst) == Place::to_print);
        CHECK(pull("\r\n").status == 422);
        CHECK(pull("C-00001\r\n\r\nc 2\r\n").status == 303);
        CHECK(floor.place(kFirst) == Place::to_take_out);
        CHECK(floor.place(kSecond) == Place::to_take_out);
        const auto page = floor.get("/pull");
        CHECK(says(page, "C-00002 を抜き取った"));
        CHECK_FALSE(says(page, "引抜きを指示する</button>"));
        CHECK_FALSE(says(floor.get("/pull", Role::ward_officer), "を抜き取った</button>"));
    });
}

TEST_CASE("a spoiled paper is recorded by its number or its code, with what is wrong beside the field [G6]")
{
    at_the_line([](Floor& floor) {
        floor.take("hihiman");
        const auto empty = floor.post("/spoil", {{"letter", "C-00001"}, {"at_hand", "yes"}});
        CHECK(empty.status == 422);
        CHECK(says(empty, "id=\"e-reason\""));
        CHECK(
            says(floor.post("/spoil", {{"letter", "Q-1"}, {"at_hand", "no"}, {"reason", "折れ"}}), "id=\"e-letter\""));
        auto foreign = floor.papers(kFirst)[0];
        foreign.replace(45, 4, "9999");
        CHECK(
            says(floor.post("/spoil", {{"letter", foreign}, {"at_hand", "no"}, {"reason", "折れ"}}), "別のデータから"));
        CHECK(says(
            floor.post("/spoil", {{"letter", "C-00001"}, {"at_hand", "yes"}, {"reason", "折れ"}, {"method", "細断"}}),
            "id=\"e-witness\""));
        CHECK(floor.post("/spoil", {{"letter", floor.papers(kFirst)[1]}, {"at_hand", "no"}, {"reason", "トレイにない"}})
                  .status == 303);
        CHECK(floor.place(kFirst) == Place::missing);
        // Before it is printed again a second person says so, on a page of its own.
        CHECK(says(floor.get("/missing", Role::handling_supervisor), "missing?letter=C-00001"));
        const auto asked = floor.get("/missing?letter=C-00001", Role::handling_supervisor);
        CHECK(says(asked, "ほかの方の封筒に入っているかもしれません"));
        const Form agreed{{"letter", "C-00001"}, {"confirmed", "yes"}};
        CHECK(location_of(floor.post("/missing", {{"letter", "C-00001"}}, Role::handling_supervisor))
                  .ends_with("/missing"));
        CHECK(floor.place(kFirst) == Place::missing);
        CHECK(floor.post("/missing", agreed, Role::handling_supervisor).status == 303);
        CHECK(floor.place(kFirst) == Place::spoiled);
        CHECK(says(floor.get(""), "document=guidance-reprints:" + floor.batch->text() + ".hihiman"));
        CHECK(floor.get("/missing?letter=C-00001", Role::handling_supervisor).status == 409);
    });
}

TEST_CASE("the page of the counts adds up for everybody to see, and closes only when nothing is open [G6] [G7]")
{
    at_the_line([](Floor& floor) {
        const auto page = floor.get("", Role::auditor);
        CHECK(says(page, "まだ途中のものがあります"));
        CHECK(says(page, "2,387")); // what the ward expects
        CHECK_FALSE(says(page, "突合の台</a>"));
        const auto early = floor.get("/closing", Role::handling_supervisor);
        CHECK(early.status == 409);
        CHECK(says(early, "印刷待ち"));
        for (const auto& facts : kCategories) {
            const std::string category(facts.slug);
            std::int64_t serial = 1;
            bool taken = false;
            const auto scope = floor.town.scope(access::actions::kSeeGuidance, Role::handler);
            while (floor.db.read([&](const storage::Snapshot& s) {
                return find_letter(s, scope, *floor.batch, category, serial).has_value();
            })) {
                if (!taken) floor.take(category);
                taken = true;
                floor.put_into_envelope({category, serial++});
            }
            while (taken && floor.post("/bundles", {{"category", category}}).status == 303) continue;
        }
        const auto labels = floor.get("/packing/labels");
        CHECK(labels.type == "application/pdf");
        CHECK(labels.body.starts_with("%PDF-"));
        CHECK(says(floor.get("/packing"), "から C-000"));
        CHECK(floor.post("/boxes", {}).status == 303);
        CHECK(floor.post("/boxes", {}).status == 409);
        const auto packed = floor.get("/packing");
        CHECK(says(packed, "箱1"));
        CHECK(says(packed, "/custody/hand-overs/new?way=deliver"));
        CHECK(says(floor.get("/closing", Role::handling_supervisor), "封入封緘の数を締めます"));
        CHECK(location_of(floor.post("/closing", {}, Role::handling_supervisor)).ends_with("/closing"));
        CHECK(floor.post("/closing", {{"confirmed", "yes"}}, Role::handling_supervisor).status == 303);
        CHECK(says(floor.get("", Role::auditor), "に締めました"));
        CHECK(floor.get("/closing", Role::handling_supervisor).status == 409);
        CHECK(stage(floor.scan(floor.papers(kFirst)), "no"));
    });
}

TEST_CASE("inserts are received and spoiled in numbers, and used by envelopes [G5]")
{
    at_the_line([](Floor& floor) {
        const auto move = [&](const char* way, const char* quantity) {
            return floor.post("/inserts",
                              {{"insert", "guide"}, {"way", way}, {"quantity", quantity}, {"note", "区から"}});
        };
        CHECK(says(move("in", "たくさん"), "id=\"e-quantity\""));
        CHECK(move("in", "100").status == 303);
        CHECK(move("out", "3").status == 303);
        floor.take("hihiman");
        floor.put_into_envelope(kFirst);
        const auto page = floor.get("/inserts");
        CHECK(says(page, ">96<"));
        CHECK(says(page, "-3"));
        CHECK(says(floor.scan(floor.papers(kSecond)), "残り 96"));
    });
}

TEST_CASE("the command cards are a sheet to print, and only the desk's page may look through the camera")
{
    at_the_line([](Floor& floor) {
        CHECK(floor.get("/line/cards").body.starts_with("%PDF-"));
        const auto permits = [](const http::Response& response) {
            return std::ranges::any_of(response.headers, [](const auto& header) {
                return header.first == "Permissions-Policy" && header.second.find("camera=(self)") != std::string::npos;
            });
        };
        CHECK(permits(floor.get("/line")));
        CHECK_FALSE(permits(floor.get("")));
    });
}
