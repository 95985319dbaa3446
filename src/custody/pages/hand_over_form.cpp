// Recording a hand-over, and correcting one: first which way, then who, when and what.
#include "custody/pages/custody_frame.h"
#include "custody/rooms/room.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::custody::pages {
namespace {

using namespace html;

struct Way {
    std::string_view code, words, hint;
    Purpose purpose;
    Side from;
};
constexpr Way kWays[] = {
    {"provide", "提供（区から受託者へ）", "媒体やパスワード通知書、紙を貸し、あとで返してもらいます。",
     Purpose::provide, Side::ward},
    {"deliver", "納品（受託者から区へ）", "できあがったものを渡します。戻りません。", Purpose::deliver,
     Side::contractor},
    {"return", "返却（受託者から区へ）", "区から預かったものを返します。", Purpose::give_back, Side::contractor},
    {"return-to", "返却（区から受託者へ）", "受託者から預かったものを返します。", Purpose::give_back, Side::ward},
    {"lend", "その他（区から受託者へ）", "返してもらうもの。", Purpose::lend, Side::ward},
    {"lend-to", "その他（受託者から区へ）", "返してもらうもの。", Purpose::lend, Side::contractor},
};

const Way* way_of(std::string_view code)
{
    const auto found =
        std::find_if(std::begin(kWays), std::end(kWays), [&](const Way& way) { return way.code == code; });
    return found == std::end(kWays) ? nullptr : found;
}

const Way* way_of(const HandOver& hand_over)
{
    const auto found = std::find_if(std::begin(kWays), std::end(kWays), [&](const Way& way) {
        return way.purpose == hand_over.purpose && way.from == hand_over.from;
    });
    return found == std::end(kWays) ? nullptr : found;
}

struct Offer { // whom and what the form offers
    std::vector<party::Staff> givers, receivers, carriers;
    std::vector<KnownThing> things;
};

// What can go that way: with the giver, of the right owner; and what already stands on the record that is corrected.
Offer offer_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, const Way& way, const Record* record)
{
    Offer offer{signers_of(snapshot, entrustment, way.from),
                signers_of(snapshot, entrustment, other(way.from)),
                carriers_of(snapshot, entrustment, way.from),
                {}};
    for (auto& one : carriers_of(snapshot, entrustment, other(way.from))) offer.carriers.push_back(std::move(one));
    for (auto& known : things_of(snapshot, entrustment)) {
        const auto& thing = known.thing;
        const bool listed = record != nullptr && std::any_of(record->lines.begin(), record->lines.end(),
                                                             [&](const auto& line) { return line.thing == thing.id; });
        const bool owned = (way.purpose == Purpose::give_back) != (thing.owner == way.from);
        if (listed || (thing.state == ThingState::kept && thing.with == way.from && owned))
            offer.things.push_back(std::move(known));
    }
    return offer;
}

http::Response ask_way(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    Html cards;
    for (const auto& way : kWays)
        cards += office::link_card(way.words, address_of(scope, "hand-overs/new").with("way", way.code), p(way.hint));
    auto page = framed(rooms, scope, "受渡しを記録する", Part::overview, office::card_grid(cards), true);
    page.lead = p("どの受渡しかを選んでください。記録した側が先に署名し、もう一方が確かめて署名します。");
    return office::show(visit, page);
}

Html thing_fields(const office::FormState& state, const Offer& offer)
{
    Html all;
    for (const auto& known : offer.things) {
        const auto id = known.thing.id.text();
        const auto take = "take-" + id, content = "content-" + id, quantity = "quantity-" + id;
        const auto named = fmt::format("{}　{}", grouped_label(known.label), known.words());
        const auto content_label = fmt::format("情報の内容（{}）", grouped_label(known.label));
        const auto quantity_label = fmt::format("数えた数量（{}、単位は{}）", grouped_label(known.label), known.unit);
        all += office::field_group(named, join(office::checkbox(state, {.name = take, .label = "これを渡す"}),
                                               office::text_field(state, {.name = content,
                                                                          .label = content_label,
                                                                          .max_length = 200,
                                                                          .needed_when = "渡すときは必須"}),
                                               office::text_field(state, {.name = quantity,
                                                                          .label = quantity_label,
                                                                          .inputmode = "numeric",
                                                                          .max_length = 7,
                                                                          .size = office::Field::Size::small,
                                                                          .needed_when = "渡すときは必須"})));
    }
    return all;
}

