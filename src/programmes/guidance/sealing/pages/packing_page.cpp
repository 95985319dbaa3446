// 結束・箱詰め: sealed envelopes into bundles of one category, bundles into boxes; a box is handed over under custody.
#include "custody/custody_store.h"
#include "programmes/guidance/sealing/packing_store.h"
#include "programmes/guidance/sealing/pages/packing_labels.h"
#include "programmes/guidance/sealing/pages/sealing_frame.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::guidance::sealing_pages {
namespace {

using namespace html;
using namespace access::actions;

struct Seen {
    std::map<std::string, std::int64_t> sealed; // by category, in no bundle yet
    std::vector<Bundle> bundles;
    std::vector<Box> boxes;
    std::map<std::int64_t, std::string> labels; // custody's, of the boxes
    std::map<StaffId, std::string> names;
};

Seen see(const storage::Snapshot& snapshot, const access::Scope& scope, const Batch& batch)
{
    Seen seen;
    for (const auto& letter : letters_of(snapshot, scope, batch.id))
        if (place_of(letter.envelope, letter.standing) == Place::sealed) ++seen.sealed[letter.envelope.category];
    seen.bundles = bundles_of(snapshot, scope, batch.id);
    seen.boxes = boxes_of(snapshot, scope, batch.id);
    for (const auto& bundle : seen.bundles) seen.names[bundle.by] = name_of(snapshot, bundle.by);
    for (const auto& box : seen.boxes) {
        seen.names[box.by] = name_of(snapshot, box.by);
        if (const auto thing = custody::find_thing(snapshot, batch.entrustment, box.thing))
            seen.labels[box.number] = custody::grouped_label(thing->label);
    }
    return seen;
}

Html to_tie(const office::Visit& visit, const Batch& batch, const Seen& seen)
{
    if (seen.sealed.empty()) return p("封緘して、まだ束ねていない封筒はありません。");
    Html forms;
    for (const auto& [category, count] : seen.sealed)
        forms +=
            li(fmt::format("{}: {}通　", title_of(category), office::grouped(count)),
               html::form({cls("button-form"), {"method", "post"}, {"action", address_of(batch, "/bundles")}},
                          office::hidden_field("csrf", visit.csrf), office::hidden_field("category", category),
                          office::submit_button(fmt::format("若い番号から{}通を束ねる", std::min(count, kMostInBundle)),
                                                office::Weight::secondary)));
    return ul({cls("plain-list")}, forms);
}

Html bundle_table(const office::Visit& visit, const Batch& batch, const Seen& seen, bool works)
{
    office::Table table{.caption = "束",
                        .columns = {{"束", {}, true},
                                    {"対象者区分"},
                                    {"通し番号"},
                                    {"通数", {}, true},
                                    {"箱"},
                                    {"束ねた人"},
                                    {"日時"},
                                    {"束札"}},
                        .rows = {},
                        .empty = "まだ束はありません。"};
    for (const auto& bundle : seen.bundles)
        table.rows.push_back(
            {Html(bundle.number), Html(title_of(bundle.category)),
             Html(fmt::format("{} から {}", label_of(bundle.category, bundle.first),
                              label_of(bundle.category, bundle.last))),
             Html(bundle.letters), bundle.box == 0 ? Html("まだ") : Html(fmt::format("箱{}", bundle.box)),
             Html(seen.names.at(bundle.by)), office::when_at(bundle.at),
             works ? a({href(address_of(batch, fmt::format("/packing/labels?bundle={}", bundle.number))),
                        {"download", ""}},
                       "束札", span({cls("visually-hidden")}, fmt::format("（束 {}）", bundle.number)))
                   : Html("―")});
    return office::data_table(visit, table);
}

Html box_table(const office::Visit& visit, const Batch& batch, const Seen& seen)
{
    office::Table table{.caption = "箱",
                        .columns = {{"箱"}, {"通数", {}, true}, {"ラベル"}, {"詰めた人"}, {"日時"}},
                        .rows = {},
                        .empty = "まだ箱はありません。"};
    for (const auto& box : seen.boxes) {
        const auto label = seen.labels.find(box.number);
        table.rows.push_back({Html(fmt::format("箱{}", box.number)), Html(office::grouped(box.letters)),
                              a({href(url("/entrustments/", batch.entrustment, "/custody/things/", box.thing))},
                                code(label == seen.labels.end() ? std::string("―") : label->second)),
                              Html(seen.names.at(box.by)), office::when_at(box.at)});
    }
    return office::data_table(visit, table);
}

} // namespace

