#include "vault/pages/vault_pages.h"

#include "infra/text/definition_file.h"
#include "vault/testing.h"

#include <algorithm>
#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::vault;
using access::Role;
using vault::testing::Safe;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

const std::string kPersons = "/entrustments/{entrustment}/persons";
const std::string kPerson = kPersons + "/{person}";
const std::string kPurposes = "/entrustments/{entrustment}/purposes";

struct Office {
    explicit Office(Safe& its) : safe(its), finder(its.vault, folding())
    {
        safe.vault.listen([this](News news, EntrustmentId entrustment, SubjectId subject) {
            finder.hear(news, entrustment, subject);
        });
    }
    static text::NameFolding folding()
    {
        const std::string file = AZK_SOURCE_DIR "/definitions/names/kanji_variants.toml";
        return text::NameFolding(text::KanjiVariants::of(text::Definition::read(file).value()).value());
    }

    // As the dispatcher does it: the decision first, then the handler. A refused decision is 403 with its code.
    http::Response go(http::Method method, const std::string& pattern, Role role, const Form& form = {},
                      const Form& params = {})
    {
        const auto all =
            pages::routes({safe.vault, [](const access::Scope&) -> Result<std::string> { return "研修"; }, finder});
        const auto route = std::find_if(
            all.begin(), all.end(), [&](const auto& each) { return each.method == method && each.pattern == pattern; });
        REQUIRE(route != all.end());
        const auto scope = safe.town.ask(*route->guard, role, safe.town.entrustment);
        if (!scope) return http::Response::text(403, std::string(scope.error().code()));
        http::Request request;
        request.method = method;
        request.path = request.target = "/entrustments/" + safe.town.entrustment.text();
        for (const auto& [name, value] : form) request.form.add(name, value);
        for (const auto& [name, value] : params) request.path_params.add(name, value);
        return route->handle({request, safe.town.moment, &safe.town.session(role), "token", {}, {}}, *scope);
    }
    http::Response see(const std::string& pattern, const Form& params = {}, Role role = Role::handler)
    {
        return go(http::Method::get, pattern, role, {}, params);
    }
    http::Response send(const std::string& pattern, const Form& form, const Form& params = {},
                        Role role = Role::handler)
    {
        return go(http::Method::post, pattern, role, form, params);
    }
    Safe& safe;
    finder::PersonFinder finder;
};

void in_office(const std::function<void(Office&)>& test)
{
    vault::testing::with_safe(AZK_SOURCE_DIR "/definitions", [&](Safe& safe) {
        Office office(safe);
        test(office);
    });
}

bool says(const http::Response& response, std::string_view words)
{
    return response.body.find(words) != std::string::npos;
}

Form call(Form more = {})
{
    Form form{{"item.name", "見本 太郎"},      {"item.telephone", "03-0000-1234"},    {"source", "person"},
              {"channel", "telephone"},        {"received_on", "2026-06-01"},         {"purpose_text", "1"},
              {"purpose", "course_operation"}, {"reason", "申込みの電話を受けたため"}};
    for (auto& each : more) {
        std::erase_if(form, [&](const auto& known) { return known.first == each.first; });
        form.push_back(std::move(each));
    }
    return form;
}

} // namespace

TEST_CASE("a list shows everybody in masks, and leaves how many were shown in the ledger [K15] [K38]")
{
    in_office([](Office& office) {
        CHECK(says(office.see(kPersons), "登録された方は、まだいません。"));
        office.safe.person({{"name", "見本 太郎"}, {"telephone", "03-0000-1234"}});
        const auto list = office.see(kPersons);
        CHECK(says(list, "見〇 〇〇"));
        CHECK(says(list, "**-****-1234"));
        CHECK_FALSE(says(list, "太郎"));
        CHECK_FALSE(says(list, "03-0000"));
        CHECK(office.safe.entries("person.listed") == 2);
        CHECK(office.see(kPersons, {}, Role::ward_officer).status == 403);
        CHECK(office.see(kPersons, {}, Role::auditor).status == 403);
    });
}

