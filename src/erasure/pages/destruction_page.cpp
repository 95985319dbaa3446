// Carrying out an erasure, checking it, making it final, and the papers it leaves.
#include "erasure/erasure_refusals.h"
#include "erasure/pages/certificate_paper.h"
#include "erasure/pages/ending_frame.h"

#include <fmt/format.h>

namespace azukari::erasure::pages {
namespace {

using namespace html;

constexpr std::string_view kTypedWord = "消去";
constexpr RefusalKind kTypeTheWord{"erasure.type_the_word",
                                   "取り消せない操作です。確認のため「消去」と入力してください。"};

http::Response back(const access::Scope& scope, ErasureId id, std::string sentence)
{
    return http::Response::see_other(path_of(scope, id), std::move(sentence));
}

std::optional<Stage> stage_of(std::string_view code)
{
    for (const auto stage : {Stage::carried_out, Stage::confirmed})
        if (code_of(stage) == code) return stage;
    return std::nullopt;
}

http::Response destruction_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                                const Erasure& erasure, std::vector<Refusal> refusals)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto documents = rooms.means.db.read(
        [&](const storage::Snapshot& snapshot) { return documents_of(rooms, snapshot, *scope.entrustment()); });
    office::Confirmation confirmation{
        .title = "消去を実施します",
        .consequences = {"鍵を破棄します。この対象の情報は、だれにも、二度と読めなくなります。取り消せません。",
                         "保管している記録と索引を削除し、保管ファイルの跡を上書きします。",
                         "途中で停電などがあっても、次の起動で残りの段階が自動的に続きます。",
                         "そのあと、別の人の確認で、消去証明書（実施）が発行されます。"},
        .summary = join(office::description_list({{"対象", Html(spoken(erasure.target, documents))},
                                                  {"理由", Html(japanese(erasure.cause))}}),
                        scale_table(erasure.scale)),
        .confirm_label = "鍵を破棄して消去する",
        .action = Url(path_of(scope, erasure.id, "/destruction")),
        .cancel = Url(path_of(scope, erasure.id)),
        .weight = office::Weight::danger,
        .typed_word = std::string(kTypedWord),
        .refusals = refusals};
    auto page = office::confirmation_page(visit, confirmation);
    page.status = refusals.empty() ? 200 : office::kRefusedForm;
    stand_below(page, scope, *told);
    return office::show(visit, page);
}

struct Issued {
    Erasure erasure;
    Stage stage;
};

Result<Issued> issued(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    AZK_TRY(auto erasure, erasure_of(rooms, visit, scope));
    const auto stage = stage_of(visit.request.path_params.get("stage"));
    if (!stage || erasure.find(*stage) == nullptr) return refuse(kNoCertificate);
    return Issued{std::move(erasure), *stage};
}

} // namespace

http::Response ask_destruction(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto erasure = erasure_of(rooms, visit, scope);
    if (!erasure) return office::show_refusal(visit, erasure.error(), 404);
    if (state_of(*erasure) != State::planned) return office::show_refusal(visit, Refusal(kAlreadyBegun), 409);
    return destruction_form(rooms, visit, scope, *erasure, {});
}

http::Response destroy(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto erasure = erasure_of(rooms, visit, scope);
    if (!erasure) return office::show_refusal(visit, erasure.error(), 404);
    if (visit.request.form.get("typed") != kTypedWord)
        return destruction_form(rooms, visit, scope, *erasure, {Refusal(kTypeTheWord, {}, "typed")});
    const auto done = carry_out(rooms.means, scope, erasure->id);
    if (!done) return office::show_refusal(visit, done.error(), 409);
    return back(scope, erasure->id, "消去しました。別の人の確認を受けてください。");
}

http::Response go_on(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto erasure = erasure_of(rooms, visit, scope);
    if (!erasure) return office::show_refusal(visit, erasure.error(), 404);
    const auto done = state_of(*erasure) == State::failed
                          ? repeat(rooms.means, scope, erasure->id)
                          : resume(rooms.means, visit.moment.at, *scope.entrustment(), erasure->id);
    if (!done) return office::show_refusal(visit, done.error(), 409);
    return back(scope, erasure->id, "残りの段階を終えました。別の人の確認を受けてください。");
}

