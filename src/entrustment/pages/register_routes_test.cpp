#include "entrustment/pages/register_routes.h"

#include "access/testing.h"
#include "entrustment/entrustment_refusals.h"
#include "entrustment/work_flow_store.h"
#include "entrustment_migrations.h"
#include "infra/storage/testing.h"

#include <algorithm>
#include <doctest/doctest.h>

namespace azukari::entrustment {
namespace {

using access::Role;
namespace actions = access::actions;

const Definitions& definitions()
{
    static const Definitions read = *read_definitions(AZK_SOURCE_DIR "/definitions");
    return read;
}

const pdf::FontBook& fonts()
{
    static const pdf::FontBook book;
    return book;
}

using Fields = std::vector<std::pair<std::string, std::string>>;

// The pages of a register that holds one entrustment; asks them as a person of the town.
struct Office {
    access::testing::Town& town;
    Desk& desk;

    http::Response ask(const access::Action& action, Role role, http::Request request,
                       http::Response (*page)(const Desk&, const office::Visit&, const access::Scope&),
                       bool about = true) const
    {
        const office::Visit visit{request, town.moment, &town.session(role), "token", {}, {}};
        return page(desk, visit, town.scope(action, role, about));
    }
    http::Response see(http::Response (*page)(const Desk&, const office::Visit&, const access::Scope&),
                       const Fields& query = {}, const Fields& path = {}, Role role = Role::ward_officer) const
    {
        return ask(actions::kSeeRegister, role, request(query, path, {}), page);
    }
    static http::Request request(const Fields& query, const Fields& path, const Fields& form)
    {
        http::Request made;
        made.path = "/entrustments/x";
        for (const auto& [name, value] : query) made.query.add(name, value);
        for (const auto& [name, value] : path) made.path_params.add(name, value);
        for (const auto& [name, value] : form) made.form.add(name, value);
        return made;
    }
    // The form of 事業の概要 as the officer saw it at that version, with another purpose.
    http::Response save_purpose(std::int64_t number, std::int64_t revision, const std::string& purpose,
                                const std::string& reason = "依頼") const
    {
        const auto& outline = definitions().entrustments.back().current.outline;
        return ask(actions::kEditRegister, Role::ward_officer,
                   request({}, {{"section", "outline"}},
                           {{"number", std::to_string(number)},
                            {"revision", std::to_string(revision)},
                            {"outline.name", outline.name},
                            {"outline.section", outline.section},
                            {"outline.purpose", purpose},
                            {"outline.subjects", outline.subjects},
                            {"outline.content", outline.content},
                            {"reason", reason}}),
                   save_edit);
    }
};

bool says(const http::Response& response, std::string_view words)
{
    return response.body.find(words) != std::string::npos;
}

void in_office(const std::function<void(const Office&)>& test, std::string_view code = "training", bool decided = true)
{
    auto migrations = access::testing::migrations();
    for (const auto& each : migrations_of_entrustment()) migrations.push_back(each);
    storage::testing::on_every_store(migrations, [&](storage::Db& db) {
        INFO(db.engine());
        access::testing::Town town(db);
        Loading loading{town.entrustment, town.ward};
        if (decided) {
            loading.contractor = town.contractor;
            loading.contractor_name = "株式会社見本印刷";
        }
        const auto& all = definitions().entrustments;
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Definition& each) { return each.current.code == code; });
        REQUIRE(db.write([&](storage::Tx& tx) { return load(tx, town.moment, *found, loading); }));
        Register reg(db, definitions().catalogues);
        Desk desk{reg, fonts()};
        test(Office{town, desk});
    });
}

} // namespace

TEST_CASE("the list shows the entrustments a person may see, and narrows by words [K01]")
{
    in_office([](const Office& office) {
        const auto list = [&](const Fields& query) {
            return office.ask(actions::kSeeRegister, Role::ward_officer, Office::request(query, {}, {}), show_register,
                              false);
        };
        CHECK(says(list({}), "介護人材入門的研修事業"));
        CHECK(says(list({{"q", "介護保険課"}}), "介護人材入門的研修事業"));
        CHECK(says(list({{"q", "どこにもない課"}}), "該当するものはありません。"));
        CHECK(says(list({{"state", "draft"}}), "該当するものはありません。"));
    });
}

