// 暗号化データの申請: what somebody wants to send out, looked into and agreed to by two others, then taken once.
#include "approval/approval_refusals.h"
#include "approval/approval_rules.h"
#include "custody/custody_refusals.h"
#include "custody/packing/package_request_store.h"
#include "custody/pages/custody_frame.h"
#include "office/shell/components/saved_file.h"
#include "party/party_store.h"

#include <fmt/format.h>

namespace azukari::custody::pages {
namespace {

using namespace html;
using approval::State;

Result<PackageRequest> request_in_path(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = id_in_path<PackageId>(visit, "request");
    if (!id) return refuse(kNoSuchPackage);
    return rooms.db.read(
        [&](const storage::Snapshot& snapshot) { return find_package_request(snapshot, *scope.entrustment(), *id); });
}

std::string below(const PackageRequest& request, std::string_view step = {})
{
    return fmt::format("requests/{}{}", request.package.id.text(), step);
}

Html chip_of(const PackageRequest& request, Instant now)
{
    const auto state = approval::state_of(request.approval, now);
    const auto tone = state == State::granted    ? office::Tone::good
                      : state == State::waiting  ? office::Tone::caution
                      : state == State::rejected ? office::Tone::bad
                                                 : office::Tone::info;
    return office::chip(tone, approval::japanese(state));
}

Html facts(const PackageRequest& request, Instant now)
{
    const auto& package = request.package;
    return office::description_list({{"状態", chip_of(request, now)},
                                     {"情報の内容", Html(package.title)},
                                     {"含まれる人数", Html(fmt::format("{}人", office::grouped(package.persons)))},
                                     {"渡し先", Html(request.recipient)},
                                     {"申請", join(office::when_at(package.made_at), "　", package.made_by)},
                                     {"申請の期限", office::when_at(request.approval.expires_at)},
                                     {"ZIP の大きさ", Html(fmt::format("{}バイト", office::grouped(package.size)))},
                                     {"ZIP の指紋（SHA-256）", code(package.sha256)}});
}

// Who agreed, and who is still to.
Html steps(const office::Visit& visit, const PackageRequest& request, const std::function<std::string(StaffId)>& name)
{
    office::Table table{.caption = "確認と承認", .columns = {{"段階"}, {"結果"}, {"だれが・いつ"}}, .rows = {}};
    const auto& asked = request.approval;
    for (std::size_t i = 0; i < asked.stages.size(); ++i) {
        if (i >= asked.decisions.size()) {
            table.rows.push_back({Html(asked.stages[i].name), Html("まだ"), Html()});
            continue;
        }
        const auto& decision = asked.decisions[i];
        table.rows.push_back({Html(asked.stages[i].name),
                              decision.agreed ? Html("認めた") : Html("認めない: " + decision.reason),
                              join(name(decision.by), "　", office::when_at(decision.at))});
    }
    return office::data_table(visit, table);
}

// `open`: where one file is opened, by its line; none are offered without it.
Html files(const office::Visit& visit, const PackageRequest& request,
           const std::function<Url(std::int64_t line)>& open = {})
{
    office::Table table{
        .caption = "目録", .columns = {{"ファイル"}, {"大きさ（バイト）", {}, true}, {"指紋（SHA-256）"}}, .rows = {}};
    if (open) table.columns.insert(table.columns.begin() + 1, {"中身"}); // before what is wide
    std::int64_t line = 0;
    for (const auto& item : request.package.items) {
        office::Row row{Html(item.name), Html(office::grouped(item.size)), code(item.sha256)};
        ++line;
        if (open)
            row.insert(row.begin() + 1,
                       office::post_button(visit, item.name + "を開く", open(line), office::Weight::plain));
        table.rows.push_back(std::move(row));
    }
    return office::data_table(visit, table);
}

bool own(const PackageRequest& request, const access::Scope& scope)
{
    return request.maker == scope.staff();
}

http::Response agreement_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                              const PackageRequest& request, std::vector<Refusal> refusals)
{
    const auto done = request.approval.decisions.size();
    const auto& stages = request.approval.stages;
    const auto name = done < stages.size() ? stages[done].name : std::string("承認");
    const auto here = address_of(scope, below(request, "/agreement"));
    const auto state = office::refused(visit.request.form, refusals);
    office::Confirmation asked{
        .title = fmt::format("暗号化データの持出しを{}します", name),
        .consequences = {"承認がそろうと、申請した方が ZIP を1回だけ取り出せます。",
                         "中身を開いたことは、開く前に記録台帳に残ります。確かめたら、開いたファイルは消してください。",
                         "申請のあとに内容が変わっていれば、この申請は無効になります。"},
        .summary = facts(request, scope.moment().at),
        .confirm_label = fmt::format("中身と渡し先を確かめたので{}する", name),
        .action = here,
        .cancel = address_of(scope, below(request))};
    auto question = office::confirmation_page(visit, asked);
    const auto open = [&](std::int64_t line) {
        return address_of(scope, below(request, fmt::format("/files/{}", line)));
    };
    auto page =
        framed(rooms, scope, question.title, Part::packages,
               join(files(visit, request, open), question.body,
                    office::card("認めないとき",
                                 office::post_form(visit, here, office::error_summary(state),
                                                   office::hidden_field("answer", "no"),
                                                   office::text_area(state, {.name = "reason",
                                                                             .label = "認めない理由",
                                                                             .hint = "個人の名前は書かないでください。",
                                                                             .required = true,
                                                                             .max_length = 200,
                                                                             .rows = 2}),
                                                   office::submit_button("認めない", office::Weight::secondary)))),
               true);
    page.status = refusals.empty() ? 200 : office::kRefusedForm;
    return office::show(visit, page);
}

} // namespace

