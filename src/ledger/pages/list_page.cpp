// The ledger itself: newest first, narrowed by period, act, person, entrustment and object.
#include "ledger/acts.h"
#include "ledger/ledger_store.h"
#include "ledger/pages/reader.h"
#include "office/shell/shell.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace azukari::ledger::pages {
namespace {

using html::Html;
using html::url;
using office::Choice;
using office::FormState;
using office::Visit;

constexpr std::size_t kPage = 50;
constexpr std::uint64_t kCounted = 1000;
constexpr const char* kFields[] = {"from", "until", "act", "actor", "entrustment", "object"};

std::optional<std::uint64_t> number(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || stop != text.data() + text.size() || value > INT64_MAX) return std::nullopt;
    return value;
}

// What was asked for, and what of it could not be understood.
struct Asked {
    Filter filter;
    Place place;
    std::vector<Refusal> refusals;
};

std::optional<Instant> day(const http::Fields& query, const char* field, std::int32_t days_later, Asked& asked)
{
    const auto text = query.get(field);
    if (text.empty()) return std::nullopt;
    const auto date = CivilDate::parse(text);
    if (date) return date->plus_days(days_later).midnight();
    asked.refusals.emplace_back(date.error().kind(), std::vector<std::string>{}, field);
    return std::nullopt;
}

Asked asked_for(const http::Fields& query, const Reader& reader)
{
    Asked asked;
    asked.filter.from = day(query, "from", 0, asked);
    asked.filter.until = day(query, "until", 1, asked);
    if (asked.filter.from && asked.filter.until && *asked.filter.until <= *asked.filter.from)
        asked.refusals.emplace_back(kBeforePeriod, std::vector<std::string>{}, "until");
    asked.filter.act = query.get("act");
    asked.filter.actor = query.get("actor");
    asked.filter.entrustment = EntrustmentId::parse(query.get("entrustment"));
    asked.filter.object = query.get("object");
    asked.filter.reach = reader.reach();
    asked.place = {number(query.get("before")), number(query.get("after"))};
    return asked;
}

// The rooms' words by the first word of their acts' codes, in the order of the menu.
constexpr std::pair<std::string_view, std::string_view> kGroups[] = {{"register", "委託の登録"},
                                                                     {"flow", "委託の登録"},
                                                                     {"matters", "委託の登録"},
                                                                     {"approval", "承認"},
                                                                     {"roster", "名簿と研修"},
                                                                     {"training", "名簿と研修"},
                                                                     {"person", "対象者"},
                                                                     {"consent", "対象者"},
                                                                     {"attachment", "対象者"},
                                                                     {"purpose", "利用目的と説明文"},
                                                                     {"text", "利用目的と説明文"},
                                                                     {"agency", "利用目的と説明文"},
                                                                     {"indirect", "利用目的と説明文"},
                                                                     {"guidance", "通知の印字"},
                                                                     {"custody", "受渡し・保管"},
                                                                     {"printing", "印刷"},
                                                                     {"retention", "保存期間と消去"},
                                                                     {"erasure", "保存期間と消去"},
                                                                     {"restitution", "返還と回収"},
                                                                     {"ledger", "記録台帳"},
                                                                     {"access", "人とログイン"},
                                                                     {"party", "人とログイン"},
                                                                     {"keys", "鍵とバックアップ"},
                                                                     {"backup", "鍵とバックアップ"},
                                                                     {"server", "システム"},
                                                                     {"store", "システム"},
                                                                     {"job", "システム"}};
constexpr std::string_view kOtherActs = "そのほか";

std::string_view group_of(std::string_view act)
{
    const auto room = act.substr(0, act.find('.'));
    for (const auto& [code, words] : kGroups)
        if (code == room) return words;
    return kOtherActs;
}

std::vector<Choice> act_choices()
{
    std::vector<std::string_view> groups;
    for (const auto& [code, words] : kGroups)
        if (std::find(groups.begin(), groups.end(), words) == groups.end()) groups.push_back(words);
    groups.push_back(kOtherActs);
    std::vector<Choice> choices{{"", "すべて"}};
    for (const auto group : groups)
        for (const auto& act : kActs)
            if (group_of(act.code) == group)
                choices.push_back({std::string(act.code), std::string(act.japanese), {}, false, std::string(group)});
    return choices;
}

std::vector<Choice> person_choices(const Reader& reader)
{
    std::vector<Choice> choices{{"", "すべて"}};
    if (!reader.reach()) choices.push_back({"system", "システム"});
    for (const auto& [id, name] : reader.people()) choices.push_back({id, name});
    return choices;
}