TEST_CASE("every tab of an entrustment shows what its paper says [K01] [K03] [K05]")
{
    in_office([](const Office& office) {
        const auto outline = office.see(show_outline);
        CHECK(outline.status == 200);
        CHECK(says(outline, "より広い裾野から介護人材の参入を図るために"));
        CHECK(says(outline, "50名程度×2回"));
        CHECK(says(office.see(show_items),
                   "研修受講者のみ。研修後に発行する修了証（国指定様式）に記載するため収集する。"));
        CHECK(says(office.see(show_measures), "申込者のデータベースは、ファイア・ウォールの内側に置き、管理させる。"));
        const auto provisions = office.see(show_provisions);
        CHECK(says(provisions, "第1項から第19項までに掲げる事項に違反し"));
        CHECK(says(provisions, "消去証明書"));
        const auto flow = office.see(show_flow);
        CHECK(says(flow, "<svg"));
        CHECK(says(flow, "①申込者（本人） → 受託者（委託先のパソコン）：申込み"));
        CHECK(says(office.see(show_versions), "定義ファイルから登録"));
        CHECK(says(office.see(show_version, {}, {{"number", "1"}}), "第1版"));
        CHECK(office.see(show_version, {}, {{"number", "99"}}).status == 404);
        CHECK(office.see(show_version, {}, {{"number", "いち"}}).status == 404);
    });
}

TEST_CASE("an edit is saved as a draft, shown at once, with who, what and why in the history [K01]")
{
    in_office([](const Office& office) {
        const auto saved = office.save_purpose(2, 1, "改めた目的。");
        CHECK(saved.status == 303);
        CHECK(says(office.see(show_outline), "改めた目的。"));
        CHECK(says(office.see(show_outline), "第3版 編集中"));
        const auto history = office.see(show_versions);
        CHECK(says(history, "第3版の「事業の概要」を変更：依頼"));
        CHECK(says(history, "見本 太郎"));
        const auto difference = office.see(show_difference, {{"from", "2"}, {"to", "3"}});
        CHECK(says(difference, "<ins>改めた目的。</ins>"));
    });
}

TEST_CASE("a page made before is shown again until its version changes, and to each role its own [K01]")
{
    in_office([](const Office& office) {
        const auto tab = [&](Role role) { return office.see(show_outline, {}, {}, role).body; };
        const auto first = tab(Role::ward_officer);
        CHECK(first == tab(Role::ward_officer));
        // Made for the ward's officer, who may edit; the contractor's page has no way there, nor the officer's name.
        CHECK(first.find("/edit/outline") != std::string::npos);
        const auto other = tab(Role::handling_supervisor);
        CHECK(other.find("/edit/outline") == std::string::npos);
        CHECK(other.find(office.town.session(Role::ward_officer).name) == std::string::npos);
        CHECK(other.find(office.town.session(Role::handling_supervisor).name) != std::string::npos);
        REQUIRE(office.save_purpose(2, 1, "あたらしい目的です。").status == 303);
        CHECK(tab(Role::ward_officer).find("あたらしい目的です。") != std::string::npos);
        CHECK(tab(Role::handling_supervisor).find("あたらしい目的です。") != std::string::npos);
        CHECK(says(office.see(show_items), "第3版 編集中"));
    });
}