TEST_CASE("somebody is found by part of a name or number, in masks, with an entry and nothing in the address [K38]")
{
    in_office([](Office& office) {
        office.safe.person({{"name", "髙橋 太郎"}, {"telephone", "03-0000-1234"}});
        office.safe.person({{"name", "試験 花子"}, {"telephone", "03-0000-9999"}});
        for (const auto* words : {"太　郎", "高橋", "＋８１ ３ ００００ １２３４", "1234"}) {
            const auto found = office.send(kPersons, {{"words", words}});
            CHECK_MESSAGE(says(found, "1人が見つかりました"), words);
            CHECK(says(found, "髙〇 〇〇"));
            CHECK_FALSE(says(found, "髙橋"));
            CHECK_FALSE(says(found, "試"));
        }
        CHECK(says(office.send(kPersons, {{"words", "1234"}}), "<td data-label=\"一致した項目\">電話番号</td>"));
        CHECK(office.safe.entries("person.searched") == 5);
        CHECK(office.safe.entries("person.listed") == 0);
        CHECK(says(office.send(kPersons, {{"words", "だれか"}}), "当てはまる方はいません"));

        const auto nothing = office.send(kPersons, {{"words", "　"}});
        CHECK(nothing.status == 422);
        CHECK(says(nothing, "探す言葉を入力してください。"));
        CHECK(says(nothing, "試〇 〇〇")); // the list is still there
        CHECK(office.send(kPersons, {{"words", "太郎"}}, {}, Role::ward_officer).status == 403);
    });
}

TEST_CASE("possible duplicates stand side by side in masks; one is merged, one told apart for good [K38]")
{
    in_office([](Office& office) {
        const auto supervisor = Role::handling_supervisor;
        const auto duplicates = kPersons + "/duplicates", distinctions = kPersons + "/distinctions";
        CHECK(says(office.see(duplicates, {}, supervisor), "同じ方の登録と思われるものはありません"));
        const auto one = office.safe.person(
            {{"name", "見本 花子"}, {"telephone", "090-0000-0002"}, {"address", "見本区架空町一丁目2番3号"}});
        const auto other =
            office.safe.person({{"name", "見本花子"}, {"telephone", "09000000002"}, {"address", "架空町1-2-3"}});
        CHECK(office.see(duplicates).status == 403); // a supervisor's decision
        const auto page = office.see(duplicates, {}, supervisor);
        for (const auto* words : {"1組の候補があります。", "見〇 〇〇", "姓が同じ", "名が同じ", "住所が同じ",
                                  "電話番号が同じ", "1番を同じ人としてまとめる", "1番は別の人である"})
            CHECK_MESSAGE(says(page, words), words);
        CHECK_FALSE(says(page, "花子"));
        CHECK_FALSE(says(page, "架空町"));
        CHECK(office.safe.entries("person.compared") == 2);

        Form pair{{"pick", one.text()}, {"pick", other.text()}};
        CHECK(office.send(distinctions, pair, {}, supervisor).status == 422);
        pair.insert(pair.end(), {{"purpose", "course_operation"}, {"reason", "双子のごきょうだいと確認した"}});
        CHECK(office.send(distinctions, pair).status == 403);
        CHECK(office.send(distinctions, pair, {}, supervisor).status == 303);
        const auto after = office.see(duplicates, {}, supervisor);
        CHECK(says(after, "同じ方の登録と思われるものはありません"));
        CHECK(says(after, "別の人と記録した組"));
        CHECK_FALSE(says(after, "双子"));
        CHECK(says(office.send(kPersons + "/compare", pair, {}, supervisor), "別の人と記録されています"));

        const auto at = after.body.find("/distinctions/") + std::string_view("/distinctions/").size();
        const Form told{{"distinction", after.body.substr(at, 36)}};
        const auto end = distinctions + "/{distinction}/end";
        CHECK(says(office.see(end, told, supervisor), "別の人とした記録を取り消す"));
        CHECK(office.send(end, {{"purpose", "course_operation"}}, told, supervisor).status == 422);
        const Form why{{"purpose", "course_operation"}, {"reason", "誤って記録した"}};
        CHECK(office.send(end, why, told, supervisor).status == 303);
        CHECK(office.send(end, why, told, supervisor).status == 404);
        CHECK(says(office.see(duplicates, {}, supervisor), "1組の候補があります。"));
    });
}