Html people_fields(const office::FormState& state, const Offer& offer)
{
    using Size = office::Field::Size;
    return join(
        office::select_field(state, {.name = "giver", .label = "渡した方", .required = true, .size = Size::medium},
                             choices_of(offer.givers)),
        office::select_field(state,
                             {.name = "receiver", .label = "受け取った方", .required = true, .size = Size::medium},
                             choices_of(offer.receivers)),
        office::select_field(state,
                             {.name = "carrier",
                              .label = "運んだ方",
                              .hint = "媒体とパスワード通知書は、別の方が運びます。",
                              .required = true,
                              .size = Size::medium},
                             choices_of(offer.carriers)),
        office::date_field(state, {.name = "day", .label = "受渡しの日", .required = true}),
        office::text_field(state, {.name = "clock",
                                   .label = "時刻",
                                   .hint = "例: 14:30",
                                   .required = true,
                                   .max_length = 5,
                                   .size = Size::small}));
}

http::Response form_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Way& way,
                         const Record* record, const office::FormState& state)
{
    const auto offer = rooms.db.read(
        [&](const storage::Snapshot& snapshot) { return offer_of(snapshot, *scope.entrustment(), way, record); });
    const auto below = record != nullptr ? "hand-overs/" + record->hand_over.id.text() : std::string("hand-overs/new");
    const auto back = address_of(scope, record != nullptr ? below : "");
    const auto title = record != nullptr ? fmt::format("第{}号の受渡しを直す", record->number)
                                         : fmt::format("{}を記録する", way.words);
    if (offer.things.empty())
        return show_form(rooms, visit, scope, title, Part::overview, state, {},
                         join(office::notice(office::Tone::info, "この受渡しで渡せるものがありません。",
                                             p("先に、媒体・書類を登録してください。受渡し中のものは選べません。")),
                              office::button_row(office::link_button("媒体・書類", address_of(scope, "things")))));
    Html due;
    if (way.purpose == Purpose::provide || way.purpose == Purpose::lend)
        due = office::date_field(state, {.name = "due", .label = "返却の期限", .hint = "決まっていれば選びます。"});
    return show_form(
        rooms, visit, scope, title, Part::overview, state,
        record != nullptr ? "直すと、済んでいる署名は無効になり、双方がもう一度署名します。"
                          : "実際に数えてから記録してください。署名は次の画面で行います。",
        office::post_form(
            visit, address_of(scope, record != nullptr ? below + "/change" : below), office::error_summary(state),
            office::hidden_field("way", way.code), people_fields(state, offer), due,
            h2({{"id", "f-things"}, {"tabindex", "-1"}}, "渡すもの"), thing_fields(state, offer),
            office::button_row(join(office::submit_button(record != nullptr ? "直して記録する" : "記録する"),
                                    office::link_button("やめて戻る", back)))));
}

struct Sent {
    NewHandOver wanted;
    std::vector<Refusal> refusals;
};

Sent sent(const Rooms& rooms, const http::Fields& form, const access::Scope& scope, const Way& way)
{
    Sent sent{{.purpose = way.purpose,
               .from = way.from,
               .giver = StaffId::parse(form.get("giver")),
               .receiver = StaffId::parse(form.get("receiver")),
               .carrier = StaffId::parse(form.get("carrier")),
               .lines = {}},
              {}};
    if (const auto at = moment_of(form.get("day"), form.get("clock")))
        sent.wanted.at = *at;
    else
        sent.refusals.emplace_back(kMomentExpected, std::vector<std::string>{},
                                   CivilDate::parse(form.get("day")) ? "clock" : "day");
    if (const auto due = form.get("due"); !due.empty()) {
        if (const auto day = CivilDate::parse(due))
            sent.wanted.due = *day;
        else
            sent.refusals.emplace_back(kDueExpected, std::vector<std::string>{}, "due");
    }
    const auto things = rooms.db.read([&](const storage::Snapshot& s) { return things_of(s, *scope.entrustment()); });
    for (const auto& known : things) {
        const auto id = known.thing.id.text();
        if (form.get("take-" + id) != "yes") continue;
        const auto quantity = number_of(form.get("quantity-" + id));
        if (!quantity) sent.refusals.emplace_back(kQuantityExpected, std::vector<std::string>{}, "quantity-" + id);
        sent.wanted.lines.push_back({known.thing.id, std::string(form.get("content-" + id)), quantity.value_or(0)});
    }
    return sent;
}