Html request_table(const office::Visit& visit, const access::Scope& scope, std::span<const PackageRequest> requests)
{
    office::Table table{.caption = "持出しの申請（まだ取り出されていないもの）",
                        .columns = {{"情報の内容"}, {"人数", {}, true}, {"渡し先"}, {"申請"}, {"状態"}},
                        .rows = {}};
    for (const auto& request : requests)
        table.rows.push_back({a({href(address_of(scope, below(request)))}, request.package.title),
                              Html(office::grouped(request.package.persons)), Html(request.recipient),
                              join(office::when_at(request.package.made_at), "　", request.package.made_by),
                              chip_of(request, scope.moment().at)});
    return office::data_table(visit, table);
}

http::Response show_request(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto request = request_in_path(rooms, visit, scope);
    if (!request) return office::show_refusal(visit, request.error(), 404);
    const auto now = scope.moment().at;
    const auto state = approval::state_of(request->approval, now);
    const auto table = rooms.db.read([&](const storage::Snapshot& snapshot) {
        return steps(visit, *request, [&](StaffId staff) { return party::find_staff(snapshot, staff)->name; });
    });
    auto page = framed(rooms, scope, "暗号化データの申請", Part::packages,
                       join(facts(*request, now), table, files(visit, *request)), true);
    if (own(*request, scope) && state == State::granted)
        page.actions += office::link_button("ZIP を取り出す", address_of(scope, below(*request, "/taking")),
                                            office::Weight::primary);
    if (may_decide_on(*request, scope))
        page.actions += office::link_button("確認・承認に進む", address_of(scope, below(*request, "/agreement")),
                                            office::Weight::primary);
    if (own(*request, scope) && (state == State::waiting || state == State::granted))
        page.body += office::card(
            "申請をやめるとき",
            join(p("取り下げると、預けたファイルは消えます。渡すには、もう一度申請が必要です。"),
                 office::link_button("申請を取り下げる", address_of(scope, below(*request, "/withdrawal")))));
    return office::show(visit, page);
}

http::Response ask_request_agreement(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto request = request_in_path(rooms, visit, scope);
    if (!request) return office::show_refusal(visit, request.error(), 404);
    if (!request->kept) return office::show_refusal(visit, Refusal(kRequestOver), 409);
    return agreement_form(rooms, visit, scope, *request, {});
}

http::Response open_request_file(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto request = request_in_path(rooms, visit, scope);
    if (!request) return office::show_refusal(visit, request.error(), 404);
    const auto key = rooms.keystore.entrustment_key(*scope.entrustment(), scope.moment().at);
    if (!key) return office::show_refusal(visit, key.error(), 409);
    const auto line = number_of(visit.request.path_params.get("line")).value_or(0);
    auto opened = rooms.db.read([&](const storage::Snapshot& snapshot) {
        return open_package_file(snapshot, scope, *key, request->package.id, line);
    });
    if (!opened) return office::show_refusal(visit, opened.error(), opened.error().is(kNoSuchPackage) ? 404 : 409);
    rooms.db.write([&](storage::Tx& tx) { note_opening(tx, scope, *opened); });
    return http::Response::download(opened->name, "application/octet-stream", std::move(opened->content));
}