TEST_CASE("a page of the list opens only whom it shows, and search results go on from it")
{
    in_office([](Office& office) {
        for (int i = 0; i < 51; ++i) office.safe.person({{"name", "見本 太郎"}});
        const auto first = office.see(kPersons);
        CHECK(says(first, "51件中 1〜50件"));
        CHECK(says(office.send(kPersons, {{"words", "見本"}}), "51人が見つかりました"));
        const auto last = office.safe.db.read([&](const storage::Snapshot& snapshot) {
            std::vector<std::string> names;
            CHECK(office.safe.vault.each_person(
                snapshot, office.safe.scope(access::actions::kListPersons),
                [&](const Vault::Seen& seen) { names.push_back(seen.values.at("name")); }, {50, 50}));
            return names;
        });
        CHECK(last == std::vector<std::string>{"見本 太郎"});
    });
}

TEST_CASE(
    "a person is opened for a stated purpose and reason, for one answer, and the entry stands before it [K26] [K79]")
{
    in_office([](Office& office) {
        const auto subject = office.safe.person({{"name", "見本 太郎"}});
        const Form params{{"person", subject.text()}};
        const auto closed = office.see(kPerson, params);
        CHECK(says(closed, "見〇 〇〇"));
        CHECK_FALSE(says(closed, "太郎"));

        const auto nothing = office.send(kPerson + "/reveal", {{"purpose", "course_operation"}}, params);
        CHECK(nothing.status == 422);
        CHECK(says(nothing, "理由を入力してください。"));
        CHECK_FALSE(says(nothing, "太郎"));
        CHECK(office.safe.entries("person.revealed") == 0);

        const auto opened = office.send(
            kPerson + "/reveal", {{"purpose", "course_operation"}, {"reason", "確認"}, {"history", "yes"}}, params);
        CHECK(opened.status == 200);
        CHECK(says(opened, "見本 太郎"));
        CHECK(says(opened, "本人から、電話で"));
        CHECK(office.safe.entries("person.revealed") == 1);
        CHECK(office.see(kPerson, {{"person", "01900000-0000-7000-8000-000000000000"}}).status == 404);
        CHECK(office.send(kPerson + "/reveal", {}, params, Role::security_officer).status == 403);
    });
}

TEST_CASE("the form asks for what is declared, and says beside each field what is wrong with it [K21] [K22] [T3]")
{
    in_office([](Office& office) {
        const auto form = office.see(kPersons + "/new");
        CHECK(says(form, "name=\"item.telephone\""));
        CHECK(says(form, "子どもの性別"));
        CHECK(says(form, "data-condition=\"childcare_only\""));
        CHECK(says(form, "講座の受付と連絡のためだけに使います。"));
        CHECK_FALSE(says(form, "name=\"item.income\""));

        const auto refused = office.send(
            kPersons + "/new",
            call({{"item.birth_date", "1980-03-02"}, {"source", ""}, {"item.telephone", "12"}, {"received_on", ""}}));
        CHECK(refused.status == 422);
        for (const auto* words : {"研修受講者のみ", "だれから得た情報かを選んでください。",
                                  "受け付けた日を選んでください。", "市外局番から", "value=\"見本 太郎\""})
            CHECK_MESSAGE(says(refused, words), words);
        CHECK(office.safe.entries("person.recorded") == 0);

        CHECK(office.send(kPersons + "/new", call({{"item.income", "百万円"}})).status == 422);
        const auto done = office.send(
            kPersons + "/new", call({{"item.category", "区外（在住区市町村）"}, {"item.category.detail", "架空市"}}));
        CHECK(done.status == 303);
        CHECK(office.safe.entries("person.recorded") == 1);
    });
}

