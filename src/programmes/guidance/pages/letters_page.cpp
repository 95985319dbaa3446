#include "infra/seal/digest.h"
#include "office/shell/shell.h"
#include "programmes/guidance/batch/batch_refusals.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/batch/leaving/file_taking.h"
#include "programmes/guidance/letters/proof/proof.h"
#include "programmes/guidance/pages/addresses.h"
#include "programmes/guidance/pages/batch_pages.h"

#include <fmt/format.h>

namespace azukari::guidance::pages {
namespace {

using namespace html;

constexpr std::size_t kSpecimenLetters = 3;

// A file name that tells what and when, without a person: 利用券_tokutei-sekkyoku_20260601.pdf
std::string file_name(const Batch& batch, const CategoryFacts& facts, std::string_view word)
{
    const auto day = CivilDate::of(batch.received_at);
    return fmt::format("{}_{}_{:04}{:02}{:02}.pdf", word, facts.title, day.year(), day.month(), day.day());
}

struct Chosen {
    Batch batch;
    Category category;
    const ComposedLetters* letters; // within batch
};

// The batch and the category the address names, when the category has letters.
Result<Chosen> chosen(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    AZK_TRY(auto batch, batch_of(rooms, visit, scope));
    if (!batch.composition) return refuse(kNotComposed);
    const auto code = visit.request.path_params.get("category");
    const auto category = category_with_slug(code);
    if (!category) return refuse(kNoSuchLetters);
    Chosen made{std::move(batch), *category, nullptr};
    for (const auto& letters : made.batch.composition->categories)
        if (letters.category == code) made.letters = &letters;
    if (made.letters == nullptr) return refuse(kNoSuchLetters);
    return made;
}

Html about(const office::Visit& visit, const Batch& batch)
{
    office::Table table{.caption = "承認する通知",
                        .columns = {{"対象者区分"}, {"通数", {}, true}, {"ページ", {}, true}, {"見本"}},
                        .rows = {}};
    for (const auto& letters : batch.composition->categories)
        table.rows.push_back({Html(title_of(letters.category)), Html(letters.letters), Html(letters.pages),
                              office::post_button(visit, fmt::format("{}の見本", title_of(letters.category)),
                                                  specimen_address(batch.entrustment, batch.id, letters.category),
                                                  office::Weight::plain)});
    return office::data_table(visit, table);
}

http::Response taking_question(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                               const Chosen& made, const office::FormState& state)
{
    const auto& batch = made.batch;
    office::Confirmation confirmation{
        .title = fmt::format("「{}」の通知を取り出します", title_of(made.letters->category)),
        .consequences =
            {"宛名の入った PDF がこの端末に保存されます。印字が済んだら必ず消去してください。",
             "だれが、いつ、何通を取り出したかが、取り出しの前に記録台帳に残ります。",
             "複製台帳に、渡し先と人数が載ります。返還か廃棄を記録するまで、対象者の消去を確定できません。"},
        .summary = office::description_list({{"通数", Html(office::grouped(made.letters->letters))},
                                             {"ページ", Html(office::grouped(made.letters->pages))},
                                             {"利用目的", Html("利用券・受診勧奨通知の印字と発送")},
                                             {"PDF の指紋（SHA-256）", code(made.letters->sha256)}}),
        .confirm_label = "記録して取り出す",
        .action = url("/entrustments/", batch.entrustment, "/guidance/batches/", batch.id, "/letters/",
                      made.letters->category),
        .cancel = batch_address(batch.entrustment, batch.id),
        .extra = office::text_field(state, {.name = "recipient",
                                            .label = "渡し先（印字する場所）",
                                            .hint = "例: 架空印刷株式会社 第1印字室。個人の名前は書かないでください。",
                                            .required = true,
                                            .max_length = kMaxRecipient}),
        .refusals = state.refusals};
    auto page = office::confirmation_page(visit, confirmation);
    add_crumbs(page, rooms, scope);
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    return office::show(visit, page);
}

} // namespace

// Composing anew is asked about: it takes away what waits for approval or was approved.
http::Response ask_composing(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    const auto back = batch_address(batch->entrustment, batch->id);
    if (!batch->composition) return http::Response::see_other(back.text());
    const auto state = state_of(*batch);
    std::vector<std::string> consequences;
    if (state == BatchState::composed)
        consequences.push_back(
            "いま承認を待っている通知は、新しく組み上げたものに替わります。見本は確かめ直しになります。");
    else
        consequences.push_back("済んでいる承認は無効になり、もう一度承認を受けるまで取り出せません。");
    if (state == BatchState::taken)
        consequences.push_back("すでに取り出した PDF は、新しく組み上げたものと一致しなくなります。");
    consequences.push_back("組み直したことは記録台帳に残ります。");
    std::int64_t letters = 0;
    for (const auto& each : batch->composition->categories) letters += each.letters;
    const office::Confirmation confirmation{
        .title = "通知を組み直します",
        .consequences = std::move(consequences),
        .summary = office::description_list({{"いまの状態", office::chip(tone_of(state), japanese(state))},
                                             {"組み上げた日時", office::when_at(batch->composition->at)},
                                             {"通数", Html(office::grouped(letters))}}),
        .confirm_label = "組み直す",
        .action = step_address(batch->entrustment, batch->id, "composition"),
        .cancel = back};
    auto page = office::confirmation_page(visit, confirmation);
    add_crumbs(page, rooms, scope);
    return office::show(visit, page);
}

http::Response compose_letters(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    if (batch->composition && visit.request.form.get("confirmed") != "yes")
        return http::Response::see_other(step_address(batch->entrustment, batch->id, "composition").text());
    const auto started =
        rooms.work.start(batch->id, [&press = rooms.press, scope, id = batch->id](ComposeProgress& progress) {
            return compose_batch(press, scope, id, progress);
        });
    if (!started) return office::show_refusal(visit, started.error(), 409);
    return http::Response::see_other(batch_address(batch->entrustment, batch->id).text());
}

http::Response show_proof(const Rooms& rooms, const office::Visit&, const access::Scope&)
{
    pdf::TextSink sink;
    write_proof(rooms.press.fonts, rooms.press.letters, rooms.press.columns, sink);
    return http::Response::download("校正紙.pdf", "application/pdf", std::move(sink).take());
}

// Posted, because a reading is recorded: a browser that fetches ahead must not read for anybody.
http::Response show_specimen(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto made = chosen(rooms, visit, scope);
    if (!made) return office::show_refusal(visit, made.error(), 404);
    const auto shown = std::min<std::int64_t>(kSpecimenLetters, made->letters->letters);
    rooms.db.write([&](storage::Tx& tx) { note_reading(tx, scope, made->batch.id, shown); });
    pdf::TextSink sink;
    const auto drawn = draw_letters(
        rooms.press, scope, made->batch.id,
        {.category = made->category, .composed = made->batch.composition->at, .most = kSpecimenLetters}, sink);
    if (!drawn) return office::show_refusal(visit, drawn.error(), 409);
    return http::Response::download(file_name(made->batch, facts_of(made->category), "見本"), "application/pdf",
                                    std::move(sink).take());
}

http::Response ask_approval(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    if (const auto may = may_approve(*batch, scope.staff()); !may) return office::show_refusal(visit, may.error(), 409);
    office::Confirmation confirmation{
        .title = "通知の取り出しを承認します",
        .consequences = {"取扱者が、承認した内容そのままの PDF を取り出せるようになります。",
                         "承認のあとに組み直すと、承認は無効になります。", "承認したことは記録台帳に残ります。"},
        .summary = about(visit, *batch),
        .confirm_label = "見本を確かめたので承認する",
        .action = step_address(batch->entrustment, batch->id, "approval"),
        .cancel = batch_address(batch->entrustment, batch->id),
        .carried = {{"composition", digest_of(*batch->composition)}}};
    auto page = office::confirmation_page(visit, confirmation);
    add_crumbs(page, rooms, scope);
    return office::show(visit, page);
}

http::Response approve_letters(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    const auto approved = rooms.db.write(
        [&](storage::Tx& tx) { return approve(tx, scope, batch->id, visit.request.form.get("composition")); });
    if (!approved) return office::show_refusal(visit, approved.error(), 409);
    return http::Response::see_other(batch_address(batch->entrustment, batch->id).text(), "承認しました。");
}

http::Response ask_taking(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto made = chosen(rooms, visit, scope);
    if (!made) return office::show_refusal(visit, made.error(), 404);
    if (const auto may = may_take(made->batch, made->letters->category); !may)
        return office::show_refusal(visit, may.error(), 409);
    return taking_question(rooms, visit, scope, *made, {});
}

http::Response take_letters(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto made = chosen(rooms, visit, scope);
    if (!made) return office::show_refusal(visit, made.error(), 404);
    const auto& batch = made->batch;
    if (const auto may = may_take(batch, made->letters->category); !may)
        return office::show_refusal(visit, may.error(), 409);
    const auto& form = visit.request.form;
    const std::string recipient(form.get("recipient"));
    if (const auto known = check_recipient(recipient); !known)
        return taking_question(rooms, visit, scope, *made, office::refused(form, {known.error()}));
    pdf::TextSink sink;
    const auto drawn = draw_letters(rooms.press, scope, batch.id,
                                    {.category = made->category, .composed = batch.composition->at}, sink);
    if (!drawn) return office::show_refusal(visit, drawn.error(), 409);
    if (hex(seal::sha256(as_bytes(sink.bytes()))) != made->letters->sha256)
        return office::show_refusal(visit, Refusal(kChangedSinceApproval), 409);
    // Taking and copy are durable before the first byte leaves.
    IdSource ids(scope.moment().at, rooms.entropy);
    const auto noted = rooms.db.write(
        [&](storage::Tx& tx) { return take_as_file(tx, ids, scope, batch.id, made->letters->category, recipient); });
    if (!noted) return office::show_refusal(visit, noted.error(), 409);
    return http::Response::download(file_name(batch, facts_of(made->category), "通知"), "application/pdf",
                                    std::move(sink).take());
}

} // namespace azukari::guidance::pages