http::Response save_request_agreement(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto request = request_in_path(rooms, visit, scope);
    if (!request) return office::show_refusal(visit, request.error(), 404);
    const bool no = visit.request.form.get("answer") == "no";
    const auto id = request->package.id;
    const auto done = rooms.db.write([&](storage::Tx& tx) {
        return no ? reject_package(tx, scope, id, visit.request.form.get("reason")) : agree_package(tx, scope, id);
    });
    if (!done && !done.error().field().empty()) return agreement_form(rooms, visit, scope, *request, {done.error()});
    if (!done) return office::show_refusal(visit, done.error(), 409);
    return http::Response::see_other(path_of(scope, below(*request)),
                                     no ? "認めないことを記録しました。" : "同意を記録しました。");
}

http::Response ask_request_withdrawal(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto request = request_in_path(rooms, visit, scope);
    if (!request) return office::show_refusal(visit, request.error(), 404);
    if (!request->kept) return office::show_refusal(visit, Refusal(kRequestOver), 409);
    if (!own(*request, scope)) return office::show_refusal(visit, Refusal(approval::kNotTheMaker), 409);
    const office::Confirmation asked{
        .title = "暗号化データの申請を取り下げます",
        .consequences = {"預けたファイルは、いますぐ消えます。元には戻せません。",
                         "それまでの確認と承認は無効になります。渡すには、もう一度申請が必要です。",
                         "取り下げたことは記録台帳に残ります。"},
        .summary = facts(*request, scope.moment().at),
        .confirm_label = "取り下げてファイルを消す",
        .action = address_of(scope, below(*request, "/withdrawal")),
        .cancel = address_of(scope, below(*request)),
        .weight = office::Weight::danger};
    auto question = office::confirmation_page(visit, asked);
    auto page = framed(rooms, scope, question.title, Part::packages, question.body, true);
    page.width = office::Width::text;
    return office::show(visit, page);
}

http::Response withdraw_request(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto request = request_in_path(rooms, visit, scope);
    if (!request) return office::show_refusal(visit, request.error(), 404);
    const auto done = rooms.db.write([&](storage::Tx& tx) { return withdraw_package(tx, scope, request->package.id); });
    if (!done) return office::show_refusal(visit, done.error(), 409);
    return http::Response::see_other(path_of(scope, below(*request)), "申請を取り下げ、ファイルを消しました。");
}

http::Response ask_request_taking(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto request = request_in_path(rooms, visit, scope);
    if (!request) return office::show_refusal(visit, request.error(), 404);
    const office::Confirmation asked{
        .title = "承認された暗号化データを取り出します",
        .consequences = {"ZIP が1回だけ保存されます。システムには残りません。",
                         "複製台帳に、渡し先と人数が載ります。返還・廃棄まで、済みになりません。",
                         "途中で通信が切れると、もう一度は取り出せません。そのときは申請し直してください。",
                         "媒体に入れたら、媒体・書類に登録し、この端末の ZIP は消してください。"},
        .summary = facts(*request, scope.moment().at),
        .confirm_label = "記録して取り出す",
        .action = address_of(scope, below(*request, "/taking")),
        .cancel = address_of(scope, below(*request))};
    auto question = office::confirmation_page(visit, asked);
    auto page = framed(rooms, scope, question.title, Part::packages, question.body, true);
    page.width = office::Width::text;
    return office::show(visit, page);
}

http::Response take_request(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto request = request_in_path(rooms, visit, scope);
    if (!request) return office::show_refusal(visit, request.error(), 404);
    IdSource ids(scope.moment().at, rooms.entropy);
    auto taken = rooms.db.write([&](storage::Tx& tx) { return take_package(tx, ids, scope, request->package.id); });
    if (!taken) return office::show_refusal(visit, taken.error(), 409);
    const auto name = file_name_of(*taken);
    const auto onward = path_of(scope, "packages/" + taken->id.text());
    const auto number = taken->number;
    const auto leaving = std::make_shared<LeavingFile>(rooms.db, *std::move(taken));
    return office::saved_then(
        visit,
        http::Response::download(name, "application/zip",
                                 [leaving](std::string& piece) { return leaving->next(piece); }),
        onward,
        fmt::format("暗号化データ 第{}号の ZIP を取り出しました。媒体に入れて登録し、この端末の ZIP は消してください。",
                    number));
}

} // namespace azukari::custody::pages