http::Response ask_check(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto erasure = erasure_of(rooms, visit, scope);
    if (!erasure) return office::show_refusal(visit, erasure.error(), 404);
    if (state_of(*erasure) != State::unchecked) return office::show_refusal(visit, Refusal(kAlreadyChecked), 409);
    if (erasure->find(Step::begun)->by == scope.staff())
        return office::show_refusal(visit, Refusal(kOperatorChecks), 409);
    office::Confirmation confirmation{
        .title = "消去を確かめます",
        .consequences = {"消去の前に封をしておいた試験の値を、破棄した鍵で開いてみます。一つでも開けば不完了です。",
                         "鍵の保管庫に鍵が、保管場所に記録が残っていないことを数えます。",
                         "何も残っていなければ、消去証明書（実施）が発行され、記録台帳に残ります。"},
        .summary = scale_table(erasure->scale),
        .confirm_label = "確かめて、証明書を発行する",
        .action = Url(path_of(scope, erasure->id, "/check")),
        .cancel = Url(path_of(scope, erasure->id))};
    auto page = office::confirmation_page(visit, confirmation);
    stand_below(page, scope, *told);
    return office::show(visit, page);
}

http::Response make_check(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto erasure = erasure_of(rooms, visit, scope);
    if (!erasure) return office::show_refusal(visit, erasure.error(), 404);
    const auto found = check_and_certify(rooms.means, rooms.publisher, scope, told->entrusted, erasure->id);
    if (!found) return office::show_refusal(visit, found.error(), 409);
    if (found->wrong() > 0)
        return back(scope, erasure->id,
                    fmt::format("残っているものが{}件見つかりました。消去は不完了です。", found->wrong()));
    return back(scope, erasure->id,
                fmt::format("試験の値{}個はどれも開けず、何も残っていません。消去証明書（実施）を発行しました。",
                            found->probes));
}

http::Response make_final(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto erasure = erasure_of(rooms, visit, scope);
    if (!erasure) return office::show_refusal(visit, erasure.error(), 404);
    const auto done = confirm(rooms.means, rooms.publisher, scope, told->entrusted, erasure->id);
    if (!done) return office::show_refusal(visit, done.error(), 409);
    return back(scope, erasure->id, "消去を確定し、消去証明書（確定）を発行しました。");
}

http::Response acknowledge_erasure(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto erasure = erasure_of(rooms, visit, scope);
    if (!erasure) return office::show_refusal(visit, erasure.error(), 404);
    const auto done = acknowledge(rooms.means.db, scope, erasure->id);
    if (!done) return office::show_refusal(visit, done.error(), 409);
    return back(scope, erasure->id, "証明書を確認したことを記録しました。");
}

http::Response take_certificate(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto it = issued(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    const auto paper = rooms.means.db.read(
        [&](const storage::Snapshot& snapshot) { return paper_of(snapshot, rooms.publisher, it->erasure, it->stage); });
    if (!paper) return office::show_refusal(visit, paper.error(), 409);
    pdf::TextSink sink;
    const auto written = write_certificate(*paper, sink, rooms.fonts);
    if (!written) return office::show_refusal(visit, written.error(), 409);
    const auto day = CivilDate::of(it->erasure.find(it->stage)->issued_at);
    return http::Response::download(
        fmt::format("消去証明書_{}_{:04}{:02}{:02}.pdf", japanese(it->stage), day.year(), day.month(), day.day()),
        "application/pdf", std::move(sink).take());
}

http::Response take_proof(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = issued(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    auto file = rooms.means.db.read([&](const storage::Snapshot& snapshot) {
        return certificate_file(snapshot, rooms.publisher, it->erasure, it->stage);
    });
    if (!file) return office::show_refusal(visit, file.error(), 409);
    return http::Response::download(fmt::format("{}-{}.azukari-certificate", it->erasure.id.text(), code_of(it->stage)),
                                    "application/octet-stream", *std::move(file));
}

} // namespace azukari::erasure::pages
