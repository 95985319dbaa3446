// Serves sample pages through the whole dispatch, to look at and to measure: shell_bench [port]
//   /            every component      /register   a register page of about 20 KB (wrk)      /hello   the least there is
#include "base/instant.h"
#include "office/shell/asset.h"
#include "office/shell/dispatch.h"
#include "office/shell/shell.h"
#include "shell_assets.h"

#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>

namespace {

using namespace azukari;
using namespace azukari::office;
using namespace azukari::html;

std::vector<Row> register_rows(int count)
{
    constexpr const char* kStates[] = {"提出済み", "確認待ち", "差戻し", "下書き"};
    constexpr Tone kTones[] = {Tone::good, Tone::info, Tone::bad, Tone::neutral};
    std::vector<Row> rows;
    for (int i = 1; i <= count; ++i) {
        const auto n = static_cast<std::size_t>(i) % 4;
        rows.push_back(
            {a({href(url("/entrustments/", i))}, fmt::format("特定保健指導等の印字・封入封緘業務（その{}）", i)),
             "健康部 見本課", fmt::format("架空印刷株式会社 第{}営業所", i), chip(kTones[n], kStates[n]),
             grouped(4413 + i)});
    }
    return rows;
}

http::Response show_register(const Visit& visit)
{
    const auto paging = office::paging(visit, 240);
    Page page{"委託の登録", {}};
    page.crumbs = {{"業務", url("/register")}};
    page.lead = "区が委託している業務のうち、個人情報を取り扱うものの一覧です。件名を選ぶと、登録の全項目と変更の履歴を"
                "見られます。";
    page.actions = link_button("新しく登録する", url("/register/new"), Weight::primary);
    const std::vector<Choice> states = {{"", "すべて"}, {"open", "実施中"}, {"closed", "終了"}};
    const auto state = refused(visit.request.query, {});
    page.body = join(
        filter_form(url("/register"), text_field(state, {.name = "q", .label = "件名・委託先"}),
                    select_field(state, {.name = "state", .label = "状態"}, states)),
        data_table(
            visit,
            {.caption = "委託の一覧",
             .columns = {{"件名", "title"}, {"保有課"}, {"委託先", "contractor"}, {"状態"}, {"件数", "count", true}},
             .rows = register_rows(30),
             .paging = &paging}));
    return show(visit, page);
}

Html form_part(const Visit& visit)
{
    static constexpr RefusalKind kEmpty{"sample.empty", "委託の件名を入力してください。"};
    static constexpr RefusalKind kOrder{"sample.order", "終わりの日は、始まりの日より後にしてください。"};
    http::Fields sent;
    sent.add("from", "2026-04-01");
    sent.add("until", "2026-03-31");
    sent.add("items", "name");
    const auto state = refused(sent, {Refusal(kEmpty, {}, "title"), Refusal(kOrder, {}, "until")});
    const std::vector<Choice> items = {{"name", "氏名"}, {"address", "住所", "郵便番号を含む"}, {"birth", "生年月日"}};
    const std::vector<Choice> roles = {{"handler", "取扱者"}, {"supervisor", "取扱責任者"}};
    return long_form(
        visit, url("/register"), error_summary(state),
        field_group(
            "委託の概要",
            join(
                text_field(state, {.name = "title", .label = "件名", .hint = "契約書に書かれた件名", .required = true}),
                date_field(state, {.name = "from", .label = "始まりの日", .required = true}),
                date_field(state, {.name = "until", .label = "終わりの日", .required = true}),
                text_area(state, {.name = "reason", .label = "委託理由", .rows = 4}))),
        field_group("情報項目と取扱者",
                    join(checkbox_group(state, {.name = "items", .label = "情報項目", .required = true}, items),
                         radio_group(state, {.name = "role", .label = "役割"}, roles),
                         select_field(state, {.name = "kind", .label = "記録媒体", .size = Field::Size::medium}, roles),
                         file_field(state, {.name = "file", .label = "区のデータ", .hint = "CSV、64 MB まで"}, ".csv"),
                         checkbox(state, {.name = "agree", .label = "特記事項21項を確かめました"}))),
        button_row(join(submit_button("保存する"), submit_button("下書きにする", Weight::secondary),
                        link_button("やめる", url("/"), Weight::plain))));
}

http::Response show_components(const Visit& visit)
{
    const Url watch = url("/progress");
    Page page{"特定保健指導等の印字・封入封緘業務", {}};
    page.crumbs = {{"委託の登録", url("/register")}};
    page.lead = "受託者から提出された名簿を確かめ、受け付けるか差し戻すかを決めます。";
    page.actions = join(link_button("印刷用 PDF", url("/x")), link_button("編集する", url("/x"), Weight::primary));
    const Instant at{1'780'275'600LL * 1'000'000};
    page.body = join(
        tabs("登録の内容", {{"概要", url("/"), true},
                            {"名簿", url("/a"), false, 12},
                            {"業務フロー", url("/b")},
                            {"記録台帳", url("/c"), false, 4413}}),
        steps("手続き", {{"下書き", StepState::done, {}},
                         {"区へ提出", StepState::done, {}},
                         {"区の確認", StepState::current, {}},
                         {"受付", StepState::to_come, {}}}),
        notice(Tone::caution, "研修の期限が近い取扱者が2人います。",
               p("6月30日までに受けないと、個人情報を開けなくなります。")),
        notice(Tone::good, "名簿は区に受け付けられています。"),
        progress_bar({.label = "通知の組み上げ", .done = 2387, .total = 4413, .watch = &watch}), h2("登録の内容"),
        description_list(
            {{"件名", "特定保健指導等の印字・封入封緘業務"},
             {"保有課", "健康部 見本課"},
             {"状態", chip(Tone::good, "提出済み")},
             {"期間", join(on_day(*CivilDate::from(2026, 4, 1)), " から ", on_day(*CivilDate::from(2027, 3, 31)))},
             {"再委託", {}}}),
        h2("今日すること"),
        card_grid(join(link_card("名簿の確認", url("/1"), p("2件の名簿が区の確認を待っています。")),
                       link_card("研修の記録", url("/2"), p("3人の期限が30日以内に切れます。")),
                       link_card("証拠一式", url("/3"), p("前回の取り出しから12日たちました。")))),
        h2("前回報告した版との違い"),
        difference_table("登録の変更点",
                         {{"委託の内容", "通知の印字、封入及び封緘を行う。", "通知の印字、突合、封入及び封緘を行う。"},
                          {"件数", "4,200件", "4,413件"}}),
        h2("経過"),
        time_line({{at, "名簿を区に提出した", "試験 花子", Tone::info},
                   {at, "区が受け付けた", "見本 太郎", Tone::good},
                   {at, "研修の期限が切れた", "架空 次郎", Tone::bad}}),
        h2("状態の見え方"),
        p(chip(Tone::neutral, "下書き"), " ", chip(Tone::info, "確認待ち"), " ", chip(Tone::good, "提出済み"), " ",
          chip(Tone::caution, "期限間近"), " ", chip(Tone::bad, "差戻し")),
        h2("入力"), form_part(visit));
    return show(visit, page);
}

http::Response show_confirmation(const Visit& visit)
{
    return show(
        visit,
        confirmation_page(
            visit, {.title = "名簿を区に提出します",
                    .consequences = {"取扱者12人の名簿が区の担当職員に届きます。",
                                     "提出した名簿は取り消せません。直すときは新しい名簿を提出します。"},
                    .summary = description_list({{"委託", "特定保健指導等の印字・封入封緘業務"}, {"取扱者", "12人"}}),
                    .confirm_label = "提出する",
                    .action = url("/submit"),
                    .cancel = url("/"),
                    .weight = Weight::danger,
                    .typed_word = "提出"}));
}

access::Session sample_session(Instant now)
{
    return {access::SessionId(IdBytes{1}),
            AccountId(IdBytes{2}),
            StaffId(IdBytes{3}),
            OrganisationId(IdBytes{4}),
            access::Role::ward_officer,
            "見本 太郎",
            "見本区",
            now,
            now,
            now};
}

} // namespace

int main(int argc, char** argv)
{
    namespace actions = access::actions;
    const SystemClock clock;
    SystemEntropy entropy;
    auto routes = asset_routes(assets_of_shell());
    routes.push_back(public_get("/", show_components));
    routes.push_back(public_get("/register", show_register));
    routes.push_back(public_get("/confirm", show_confirmation));
    routes.push_back(public_get("/hello", [](const Visit&) { return http::Response::text(200, "hello"); }));
    const Dispatcher dispatcher(
        {.routes = std::move(routes),
         .menu = {{"ホーム", "/", &actions::kHome},
                  {"委託の登録", "/register", &actions::kSeeRegister},
                  {"名簿", "/rosters", &actions::kSeeRoster},
                  {"印字業務", "/guidance", &actions::kSeeGuidance},
                  {"記録台帳", "/ledger", &actions::kSeeLedger},
                  {"権限表", "/matrix", &actions::kSeeMatrix}},
         .find_session = [](const http::Request&, const Moment& moment) -> Result<access::Session> {
             return sample_session(moment.at);
         },
         .authorise = [](const auto&, const auto&, const auto&, const Moment&) -> Result<access::Scope> {
             std::abort();
         },
         .report =
             [](const Incident& incident) {
                 std::fprintf(stderr, "%s %s\n", incident.number.c_str(), incident.what.c_str());
             },
         .clock = clock,
         .entropy = entropy,
         .signing_key = Key256(entropy.bytes<32>())});
    http::ServerSettings settings;
    settings.port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 47200);
    http::Server server(settings, dispatcher.application(), clock);
    std::printf("http://127.0.0.1:%u/\n", unsigned(server.port()));
    std::fflush(stdout);
    server.run();
}
