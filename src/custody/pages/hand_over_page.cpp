// One hand-over: what was recorded, who has signed, and what can be said about it.
#include "custody/pages/custody_frame.h"
#include "custody/paper/record_paper.h"
#include "ledger/ledger.h"

#include <fmt/format.h>

namespace azukari::custody::pages {
namespace {

using namespace html;

Result<Record> record_in_path(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = id_in_path<HandOverId>(visit, "hand_over");
    if (!id) return refuse(kNoSuchHandOver);
    return rooms.db.read(
        [&](const storage::Snapshot& snapshot) { return find_record(snapshot, *scope.entrustment(), *id); });
}

std::string below(const Record& record, std::string_view step)
{
    return fmt::format("hand-overs/{}{}{}", record.hand_over.id.text(), step.empty() ? "" : "/", step);
}

Html facts(const Record& record)
{
    const auto& hand_over = record.hand_over;
    std::vector<office::Term> terms{
        {"状態", state_chip(hand_over.state)},
        {"区分", Html(japanese(hand_over.purpose))},
        {"日時", office::when_at(hand_over.at)},
        {"渡した方", Html(fmt::format("{}（{}）", record.giver, japanese(hand_over.from)))},
        {"受け取った方", Html(fmt::format("{}（{}）", record.receiver, japanese(other(hand_over.from))))},
        {"運んだ方", Html(record.carrier)}};
    if (hand_over.due) terms.push_back({"返却の期限", office::on_day(*hand_over.due)});
    terms.push_back({"記録した方", join(record.recorded_by, "　", office::when_at(record.recorded_at))});
    return office::description_list(terms);
}

Html lines_table(const office::Visit& visit, const access::Scope& scope, const Record& record)
{
    office::Table table{.caption = "渡したもの",
                        .columns = {{"ラベル"}, {"媒体・書類"}, {"情報の内容"}, {"数量", {}, true}},
                        .rows = {}};
    for (const auto& line : record.lines)
        table.rows.push_back(
            {a({href(address_of(scope, "things/" + line.thing.text()))}, code(grouped_label(line.label))),
             Html(line.words), Html(line.content), Html(fmt::format("{}{}", line.quantity, line.unit))});
    return office::data_table(visit, table);
}

// What is signed, for people: every line of the text in the words of the other pages. The text itself, whose digest the
// signatures are under, stands below it to the letter.
Html for_signing(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Record& record)
{
    const auto& hand_over = record.hand_over;
    const auto name = rooms.name(scope);
    const std::vector<office::Term> terms{
        {"委託", join(name ? *name : std::string("この委託"), br(), small(code(record.entrustment.text())))},
        {"番号", Html(fmt::format("第{}号", record.number))},
        {"区分", Html(japanese(hand_over.purpose))},
        {"日時", office::when_at(hand_over.at)},
        {"渡した方", Html(fmt::format("{}（{}）", record.giver, japanese(hand_over.from)))},
        {"受け取った方", Html(fmt::format("{}（{}）", record.receiver, japanese(other(hand_over.from))))},
        {"運んだ方", Html(record.carrier)},
        {"返却の期限", hand_over.due ? office::on_day(*hand_over.due) : Html("なし")}};
    return join(office::description_list(terms), lines_table(visit, scope, record),
                details(summary("署名の対象となる文と指紋"), pre({cls("signed-text")}, text_of(record)),
                        p("指紋（SHA-256） ", code(digest_of(record)))));
}

Html signatures(const Record& record)
{
    std::vector<office::Term> terms;
    for (const auto side : {Side::ward, Side::contractor}) {
        const auto* signature = record.signature(side);
        const auto label = side == Side::ward ? "区の確認" : "受託者の確認";
        if (signature == nullptr)
            terms.push_back({label, office::chip(office::Tone::caution, "まだ署名していません")});
        else
            terms.push_back(
                {label, join(signature->name, "　", office::when_at(signature->at), "　",
                             signature->holds ? office::chip(office::Tone::good, "署名済み")
                                              : office::chip(office::Tone::bad, "内容が変わったため無効"))});
    }
    terms.push_back({"署名する文の指紋（SHA-256）", code(digest_of(record))});
    return section(h2("双方の署名"), office::description_list(terms));
}

Html disputes(const access::Scope& scope, const Record& record)
{
    if (record.disputes.empty()) return {};
    std::vector<office::Happening> happenings;
    Html buttons;
    for (const auto& each : record.disputes) {
        happenings.push_back({each.at, p(fmt::format("{}が相違を申し出た: ", japanese(each.side)), each.reason),
                              each.name, office::Tone::bad});
        if (each.settled) happenings.push_back({*each.settled, p(each.outcome), {}, office::Tone::info});
        for (const auto& written : each.resolutions)
            happenings.push_back({written.at, p(fmt::format("{}の経緯と措置: ", japanese(written.side)), written.words),
                                  written.name, office::Tone::good});
        if (may(scope, access::actions::kCloseDispute) && may_close(record, each.number, side_of(scope)))
            buttons += office::link_button("経緯と措置を書く",
                                           address_of(scope, below(record, fmt::format("disputes/{}", each.number))),
                                           office::Weight::primary);
    }
    return section(h2("相違の申出"), office::time_line(happenings), office::button_row(buttons));
}

// Which sides have not written yet: 「区と受託者」
std::string still_to_write(const Dispute& dispute)
{
    std::string sides;
    for (const auto side : {Side::ward, Side::contractor})
        if (dispute.resolution(side) == nullptr) sides += (sides.empty() ? "" : "と") + std::string(japanese(side));
    return sides;
}

// What this person can do with it now, and what it waits for.
Html steps(const office::Visit& visit, const access::Scope& scope, const Record& record)
{
    const auto& hand_over = record.hand_over;
    const auto to = [&](std::string_view step) { return address_of(scope, below(record, step)); };
    const auto paper = office::post_button(visit, "確認記録票（PDF）", to("paper"));
    if (hand_over.state == HandOverState::confirmed || hand_over.state == HandOverState::withdrawn) return paper;
    const auto side = side_of(scope);
    const auto *mine = record.signature(side), *theirs = record.signature(other(side));
    const bool signed_here = mine != nullptr && mine->holds, signed_there = theirs != nullptr && theirs->holds;
    const bool acts = may(scope, access::actions::kSignHandOver), me = hand_over.person(side) == scope.staff();
    Html buttons;
    if (acts && me && !signed_here && hand_over.state == HandOverState::open &&
        (side == hand_over.recorded_by || signed_there)) {
        buttons += office::link_button(signed_there ? "内容を確かめて署名する" : "署名する", to("signature"),
                                       office::Weight::primary);
        if (signed_there) buttons += office::link_button("相違を申し出る", to("dispute"));
    }
    if (acts && side == hand_over.recorded_by) {
        buttons += office::link_button("記録を直す", to("change"));
        buttons += office::link_button("受渡しを取り消す", to("withdrawal"));
    }
    return join(buttons, paper);
}

Html standing(const access::Scope& scope, const Record& record)
{
    const auto& hand_over = record.hand_over;
    if (hand_over.state == HandOverState::disputed)
        return office::notice(
            office::Tone::bad, "相違の申出があり、受渡しは成立していません。",
            p(fmt::format(
                "記録した側（{}"
                "）が、記録を直すか、受渡しを取り消してください。区の担当、取扱責任者、セキュリティ責任者に知らせて"
                "います。",
                japanese(hand_over.recorded_by))));
    if (const auto* dispute = record.open_dispute())
        return office::notice(
            office::Tone::bad, "相違の申出が、まだ終わっていません。",
            p(fmt::format("{}が経緯と措置を書くと終わります。それまで、区の担当、取扱責任者、セキュリティ責任者の"
                          "ホームに表示されます。",
                          still_to_write(*dispute))));
    if (hand_over.state != HandOverState::open) return {};
    const auto first = hand_over.recorded_by;
    const auto* signature = record.signature(first);
    const auto waiting = signature != nullptr && signature->holds ? other(first) : first;
    return office::notice(office::Tone::caution, "この受渡しは、まだ双方の確認が済んでいません。",
                          p(fmt::format("{}の{}さんの署名を待っています。", japanese(waiting),
                                        hand_over.from == waiting ? record.giver : record.receiver),
                            side_of(scope) == waiting ? "" : "署名が済むまで、渡したものは「受渡し中」です。"));
}

http::Response question(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                        const office::Confirmation& asked, const Record& record)
{
    auto page = office::confirmation_page(visit, asked);
    auto frame = framed(rooms, scope, page.title, Part::overview, page.body, true);
    frame.crumbs.push_back({fmt::format("第{}号", record.number), address_of(scope, below(record, ""))});
    frame.width = office::Width::text;
    frame.status = asked.refusals.empty() ? 200 : office::kRefusedForm;
    return office::show(visit, frame);
}

http::Response signature_question(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                                  const Record& record, std::vector<Refusal> refusals)
{
    return question(
        rooms, visit, scope,
        {.title = fmt::format("第{}号の確認記録票に署名します", record.number),
         .consequences = {"次の内容に、あなたが署名します。双方が同じ内容に署名すると、受渡しが成立します。",
                          "日時、取り扱った方、情報の内容、数量を、実物と見比べてください。",
                          "署名したあとで記録が変わると、双方の署名は無効になります。"},
         .summary = for_signing(rooms, visit, scope, record),
         .confirm_label = "この内容に署名する",
         .action = address_of(scope, below(record, "signature")),
         .cancel = address_of(scope, below(record, "")),
         .carried = {{"digest", digest_of(record)}},
         .refusals = std::move(refusals)},
        record);
}

http::Response words_question(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                              const Record& record, bool disputes, const office::FormState& state)
{
    const std::vector<std::string> consequences =
        disputes ? std::vector<std::string>{"受渡しは成立せず、相違として区と受託者の双方に至急の知らせが出ます。",
                                            "記録した側が、記録を直すか、受渡しを取り消します。",
                                            "そのあと双方が経緯と措置を書くまで、相違の申出は終わりません。"}
                 : std::vector<std::string>{"受渡しはなかったことになり、ものは渡した側の手元に戻ります。",
                                            "取り消した理由は、媒体・書類の履歴に残ります。"};
    return question(rooms, visit, scope,
                    {.title = disputes ? fmt::format("第{}号の受渡しに相違を申し出ます", record.number)
                                       : fmt::format("第{}号の受渡しを取り消します", record.number),
                     .consequences = consequences,
                     .summary = for_signing(rooms, visit, scope, record),
                     .confirm_label = disputes ? "相違を申し出る" : "受渡しを取り消す",
                     .action = address_of(scope, below(record, disputes ? "dispute" : "withdrawal")),
                     .cancel = address_of(scope, below(record, "")),
                     .extra = office::text_area(state, {.name = "reason",
                                                        .label = disputes ? "どこが違うか" : "取り消す理由",
                                                        .hint = "200文字まで。個人の名前や内容は書かないでください。",
                                                        .required = true,
                                                        .max_length = 200,
                                                        .rows = 3}),
                     .refusals = state.refusals},
                    record);
}

} // namespace

http::Response show_hand_over(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto record = record_in_path(rooms, visit, scope);
    if (!record) return office::show_refusal(visit, record.error(), 404);
    auto page =
        framed(rooms, scope, fmt::format("第{}号の受渡し（{}）", record->number, japanese(record->hand_over.purpose)),
               Part::overview,
               join(standing(scope, *record), facts(*record), lines_table(visit, scope, *record), signatures(*record),
                    disputes(scope, *record)),
               true);
    page.actions = steps(visit, scope, *record);
    return office::show(visit, page);
}

http::Response ask_signature(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto record = record_in_path(rooms, visit, scope);
    if (!record) return office::show_refusal(visit, record.error(), 404);
    return signature_question(rooms, visit, scope, *record, {});
}

http::Response save_signature(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto record = record_in_path(rooms, visit, scope);
    if (!record) return office::show_refusal(visit, record.error(), 404);
    const auto both = rooms.db.write([&](storage::Tx& tx) {
        return sign_hand_over(tx, scope, record->hand_over.id, visit.request.form.get("digest"));
    });
    if (!both) {
        if (both.error().is(kTextChanged)) return signature_question(rooms, visit, scope, *record, {both.error()});
        return office::show_refusal(visit, both.error(), 409);
    }
    return http::Response::see_other(path_of(scope, below(*record, "")),
                                     *both ? "署名しました。双方の確認が済み、受渡しが成立しました。"
                                           : "署名しました。もう一方の確認を待っています。");
}

http::Response ask_dispute(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto record = record_in_path(rooms, visit, scope);
    if (!record) return office::show_refusal(visit, record.error(), 404);
    return words_question(rooms, visit, scope, *record, true, {});
}

http::Response save_dispute(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto record = record_in_path(rooms, visit, scope);
    if (!record) return office::show_refusal(visit, record.error(), 404);
    const auto& form = visit.request.form;
    const auto saved = rooms.db.write(
        [&](storage::Tx& tx) { return dispute_hand_over(tx, scope, record->hand_over.id, form.get("reason")); });
    if (!saved) return words_question(rooms, visit, scope, *record, true, office::refused(form, {saved.error()}));
    return http::Response::see_other(path_of(scope, below(*record, "")),
                                     "相違を申し出ました。区と取扱責任者に表示されます。");
}

http::Response ask_withdrawal(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto record = record_in_path(rooms, visit, scope);
    if (!record) return office::show_refusal(visit, record.error(), 404);
    return words_question(rooms, visit, scope, *record, false, {});
}

http::Response save_withdrawal(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto record = record_in_path(rooms, visit, scope);
    if (!record) return office::show_refusal(visit, record.error(), 404);
    const auto& form = visit.request.form;
    const auto saved = rooms.db.write(
        [&](storage::Tx& tx) { return withdraw_hand_over(tx, scope, record->hand_over.id, form.get("reason")); });
    if (!saved) return words_question(rooms, visit, scope, *record, false, office::refused(form, {saved.error()}));
    return http::Response::see_other(path_of(scope, below(*record, "")), "受渡しを取り消しました。");
}

http::Response take_record_paper(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto record = record_in_path(rooms, visit, scope);
    if (!record) return office::show_refusal(visit, record.error(), 404);
    const auto name = rooms.name(scope);
    if (!name) return office::show_refusal(visit, name.error(), 404);
    // The taking is told first; the checkpoint after it holds it, and all that was signed.
    rooms.db.write([&](storage::Tx& tx) {
        auto entry = scope.entry("custody.paper_taken");
        entry.object = record->hand_over.id.text();
        entry.references = {{"digest", digest_of(*record)}};
        ledger::append(tx, entry);
    });
    const auto published =
        rooms.db.write([&](storage::Tx& tx) { return rooms.publisher.publish(tx, scope.moment().at); });
    const auto sides =
        rooms.db.read([&](const storage::Snapshot& snapshot) { return sides_of(snapshot, *scope.entrustment()); });
    pdf::TextSink sink;
    const auto written = write_record_paper(
        {*record, *name, sides.ward, sides.contractor, published.checkpoint, scope.moment().at}, sink, rooms.fonts);
    if (!written) return office::show_refusal(visit, written.error(), 409);
    return http::Response::download(file_name_of(*record), "application/pdf", std::move(sink).take());
}

} // namespace azukari::custody::pages