TEST_CASE("the writer of prohibited words is warned beside the field, and decides with a reason [K23]")
{
    in_office([](Office& office) {
        auto wish = call({{"item.survey", "前科があると話された"}});
        const auto warned = office.send(kPersons + "/new", wish);
        CHECK(warned.status == 422);
        CHECK(says(warned, "「前科」（犯罪に関する事項）"));
        CHECK(says(warned, "name=\"kept.survey\""));
        CHECK(says(warned, "前科があると話された")); // nothing the writer wrote is lost
        wish.emplace_back("kept.survey", "本人が就労の相談のため記載を求めた");
        CHECK(office.send(kPersons + "/new", wish).status == 303);
    });
}

TEST_CASE("a reason of nothing but white space is no reason, whatever is written [K23] [K26]")
{
    in_office([](Office& office) {
        const auto subject = office.safe.person({{"name", "見本 太郎"}});
        const auto record = office.safe.look(subject)->records[0].record;
        const Form params{{"person", subject.text()}, {"record", record.text()}};
        for (const auto* nothing : {"", "　", " 　\t"}) {
            const auto refused = [&](const http::Response& response) {
                CHECK(response.status == 422);
                CHECK(says(response, "理由を入力してください。"));
            };
            refused(office.send(kPersons + "/new", call({{"reason", nothing}})));
            refused(office.send(kPerson + "/records/new", call({{"reason", nothing}, {"kind", "note"}}), params));
            refused(office.send(
                kPerson + "/records/{record}",
                call({{"reason", nothing}, {"item.name", "見本 太朗"}, {"seen", "1"}, {"kind", "basic"}}), params));
        }
        CHECK(office.safe.entries("person.recorded") == 1);
        CHECK(office.safe.entries("person.amended") == 0);
    });
}

TEST_CASE("what is wrong with a form is listed in the order of the page")
{
    in_office([](Office& office) {
        const auto refused = office.send(kPersons + "/new", call({{"item.name", ""},
                                                                  {"item.telephone", "12"},
                                                                  {"source", ""},
                                                                  {"channel", ""},
                                                                  {"received_on", ""},
                                                                  {"purpose_text", ""},
                                                                  {"purpose", ""},
                                                                  {"reason", "　"}}));
        CHECK(refused.status == 422);
        std::size_t at = 0;
        for (const auto* field :
             {"item.name", "source", "channel", "received_on", "purpose_text", "purpose", "reason", "item.telephone"}) {
            CAPTURE(std::string(field));
            const auto found = refused.body.find("href=\"#f-" + std::string(field) + "\"", at);
            REQUIRE(found != std::string::npos);
            at = found;
        }
    });
}

TEST_CASE("a correction begins from what stands, and two writers do not overwrite each other")
{
    in_office([](Office& office) {
        const auto subject = office.safe.person({{"name", "見本 太郎"}});
        const auto record = office.safe.look(subject)->records[0].record;
        const Form params{{"person", subject.text()}, {"record", record.text()}};
        const auto form =
            office.send(kPerson + "/amendment",
                        {{"record", record.text()}, {"purpose", "course_operation"}, {"reason", "訂正"}}, params);
        CHECK(says(form, "value=\"見本 太郎\""));
        auto wish = call({{"item.name", "見本 太朗"}, {"seen", "1"}, {"kind", "basic"}});
        CHECK(office.send(kPerson + "/records/{record}", wish, params).status == 303);
        const auto late = office.send(kPerson + "/records/{record}", wish, params);
        CHECK(late.status == 422);
        CHECK(says(late, "ほかの人が先にこの記録を変更しました。"));
        const auto history = office.send(
            kPerson + "/reveal", {{"purpose", "course_operation"}, {"reason", "確認"}, {"history", "yes"}}, params);
        CHECK(says(history, "第1版から第2版へ"));
        CHECK(says(history, "<del>"));
    });
}