TEST_CASE("a tab is made once for a version, a role and a tab, and the shelf does not grow for ever")
{
    in_office([](const Office& office) {
        const auto scope = office.town.scope(actions::kSeeRegister, Role::ward_officer);
        const auto version = *office.desk.reg.latest(scope);
        int made = 0;
        const auto take = [&](Viewpoint viewpoint, Tab tab, const std::shared_ptr<const Version>& of) {
            return office.desk.shelf.page(viewpoint, tab, of,
                                          [&] {
                                              return office::Page{std::to_string(++made), {}};
                                          })
                ->title;
        };
        CHECK(take(scope, Tab::items, version) == "1");
        CHECK(take(scope, Tab::items, version) == "1");
        CHECK(take(scope, Tab::flow, version) == "2");
        CHECK(take(scope, Tab::items, std::make_shared<const Version>(*version)) == "3");
        CHECK(take(scope, Tab::items, version) == "4");
        Viewpoint elsewhere(scope);
        for (std::uint16_t i = 0; i < 300; ++i) {
            auto bytes = elsewhere.entrustment.bytes();
            bytes[0] = static_cast<std::uint8_t>(i);
            bytes[1] = static_cast<std::uint8_t>(i >> 8);
            elsewhere.entrustment = EntrustmentId(bytes);
            take(elsewhere, Tab::items, version);
        }
        const auto before = made;
        CHECK(take(scope, Tab::flow, version) == std::to_string(before + 1)); // the shelf was emptied meanwhile
    });
}

TEST_CASE("an edit that is refused shows the form again with the reason beside the field")
{
    in_office([](const Office& office) {
        const auto empty = office.save_purpose(2, 1, "");
        CHECK(empty.status == 422);
        CHECK(says(empty, "目的を入力してください。"));
        const auto no_reason = office.save_purpose(2, 1, "改めた目的。", "");
        CHECK(no_reason.status == 422);
        CHECK(says(no_reason, "変更の理由を入力してください。"));
        CHECK(says(no_reason, "改めた目的。"));
    });
}

TEST_CASE("the second of two editors sees both texts, and nothing is overwritten [K01]")
{
    in_office([](const Office& office) {
        REQUIRE(office.save_purpose(2, 1, "一人目の目的。").status == 303);
        const auto conflict = office.save_purpose(2, 1, "二人目の目的。");
        CHECK(conflict.status == 409);
        CHECK(says(conflict, "ほかの人が先に変更しました"));
        CHECK(says(conflict, "<del>一</del>人目の目的。"));
        CHECK(says(conflict, "<ins>二</ins>人目の目的。"));
        CHECK(says(conflict, "name=\"number\" value=\"3\""));
        CHECK(says(office.see(show_outline), "一人目の目的。"));
        CHECK_FALSE(says(office.see(show_outline), "二人目の目的。"));
        CHECK(office.save_purpose(3, 1, "二人目の目的。").status == 303);
    });
}

TEST_CASE("a draft is reported by the reviewer after being asked, and the council paper marks the changes [K01]")
{
    in_office([](const Office& office) {
        CHECK(
            office.ask(actions::kReportRegister, Role::ward_reviewer, Office::request({}, {}, {}), ask_report).status ==
            422);
        REQUIRE(office.save_purpose(2, 1, "改めた目的。").status == 303);
        const auto asked =
            office.ask(actions::kReportRegister, Role::ward_reviewer, Office::request({}, {}, {}), ask_report);
        CHECK(says(asked, "あとから変更できなくなります"));
        const auto report_as = [&](const char* reason) {
            return office.ask(actions::kReportRegister, Role::ward_reviewer,
                              Office::request({}, {}, {{"number", "3"}, {"revision", "1"}, {"reason", reason}}),
                              do_report);
        };
        CHECK(report_as("").status == 422);
        CHECK(report_as("令和8年度第1回審議会").status == 303);
        CHECK(report_as("もう一度").status == 422);
        CHECK(says(office.see(show_outline), "第3版 報告済み"));
        const auto paper = office.see(take_paper);
        CHECK(paper.type == "application/pdf");
        CHECK(paper.body.starts_with("%PDF-"));
    });
}

