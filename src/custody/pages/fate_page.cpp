// What becomes of a thing beside being handed over: counted anew, lost, found again, destroyed.
#include "custody/copies/copy_refusals.h"
#include "custody/pages/custody_frame.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::custody::pages {
namespace {

using namespace html;

struct Fate {
    std::string_view code, title, question, hint, button, done;
    std::string_view field;
    bool grave;
};
constexpr Fate kFates[] = {
    {"count", "数え直す", "数が変わった理由", "例: 印刷の損紙2枚を除いたため", "数え直しを記録する",
     "数え直しを記録しました。", "reason", false},
    {"loss", "所在不明を報告する", "いつ、どこで気付いたか", "区と受託者の双方に、至急の知らせとして表示されます。",
     "所在不明を報告する", "所在不明を報告しました。区と取扱責任者に、直ちに電話でも知らせてください。",
     "circumstances", true},
    {"discovery", "見つかったことを報告する", "どこで見つかったか", "開けられた跡がないかも書いてください。",
     "見つかったことを報告する", "見つかったことを報告しました。", "circumstances", false},
    {"destruction", "廃棄を記録する", "廃棄の方法", "例: 物理破壊（穿孔）、細断", "廃棄を記録する",
     "廃棄を記録しました。", "method", true},
};

const Fate* fate_of(const office::Visit& visit)
{
    const auto code = visit.request.path_params.get("fate");
    const auto found =
        std::find_if(std::begin(kFates), std::end(kFates), [&](const Fate& fate) { return fate.code == code; });
    return found == std::end(kFates) ? nullptr : found;
}

http::Response fate_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Fate& fate,
                         const office::FormState& state)
{
    const auto id = id_in_path<ThingId>(visit, "thing");
    std::vector<party::Staff> people;
    const auto thing = rooms.db.read([&](const storage::Snapshot& snapshot) {
        people = people_of(snapshot, *scope.entrustment(), side_of(scope));
        return id ? find_thing(snapshot, *scope.entrustment(), *id) : std::nullopt;
    });
    if (!thing) return office::show_refusal(visit, Refusal(kNoSuchThing), 404);
    std::erase_if(people, [&](const auto& each) { return each.id == scope.staff(); });
    Html fields;
    if (fate.code == "count")
        fields +=
            office::text_field(state, {.name = "quantity",
                                       .label = "いまの数量",
                                       .hint = fmt::format("台帳では{}{}です。", thing->thing.quantity, thing->unit),
                                       .required = true,
                                       .inputmode = "numeric",
                                       .max_length = 7,
                                       .size = office::Field::Size::small});
    fields += office::text_area(state, {.name = fate.field,
                                        .label = fate.question,
                                        .hint = fate.hint,
                                        .required = true,
                                        .max_length = 200,
                                        .rows = 3});
    if (fate.code == "destruction")
        fields += office::select_field(
            state, {.name = "witness", .label = "立ち会った方", .required = true, .size = office::Field::Size::medium},
            choices_of(people));
    const auto back = address_of(scope, "things/" + id->text());
    return show_form(
        rooms, visit, scope, std::string(fate.title), Part::things, state,
        fmt::format("{}　{}　{}", thing->words(), grouped_label(thing->label), thing->title),
        office::post_form(
            visit, address_of(scope, fmt::format("things/{}/fate/{}", id->text(), fate.code)),
            office::error_summary(state), fields,
            office::button_row(
                join(office::submit_button(fate.button, fate.grave ? office::Weight::danger : office::Weight::primary),
                     office::link_button("やめて戻る", back)))));
}

} // namespace

http::Response ask_fate(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto* fate = fate_of(visit);
    if (fate == nullptr) return office::show_refusal(visit, Refusal(kNoSuchThing), 404);
    return fate_form(rooms, visit, scope, *fate, {});
}

http::Response save_fate(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto* fate = fate_of(visit);
    const auto id = id_in_path<ThingId>(visit, "thing");
    if (fate == nullptr || !id) return office::show_refusal(visit, Refusal(kNoSuchThing), 404);
    const auto& form = visit.request.form;
    const auto words = form.get(fate->field);
    const auto saved = rooms.db.write([&](storage::Tx& tx) -> Result<void> {
        if (fate->code == "count")
            return record_recount(tx, scope, *id, number_of(form.get("quantity")).value_or(0), words);
        if (fate->code == "loss") return report_lost(tx, scope, *id, words);
        if (fate->code == "discovery") return report_found(tx, scope, *id, words);
        return record_destruction(tx, scope, *id, words, StaffId::parse(form.get("witness")));
    });
    if (!saved) return fate_form(rooms, visit, scope, *fate, office::refused(form, {saved.error()}));
    return http::Response::see_other(path_of(scope, "things/" + id->text()), std::string(fate->done));
}

} // namespace azukari::custody::pages
