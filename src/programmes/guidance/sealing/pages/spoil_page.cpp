// 損紙: a paper that cannot go out. It is destroyed before a witness, or reported as not found; only then is there a new
// edition (仙台市 2017: what was missing had been put into other people's envelopes).
#include "custody/custody_store.h"
#include "programmes/guidance/sealing/pages/sealing_frame.h"
#include "programmes/guidance/sealing/reprinted_letters.h"

#include <fmt/format.h>

namespace azukari::guidance::sealing_pages {
namespace {

using namespace html;

const std::vector<office::Choice> kWhereabouts{
    {"yes", "手元にあり、廃棄した", "下の「廃棄の方法」と「立ち会った方」も記入します。"},
    {"no", "見つからない", "別の方（取扱責任者）が認めるまで、刷り直せません。"}};

std::vector<office::Choice> witnesses(const storage::Snapshot& snapshot, const access::Scope& scope)
{
    std::vector<office::Choice> choices{{"", "選んでください"}};
    for (const auto& person : custody::people_of(snapshot, *scope.entrustment(), custody::Side::contractor))
        if (person.id != scope.staff()) choices.push_back({person.id.text(), person.name});
    return choices;
}

Html waiting_for_reprint(const access::Scope& scope, const Batch& batch, const std::vector<Letter>& letters)
{
    std::map<std::string, std::int64_t> spoiled;
    for (const auto& letter : letters)
        if (place_of(letter.envelope, letter.standing) == Place::spoiled) ++spoiled[letter.envelope.category];
    if (spoiled.empty() || !may(scope, access::actions::kAskPrint)) return {};
    Html lines;
    for (const auto& [category, count] : spoiled)
        lines += li(a({href(Url(fmt::format("/entrustments/{}/printing/new?document={}:{}", batch.entrustment.text(),
                                            kReprintedLetters, reprint_reference(batch.id, category))))},
                      fmt::format("{} {}通の刷り直しを申請する", title_of(category), count)));
    return office::card("刷り直しを待っている通知", ul({cls("plain-list")}, lines));
}

http::Response spoil_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                          const Batch& batch, const office::FormState& state)
{
    struct Seen {
        std::vector<office::Choice> witnesses;
        std::vector<Letter> letters;
    };
    const auto seen = rooms.db.read([&](const storage::Snapshot& snapshot) {
        return Seen{witnesses(snapshot, scope), letters_of(snapshot, scope, batch.id)};
    });
    using Size = office::Field::Size;
    const auto letter_field = [&](const office::FormState& of) {
        return office::text_field(of, {.name = "letter",
                                       .label = "通し番号",
                                       .hint = "「C-00012」の形か、紙のコードの読み取り。",
                                       .required = true,
                                       .max_length = 200,
                                       .size = Size::medium});
    };
    auto page = framed(
        rooms, scope, batch, "損紙・見つからない紙を記録する", Part::spoil,
        join(
            waiting_for_reprint(scope, batch, seen.letters),
            office::post_form(
                visit, address_of(batch, "/spoil"), office::error_summary(state), letter_field(state),
                office::text_field(state, {.name = "reason",
                                           .label = "理由",
                                           .hint = "例: 折れた、汚れた、トレイにない",
                                           .required = true,
                                           .max_length = 100}),
                office::radio_group(state, {.name = "at_hand", .label = "その紙は", .required = true}, kWhereabouts),
                office::text_field(state, {.name = "method",
                                           .label = "廃棄の方法",
                                           .hint = "例: 細断（クロスカット）",
                                           .max_length = 100,
                                           .needed_when = "手元にあるときは必須"}),
                office::select_field(state,
                                     {.name = "witness",
                                      .label = "廃棄に立ち会った方",
                                      .size = Size::medium,
                                      .needed_when = "手元にあるときは必須"},
                                     seen.witnesses),
                office::button_row(office::submit_button("記録する"))),
            section(h2("封緘した封筒を開け直すとき"),
                    p("開封を記録すると、その通知は突合待ちに戻ります。紙が傷んだときは、続けて上で損紙を記録します。"),
                    office::post_form(
                        visit, address_of(batch, "/reopen"),
                        label({{"for", "reopened"}, cls("field-label")}, "開け直す封筒の通し番号"),
                        input({{"type", "text"},
                               {"id", "reopened"},
                               {"name", "letter"},
                               cls("input size-medium"),
                               {"autocomplete", "off"},
                               {"maxlength", 200},
                               flag("required", true)}),
                        office::button_row(office::submit_button("開封を記録する", office::Weight::secondary))))));
    page.width = office::Width::text;
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    page.lead = p("印字した紙を封入できないときに記録します。記録すると、次の版の刷り直しを申請できます。");
    return office::show(visit, page);
}

} // namespace

http::Response ask_spoiling(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    return spoil_form(rooms, visit, scope, *batch, office::filled({{"at_hand", "yes"}}));
}

http::Response save_spoiling(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    const auto& form = visit.request.form;
    const auto again = [&](Refusal refusal) {
        // What the letter's own state refuses is said beside its number.
        if (refusal.field().empty()) refusal = refusal.at_field("letter");
        return spoil_form(rooms, visit, scope, *batch, office::refused(form, {refusal}));
    };
    const auto letter = letter_named(*batch, form.get("letter"));
    if (!letter) return again(letter.error());
    const Spoiling spoiling{std::string(form.get("reason")), form.get("at_hand") != "no",
                            std::string(form.get("method")), StaffId::parse(form.get("witness"))};
    const auto done = rooms.db.write([&](storage::Tx& tx) -> Result<void> {
        const auto people = custody::people_of(tx, *scope.entrustment(), custody::Side::contractor);
        auto kept = spoiling;
        if (kept.witness && std::ranges::find(people, *kept.witness, &party::Staff::id) == people.end())
            kept.witness = {};
        return record_spoiling(tx, scope, batch->id, *letter, kept);
    });
    if (!done) return again(done.error());
    const auto label = label_of(letter->category, letter->serial);
    return http::Response::see_other(
        path_of(*batch, "/spoil"),
        spoiling.at_hand ? fmt::format("{} を損紙として記録しました。刷り直しを申請できます。", label)
                         : fmt::format("{} の紙が見つからないことを記録しました。取扱責任者の判断を待ちます。", label));
}

} // namespace azukari::guidance::sealing_pages
