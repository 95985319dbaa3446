// 回収の確認: the ward goes through everything it entrusted, and says of each thing what became of it.
#include "custody/copies/copy_store.h"
#include "erasure/pages/ending_frame.h"
#include "restitution/collection_store.h"
#include "restitution/restitution_refusals.h"

#include <fmt/format.h>

namespace azukari::erasure::pages {
namespace {

using namespace html;
using restitution::Answer;
using restitution::Thing;

struct Seen {
    std::vector<Thing> things;
    std::vector<restitution::Finding> findings;
    std::map<StaffId, std::string> names;
};

Thing thing_of(const custody::Copy& copy)
{
    Thing thing{"copy:" + copy.id.text(), "持ち出した写し",
                fmt::format("{}（{}人、{}）", custody::japanese(copy.door), copy.persons, copy.recipient),
                "まだ戻っていない"};
    thing.settled = copy.settled.has_value();
    if (copy.settled) thing.state = custody::japanese(copy.settled->settlement.how);
    return thing;
}

Thing thing_of(const retention::Document& document, const retention::Rule& rule)
{
    const bool gone = document.gone || document.disposed_at.has_value();
    return {"document:" + document.object,
            fmt::format("{}: {}", document.by_hand ? "書類" : "システム内のデータ", rule.name), document.label,
            gone ? "廃棄・返還・消去の記録がある" : "保存している", gone};
}

// What the register says was entrusted, every copy that left, everything that is kept.
Seen see(const Rooms& rooms, const access::Scope& scope, const Told& told)
{
    return rooms.means.db.read([&](const storage::Snapshot& snapshot) {
        const auto id = *scope.entrustment();
        Seen seen;
        for (std::size_t i = 0; i < told.media.size(); ++i)
            seen.things.push_back(
                {fmt::format("media:{}", i + 1), "登録された記録媒体", told.media[i], "登録のとおり"});
        for (const auto& copy : custody::copies_of(snapshot, id)) seen.things.push_back(thing_of(copy));
        for (const auto& document : ruled_documents(rooms, snapshot, scope, told))
            seen.things.push_back(thing_of(document, *rooms.rules.find(told.code, document.kind)));
        seen.findings = restitution::findings_of(snapshot, id);
        for (const auto& finding : seen.findings) seen.names.emplace(finding.by, name_of(snapshot, finding.by));
        return seen;
    });
}

Html found_cell(const Seen& seen, const Thing& thing)
{
    const auto* finding = restitution::finding_of(seen.findings, thing.key);
    if (finding == nullptr) return office::chip(office::Tone::caution, "まだ確かめていません");
    const auto tone = finding->answer == Answer::missing ? office::Tone::bad : office::Tone::good;
    return join(office::chip(tone, restitution::japanese(finding->answer)), br(),
                small(join(office::when_at(finding->at), "　", seen.names.at(finding->by))),
                when(!finding->note.empty(), join(br(), small(finding->note))));
}

Html summary_of(const Seen& seen)
{
    const auto counted = restitution::count(seen.things, seen.findings);
    if (counted.missing > 0)
        return office::notice(office::Tone::bad, fmt::format("見当たらないものが{}件あります。", counted.missing),
                              p("紛失のおそれがあります。直ちに受託者に確認し、事故として扱ってください。"));
    if (counted.complete())
        return office::notice(office::Tone::good, fmt::format("{}件すべてを確かめました。", counted.things));
    return office::notice(office::Tone::info,
                          fmt::format("{}件のうち{}件を確かめました。", counted.things, counted.found));
}

// What was found of one thing: asked for above the list, so that it is seen at once.
Html finding_form(const office::Visit& visit, const access::Scope& scope, const Thing& thing,
                  const office::FormState& state)
{
    std::vector<office::Choice> answers;
    for (const auto answer : {Answer::collected, Answer::destroyed, Answer::kept, Answer::missing})
        answers.push_back({std::string(restitution::code_of(answer)), std::string(restitution::japanese(answer))});
    return office::card(
        fmt::format("「{}」を確かめた結果", thing.name),
        office::post_form(
            visit, address_of(scope, "/collection"), office::error_summary(state),
            office::hidden_field("thing", thing.key), p(thing.kind, "　記録では: ", thing.state),
            office::radio_group(state, {.name = "answer", .label = "どうだったか", .required = true}, answers),
            office::text_area(state,
                              {.name = "note",
                               .label = "メモ",
                               .hint = "数量、媒体の番号、見当たらないときの経緯など。200文字まで。個人の名前は書"
                                       "かないでください。",
                               .max_length = 200,
                               .rows = 2,
                               .needed_when = "見当たらないときは必須"}),
            office::button_row(join(office::submit_button("記録する"),
                                    office::link_button("やめて戻る", address_of(scope, "/collection"))))));
}

http::Response collection_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                               const office::FormState& state)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto seen = see(rooms, scope, *told);
    const bool collects = may(scope, access::actions::kCollect);
    office::Table table{.caption = "区から預けたものと、その写し",
                        .columns = {{"もの"}, {"記録では"}, {"区が確かめた結果"}},
                        .rows = {}};
    if (collects) table.columns.push_back({"すること"});
    Html form;
    for (const auto& thing : seen.things) {
        office::Row row{join(strong(thing.name), br(), small(thing.kind)),
                        office::chip(thing.settled ? office::Tone::good : office::Tone::neutral, thing.state),
                        found_cell(seen, thing)};
        if (collects) {
            const bool again = restitution::finding_of(seen.findings, thing.key) != nullptr;
            row.push_back(a({href(address_of(scope, "/collection").with("thing", thing.key))},
                            again ? "結果を直す" : "確かめる",
                            span({cls("visually-hidden")}, fmt::format("（{}）", thing.name))));
            if (thing.key == state.value("thing")) form = finding_form(visit, scope, thing, state);
        }
        table.rows.push_back(std::move(row));
    }
    if (form.empty()) form = office::error_summary(state); // of a thing that is not on the list
    auto page = framed(scope, *told, "回収の確認", Part::collection,
                       join(form, summary_of(seen), office::data_table(visit, table)));
    page.lead = p("契約が終わったあと、区が預けたものを回収し、なくなったものがないか確かめるページです。");
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    return office::show(visit, page);
}

} // namespace

http::Response show_collection(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return collection_page(rooms, visit, scope,
                           office::filled({{"thing", std::string(visit.request.query.get("thing"))}}));
}

http::Response add_finding(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto& form = visit.request.form;
    const auto seen = see(rooms, scope, *told);
    const bool known = std::any_of(seen.things.begin(), seen.things.end(),
                                   [&](const Thing& thing) { return thing.key == form.get("thing"); });
    const auto answer = restitution::answer_of(form.get("answer"));
    std::vector<Refusal> refusals;
    if (!known) refusals.emplace_back(restitution::kNoSuchThing, std::vector<std::string>{}, "thing");
    if (!answer) refusals.emplace_back(restitution::kAnswerExpected, std::vector<std::string>{}, "answer");
    if (!refusals.empty()) return collection_page(rooms, visit, scope, office::refused(form, std::move(refusals)));
    const auto done = rooms.means.db.write([&](storage::Tx& tx) {
        return restitution::record_finding(tx, scope, form.get("thing"), *answer, form.get("note"));
    });
    if (!done) return collection_page(rooms, visit, scope, office::refused(form, {done.error()}));
    return http::Response::see_other(path_of(scope, "/collection"), "確かめた結果を記録しました。");
}

} // namespace azukari::erasure::pages