TEST_CASE("an entrustment without a contractor asks for one, and is carried to this fiscal year [K04] [K07]")
{
    in_office(
        [](const Office& office) {
            CHECK(says(office.see(show_outline), "委託先未定"));
            const auto form =
                office.ask(actions::kEditRegister, Role::ward_officer, Office::request({}, {}, {}), ask_contractor);
            CHECK(says(form, "株式会社見本印刷"));
            const auto decide = [&](const std::string& contractor) {
                return office.ask(
                    actions::kEditRegister, Role::ward_officer,
                    Office::request(
                        {}, {}, {{"part", "employment"}, {"contractor", contractor}, {"reason", "プロポーザルの結果"}}),
                    do_contractor);
            };
            CHECK(decide("だれか").status == 422);
            CHECK(decide(office.town.contractor.text()).status == 303);
            CHECK_FALSE(says(office.see(show_outline), "委託先未定"));
            const auto asked =
                office.ask(actions::kEditRegister, Role::ward_officer, Office::request({}, {}, {}), ask_carry);
            CHECK(says(asked, "令和8年度に更新します"));
            const auto carried = office.ask(
                actions::kEditRegister, Role::ward_officer,
                Office::request({}, {}, {{"number", "2"}, {"revision", "1"}, {"reason", "次年度も同様"}}), do_carry);
            CHECK(carried.status == 303);
            CHECK(says(office.see(show_outline), "第3版 年度更新"));
        },
        "employment", false);
}

TEST_CASE("a draft that is given up disappears from the front page and stays in the history")
{
    in_office([](const Office& office) {
        REQUIRE(office.save_purpose(2, 1, "やめる案。").status == 303);
        const auto gone = office.ask(
            actions::kEditRegister, Role::ward_officer,
            Office::request({}, {}, {{"number", "3"}, {"revision", "1"}, {"reason", "見送り"}}), do_withdraw);
        CHECK(gone.status == 303);
        CHECK_FALSE(says(office.see(show_outline), "やめる案。"));
        CHECK(says(office.see(show_versions), "第3版 取りやめ"));
    });
}

TEST_CASE("the ward publishes the work flow on its page and the contractor acknowledges it on theirs [K06]")
{
    in_office([](const Office& office) {
        CHECK(says(office.see(show_work_flow), "業務フローはまだ公開されていません。"));
        const auto form =
            office.ask(actions::kPublishFlow, Role::ward_officer, Office::request({}, {}, {}), edit_work_flow);
        CHECK(says(form, "修了証（国指定様式）を発行する"));
        const auto publish_as = [&](const char* note) {
            return office.ask(actions::kPublishFlow, Role::ward_officer,
                              Office::request({}, {},
                                              {{"seen", "0"},
                                               {"note", note},
                                               {"steps[0].who", "区"},
                                               {"steps[0].what", "データを渡す"},
                                               {"steps[0].medium", "DVD-R"}}),
                              publish_work_flow);
        };
        CHECK(publish_as("").status == 422);
        CHECK(publish_as("最初の手順").status == 303);
        CHECK(publish_as("同時の別の案").status == 409);
        const auto theirs = office.see(show_work_flow, {}, {}, Role::handling_supervisor);
        CHECK(says(theirs, "この業務フローを確認した"));
        CHECK_FALSE(says(office.see(show_work_flow), "この業務フローを確認した"));
        const auto acknowledge_it = [&] {
            return office.ask(actions::kAcknowledgeFlow, Role::handling_supervisor,
                              Office::request({}, {{"number", "1"}}, {}), acknowledge_work_flow);
        };
        CHECK(acknowledge_it().status == 303);
        CHECK(acknowledge_it().status == 409);
        CHECK(says(office.see(show_work_flow), "受託者が確認済み"));
    });
}

TEST_CASE("every route of the register names its guard, and changes are posts")
{
    in_office([](const Office& office) {
        const auto routes = register_routes(office.desk);
        CHECK(routes.size() == 24);
        for (const auto& route : routes) {
            INFO(route.pattern);
            CHECK(route.guard != nullptr);
            CHECK(route.pattern.starts_with("/entrustments"));
        }
    });
}

} // namespace azukari::entrustment