http::Response show_packing(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    struct Found {
        Seen seen;
        bool closed;
    };
    const auto [seen, closed] = rooms.db.read([&](const storage::Snapshot& snapshot) {
        return Found{see(snapshot, scope, *batch), closed_at(snapshot, scope, batch->id).has_value()};
    });
    const bool works = may(scope, kSealLetters);
    const bool loose = std::ranges::any_of(seen.bundles, [](const auto& bundle) { return bundle.box == 0; });
    Html work;
    if (works && !closed)
        work = office::card("次にできること",
                            join(h3("束ねる"), to_tie(visit, *batch, seen), h3("箱に詰める"),
                                 loose ? office::post_button(visit, "箱に入っていない束をすべて一つの箱に詰める",
                                                             address_of(*batch, "/boxes"))
                                       : p("箱に入っていない束はありません。")));
    Html hand_over;
    if (!seen.boxes.empty() && may(scope, kRecordHandOver))
        hand_over = p(
            "箱を区に渡すときは、",
            a({href(url("/entrustments/", batch->entrustment, "/custody/hand-overs/new?way=deliver"))}, "納品の受渡し"),
            "を記録し、確認記録票に双方が署名します。箱に貼るラベルは",
            a({href(url("/entrustments/", batch->entrustment, "/custody/things"))}, "媒体・書類"),
            "の画面で印刷します。");
    auto page = framed(
        rooms, scope, *batch, "結束・箱詰め", Part::packing,
        join(work, bundle_table(visit, *batch, seen, works),
             when(works && !seen.bundles.empty(), p(a({href(address_of(*batch, "/packing/labels")), {"download", ""}},
                                                      "すべての束札を印刷する（PDF）"))),
             box_table(visit, *batch, seen), hand_over));
    page.lead = p(fmt::format("封緘した封筒を、対象者区分ごとに {} 通までの束にし、束を箱に詰めます。", kMostInBundle));
    return office::show(visit, page);
}

http::Response tie_bundle(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    const auto tied = rooms.db.write(
        [&](storage::Tx& tx) { return close_bundle(tx, scope, batch->id, visit.request.form.get("category")); });
    if (!tied) return office::show_refusal(visit, tied.error(), 409);
    return http::Response::see_other(path_of(*batch, "/packing"),
                                     fmt::format("束 {}（{} から {}、{}通）を束ねました。", tied->number,
                                                 label_of(tied->category, tied->first),
                                                 label_of(tied->category, tied->last), tied->letters));
}

http::Response fill_box(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    IdSource ids(scope.moment().at, rooms.entropy);
    const auto box =
        rooms.db.write([&](storage::Tx& tx) { return close_box(tx, ids, rooms.entropy, scope, batch->id); });
    if (!box) return office::show_refusal(visit, box.error(), 409);
    return http::Response::see_other(path_of(*batch, "/packing"),
                                     fmt::format("箱{}（{}通）に詰めました。", box->number, box->letters));
}

http::Response take_packing_labels(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    auto bundles =
        rooms.db.read([&](const storage::Snapshot& snapshot) { return bundles_of(snapshot, scope, batch->id); });
    if (const auto wanted = visit.request.query.get("bundle"); !wanted.empty())
        std::erase_if(bundles, [&](const auto& bundle) { return std::to_string(bundle.number) != wanted; });
    if (bundles.empty()) return http::Response::see_other(path_of(*batch, "/packing"), "印刷する束札がありません。");
    pdf::TextSink sink;
    const auto written = write_bundle_labels(*batch, bundles, scope.moment().at, sink, rooms.press.fonts);
    if (!written) return office::show_refusal(visit, written.error(), 409);
    return http::Response::download("束札.pdf", "application/pdf", std::move(sink).take());
}

} // namespace azukari::guidance::sealing_pages