std::vector<Choice> entrustment_choices(const Reader& reader)
{
    std::vector<Choice> choices{{"", "すべて"}};
    for (const auto& [id, name] : reader.entrustments()) choices.push_back({id.text(), name});
    return choices;
}

Html filter_of(const http::Fields& query, const Asked& asked, const Reader& reader)
{
    const FormState state{query, asked.refusals};
    const auto small = office::Field::Size::small;
    return html::join(
        office::error_summary(state),
        office::filter_form(
            url("/ledger"), office::date_field(state, {.name = "from", .label = "この日から", .size = small}),
            office::date_field(state, {.name = "until", .label = "この日まで", .size = small}),
            office::select_field(state, {.name = "act", .label = "行為"}, act_choices()),
            office::select_field(state, {.name = "actor", .label = "行為者"}, person_choices(reader)),
            office::select_field(state, {.name = "entrustment", .label = "委託"}, entrustment_choices(reader)),
            office::text_field(state, {.name = "object", .label = "対象の番号"})));
}

html::Url here(const http::Fields& query)
{
    auto address = url("/ledger");
    for (const auto* field : kFields)
        if (!query.get(field).empty()) address = address.with(field, query.get(field));
    return address;
}

// Links to the pages before and after. A page is named by the entry it starts beyond, so new entries shift nothing.
Html turning(const http::Fields& query, const Found& found)
{
    Html links;
    if (found.newer) links += office::link_button("新しい記録へ", here(query).with("after", found.entries.front().seq));
    if (found.older) links += office::link_button("古い記録へ", here(query).with("before", found.entries.back().seq));
    if (links.empty()) return {};
    return html::nav({{"aria-label", "記録のページ"}}, office::button_row(links));
}

Html state_of(const storage::Snapshot& snapshot, const Rooms& rooms)
{
    const auto head = read_head(snapshot);
    const auto witnessing = rooms.publisher.witnessing(snapshot);
    const auto since = witnessing.last ? office::when_at(witnessing.last->at) : Html("まだありません");
    return office::description_list({{"記録の件数", counted(head.entries)},
                                     {"区が最後に連署した時点", since},
                                     {"区の連署がまだない記録", counted(witnessing.unwitnessed)}});
}

http::Response show_list(const Rooms& rooms, const Visit& visit, const access::Scope& scope)
{
    return rooms.db.read([&](const storage::Snapshot& snapshot) {
        const auto& query = visit.request.query;
        const Reader reader(snapshot, scope, rooms);
        const auto asked = asked_for(query, reader);
        const bool sound = asked.refusals.empty();
        const auto found = sound ? find_entries(snapshot, asked.filter, asked.place, kPage) : Found{};
        const auto count = sound ? count_entries(snapshot, asked.filter, kCounted) : 0;
        std::vector<office::Row> rows;
        for (const auto& one : found.entries)
            rows.push_back({html::a({html::href(url("/ledger/entries/", one.seq))}, one.seq),
                            office::when_at(one.entry.at), Reader::act(one.entry), reader.actor(one.entry),
                            reader.entrustment(one.entry), Reader::outcome(one.entry)});
        const auto caption = fmt::format("記録（{}{}、新しい順）", counted(count), count == kCounted ? "以上" : "");
        office::Page page{"記録台帳",
                          html::join(state_of(snapshot, rooms), filter_of(query, asked, reader),
                                     office::data_table(visit, {.caption = caption,
                                                                .columns = {{.label = "番号", .number = true},
                                                                            {.label = "日時"},
                                                                            {.label = "行為"},
                                                                            {.label = "行為者"},
                                                                            {.label = "委託"},
                                                                            {.label = "結果"}},
                                                                .rows = rows,
                                                                .empty = "条件に合う記録はありません。"}),
                                     turning(query, found))};
        page.lead =
            "預かった情報についてのすべての行為の記録です。あとから書き換えると、必ず分かるように保存しています。";
        page.actions = html::when(access::grants(access::actions::kTakeEvidence, scope.role()),
                                  office::link_button("証拠を取り出す", url("/ledger/evidence")));
        page.actions += html::when(access::grants(access::actions::kWitness, scope.role()),
                                   office::link_button("区の連署", url("/ledger/witness")));
        if (!sound) page.status = office::kRefusedForm;
        return office::show(visit, page);
    });
}

} // namespace

void add_list(std::vector<office::Route>& routes, const Rooms& rooms)
{
    routes.push_back(
        office::get("/ledger", access::actions::kSeeLedger, [rooms](const Visit& visit, const access::Scope& scope) {
            return show_list(rooms, visit, scope);
        }));
}

} // namespace azukari::ledger::pages