// What a new form begins with: the person themselves on their side, now, each thing's own words.
office::FormState beginning(const Rooms& rooms, const access::Scope& scope, const Way& way)
{
    std::vector<std::pair<std::string, std::string>> values{
        {side_of(scope) == way.from ? "giver" : "receiver", scope.staff().text()},
        {"day", scope.moment().today.iso()},
        {"clock", clock_of(static_cast<int>((scope.moment().at - scope.moment().today.midnight()).micros /
                                            Duration::minutes(1).micros))}};
    const auto things = rooms.db.read([&](const storage::Snapshot& s) { return things_of(s, *scope.entrustment()); });
    for (const auto& known : things) values.emplace_back("content-" + known.thing.id.text(), known.title);
    return office::filled(std::move(values));
}

office::FormState as_recorded(const Rooms& rooms, const access::Scope& scope, const Record& record)
{
    const auto& hand_over = record.hand_over;
    const auto day = CivilDate::of(hand_over.at);
    std::vector<std::pair<std::string, std::string>> values{
        {"giver", hand_over.giver.text()},
        {"receiver", hand_over.receiver.text()},
        {"carrier", hand_over.carrier.text()},
        {"day", day.iso()},
        {"clock", clock_of(static_cast<int>((hand_over.at - day.midnight()).micros / Duration::minutes(1).micros))},
        {"due", hand_over.due ? hand_over.due->iso() : std::string()}};
    for (const auto& line : record.lines) {
        values.emplace_back("take-" + line.thing.text(), "yes");
        values.emplace_back("content-" + line.thing.text(), line.content);
        values.emplace_back("quantity-" + line.thing.text(), std::to_string(line.quantity));
    }
    const auto things = rooms.db.read([&](const storage::Snapshot& s) { return things_of(s, *scope.entrustment()); });
    for (const auto& known : things) values.emplace_back("content-" + known.thing.id.text(), known.title);
    return office::filled(std::move(values));
}

Result<Record> record_in_path(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = id_in_path<HandOverId>(visit, "hand_over");
    if (!id) return refuse(kNoSuchHandOver);
    return rooms.db.read(
        [&](const storage::Snapshot& snapshot) { return find_record(snapshot, *scope.entrustment(), *id); });
}

} // namespace

http::Response ask_hand_over(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto* way = way_of(visit.request.query.get("way"));
    if (way == nullptr) return ask_way(rooms, visit, scope);
    return form_page(rooms, visit, scope, *way, nullptr, beginning(rooms, scope, *way));
}

http::Response save_hand_over(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto* way = way_of(form.get("way"));
    if (way == nullptr) return ask_way(rooms, visit, scope);
    auto [wanted, refusals] = sent(rooms, form, scope, *way);
    if (!refusals.empty())
        return form_page(rooms, visit, scope, *way, nullptr, office::refused(form, std::move(refusals)));
    IdSource ids(scope.moment().at, rooms.entropy);
    const auto saved = rooms.db.write([&](storage::Tx& tx) { return record_hand_over(tx, ids, scope, wanted); });
    if (!saved) return form_page(rooms, visit, scope, *way, nullptr, office::refused(form, {saved.error()}));
    return http::Response::see_other(path_of(scope, "hand-overs/" + saved->text()),
                                     "受渡しを記録しました。次に署名してください。");
}

http::Response ask_change(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto record = record_in_path(rooms, visit, scope);
    if (!record) return office::show_refusal(visit, record.error(), 404);
    return form_page(rooms, visit, scope, *way_of(record->hand_over), &*record, as_recorded(rooms, scope, *record));
}

http::Response save_change(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto record = record_in_path(rooms, visit, scope);
    if (!record) return office::show_refusal(visit, record.error(), 404);
    const auto& form = visit.request.form;
    const auto& way = *way_of(record->hand_over);
    auto [wanted, refusals] = sent(rooms, form, scope, way);
    if (!refusals.empty())
        return form_page(rooms, visit, scope, way, &*record, office::refused(form, std::move(refusals)));
    const auto saved =
        rooms.db.write([&](storage::Tx& tx) { return change_hand_over(tx, scope, record->hand_over.id, wanted); });
    if (!saved) return form_page(rooms, visit, scope, way, &*record, office::refused(form, {saved.error()}));
    return http::Response::see_other(path_of(scope, "hand-overs/" + record->hand_over.id.text()),
                                     "記録を直しました。双方の署名が、もう一度必要です。");
}

} // namespace azukari::custody::pages