TEST_CASE(
    "the ward declares purposes and consents; a contractor's supervisor publishes texts and names agencies [K22] [K26]")
{
    in_office([](Office& office) {
        CHECK(office.send(kPurposes, {{"name", "紹介"}, {"code", "x"}}, {}, Role::handling_supervisor).status == 403);
        CHECK(office.send(kPurposes, {{"name", "紹介"}, {"code", "Bad code"}}, {}, Role::ward_officer).status == 422);
        CHECK(office.send(kPurposes, {{"name", "紹介"}, {"code", "introduction"}}, {}, Role::ward_officer).status ==
              303);
        CHECK(office.send(kPurposes + "/ended", {{"purpose", "introduction"}}, {}, Role::ward_reviewer).status == 303);
        CHECK(office.send(kPurposes + "/ended", {{"purpose", "introduction"}}, {}, Role::ward_reviewer).status == 404);

        const Form text{{"kind", "purpose"}, {"title", "利用目的"}, {"text", "講座の受付のためだけに使います。"}};
        CHECK(office.send(kPurposes + "/texts/new", text, {}, Role::handling_supervisor).status == 303);
        CHECK(office.send(kPurposes + "/texts/new", text, {}, Role::handling_supervisor).status == 422);
        CHECK(office.send(kPurposes + "/texts/new", text, {}, Role::handler).status == 403);
        CHECK(says(office.see(kPurposes + "/texts/{text}", {{"text", "1"}}), "旧版"));
        CHECK(office.see(kPurposes + "/texts/{text}", {{"text", "99"}}).status == 404);

        CHECK(office
                  .send(kPurposes + "/agencies", {{"agency", "架空センター"}, {"what_for", "紹介"}}, {},
                        Role::handling_supervisor)
                  .status == 303);
        CHECK(office
                  .send(kPurposes + "/collection",
                        {{"indirect_item", "name"}, {"indirect_source", "agency"}, {"indirect_ground", "見本決裁"}}, {},
                        Role::ward_officer)
                  .status == 303);
        CHECK(office
                  .send(kPurposes + "/allowances/new", {{"item", "前科"}, {"ground", "見本決裁"}}, {},
                        Role::ward_reviewer)
                  .status == 303);
        const auto page = office.see(kPurposes, {}, Role::auditor);
        for (const auto* words : {"講座・研修の運営", "第2版", "架空センター", "見本決裁", "前科"})
            CHECK_MESSAGE(says(page, words), words);
    });
}

TEST_CASE("consent is asked for item by item and agency by agency, recorded, and taken back [K24] [K25]")
{
    in_office([](Office& office) {
        const auto subject = office.safe.person({{"name", "見本 花子"}});
        const Form params{{"person", subject.text()}};
        const auto supervisor = Role::handling_supervisor;
        CHECK(office
                  .send(kPurposes + "/texts/new",
                        {{"kind", "consent"}, {"title", "紹介"}, {"text", "同意した相手にだけ伝えます。"}}, {},
                        supervisor)
                  .status == 303);
        CHECK(office.send(kPurposes + "/agencies", {{"agency", "架空センター"}, {"what_for", "紹介"}}, {}, supervisor)
                  .status == 303);
        const auto agency = office.safe.db.read([&](const storage::Snapshot& snapshot) {
            return agencies(snapshot, office.safe.town.entrustment).at(0).id;
        });

        const auto form = office.see(kPerson + "/consents/new", params);
        CHECK(says(form, "同意した相手にだけ伝えます。"));
        CHECK(says(form, "架空センター"));
        CHECK(office.send(kPerson + "/consents/new", {{"explained_by", "架空 三郎"}}, params).status == 422);
        const Form wish{{"text", "2"},
                        {"decision", "yes"},
                        {"items", "telephone"},
                        {"recipients", agency.text()},
                        {"explained_by", "架空 三郎"},
                        {"given_on", "2026-06-01"},
                        {"manner", "signature"}};
        CHECK(office.send(kPerson + "/consents/new", wish, params).status == 303);
        const auto shown = office.see(kPerson + "/consents", params);
        for (const auto* words : {"架空センター", "電話番号", "書面への署名", "撤回を記録する"})
            CHECK_MESSAGE(says(shown, words), words);
        CHECK(office.safe.entries("consent.seen") == 1);

        const auto at = shown.body.find("/withdrawal");
        REQUIRE(at != std::string::npos);
        const auto consent = shown.body.substr(at - 36, 36);
        Form of_consent = params;
        of_consent.emplace_back("consent", consent);
        CHECK(office.send(kPerson + "/consents/{consent}/withdrawal", {{"on", "2027-01-01"}}, of_consent).status ==
              422);
        CHECK(office.send(kPerson + "/consents/{consent}/withdrawal", {{"on", "2026-06-01"}}, of_consent).status ==
              303);
        CHECK_FALSE(says(office.see(kPerson + "/consents", params), "撤回を記録する"));
        CHECK(office.see(kPerson + "/consents", params, Role::ward_reviewer).status == 403);
    });
}

TEST_CASE("a supervisor sees two registrations side by side, decides, merges, and takes it back")
{
    in_office([](Office& office) {
        const auto one = office.safe.person({{"name", "見本 花子"}, {"telephone", "090-0000-0002"}});
        const auto other = office.safe.person({{"name", "見本 はな子"}, {"telephone", "090-0000-0002"}});
        const auto supervisor = Role::handling_supervisor;
        CHECK(says(office.see(kPersons, {}, supervisor), "選んだ2件を見比べる"));
        CHECK_FALSE(says(office.see(kPersons), "選んだ2件を見比べる"));
        CHECK(office.send(kPersons + "/compare", {{"pick", one.text()}}, {}, supervisor).status == 409);
        CHECK(office.see(kPersons + "/compare", {}, supervisor).status == 303); // back to choose two

        Form pair{
            {"pick", one.text()}, {"pick", other.text()}, {"purpose", "course_operation"}, {"reason", "重複の確認"}};
        const auto beside = office.send(kPersons + "/compare", pair, {}, supervisor);
        for (const auto* words : {"見本 花子", "見本 はな子", "違う", "同じ", "name=\"choice.name\""})
            CHECK_MESSAGE(says(beside, words), words);
        CHECK(office.safe.entries("person.revealed") == 2);
        CHECK(office.send(kPersons + "/compare", pair).status == 403);

        pair.insert(pair.end(), {{"kept_seen", "1"}, {"gone_seen", "1"}, {"merge_reason", "本人に確認した"}});
        CHECK(office.send(kPersons + "/merges", pair, {}, supervisor).status == 422); // no decision on the name
        pair.emplace_back("choice.name", "kept");
        CHECK(office.send(kPersons + "/merges", pair, {}, supervisor).status == 303);
        CHECK(says(office.see(kPerson, {{"person", other.text()}}), "ほかの登録に統合されています"));

        const auto kept = office.see(kPerson, {{"person", one.text()}}, supervisor);
        const auto at = kept.body.find("/merges/") + std::string_view("/merges/").size();
        const Form merge{{"merge", kept.body.substr(at, 36)}};
        CHECK(office.send(kPersons + "/merges/{merge}/undo", {{"purpose", "course_operation"}}, merge, supervisor)
                  .status == 422);
        const auto undone =
            office.send(kPersons + "/merges/{merge}/undo",
                        {{"purpose", "course_operation"}, {"reason", "別の方と分かった"}}, merge, supervisor);
        CHECK(undone.status == 303);
        CHECK_FALSE(says(office.see(kPerson, {{"person", other.text()}}), "ほかの登録に統合されています"));
        CHECK(office.see(kPersons + "/merges/{merge}/undo", merge, supervisor).status == 404);
    });
}
