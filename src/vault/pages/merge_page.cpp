// 重複の確認: two registrations side by side, their differences marked; the supervisor decides item by item, and can take
// it back.
#include "vault/merge/merge.h"

#include "vault/merge/distinction_store.h"
#include "vault/merge/merge_store.h"
#include "vault/pages/frame.h"
#include "vault/purpose/purpose_store.h"
#include "vault/vault_refusals.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::vault::pages {
namespace {

using namespace html;

constexpr std::string_view kWhy = "例: 同じ方が二度申し込んだと思われるため。";

std::vector<Purpose> purposes_now(const Rooms& rooms, const access::Scope& scope)
{
    return rooms.vault.db().read(
        [&](const storage::Snapshot& snapshot) { return purposes(snapshot, *scope.entrustment()); });
}

http::Response question(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Pair& pair,
                        const office::FormState& state)
{
    auto page =
        framed(rooms, scope, "2件の登録を見比べる",
               office::post_form(
                   visit, url("/entrustments/", *scope.entrustment(), "/persons/compare"), office::error_summary(state),
                   picked(pair), use_fields(state, purposes_now(rooms, scope), kWhy),
                   office::button_row(join(office::submit_button("記録して見比べる"),
                                           office::link_button("やめる", address(scope), office::Weight::plain)))));
    page.lead = p("2件の内容を並べて開きます。開いたことは、それぞれの方について記録台帳に残ります。");
    page.width = office::Width::text;
    return show_form(visit, std::move(page), state);
}

const RecordVersion* basic_of(const Vault::Revealed& seen)
{
    for (const auto& record : seen.records)
        if (record.kind == kBasic && record.subject == seen.person.subject) return &record;
    return nullptr;
}

Html choice_cell(std::string_view code, std::string_view side, std::string_view label, std::string_view value,
                 bool chosen)
{
    const auto id = fmt::format("f-choice.{}{}", code, side == "kept" ? "" : "-2");
    return div({cls("option")},
               input({{"type", "radio"},
                      {"id", id},
                      {"name", fmt::format("choice.{}", code)},
                      {"value", side},
                      flag("required", true),
                      flag("checked", chosen)}),
               html::label({{"for", id}}, value.empty() ? Html("（記載なし）") : lines(value),
                           span({cls("visually-hidden")}, "（", label, "）")));
}

// Every item of either; those that differ are marked, and one of the two is chosen.
Html side_by_side(const office::Visit& visit, const office::FormState& state, const DeclaredItems& items,
                  const FieldMap& kept, const FieldMap& gone)
{
    office::Table table{
        .caption = "2件の内容", .columns = {{"情報項目"}, {"違い"}, {"残す登録"}, {"統合される登録"}}, .rows = {}};
    const auto value = [](const FieldMap& values, const std::string& code) {
        const auto found = values.find(code);
        return found == values.end() ? std::string() : found->second;
    };
    for (const auto& item : items.items()) {
        const auto one = value(kept, item.code), other = value(gone, item.code);
        if (one.empty() && other.empty()) continue;
        if (one == other) {
            table.rows.push_back({Html(item.name), Html("同じ"), lines(one), lines(other)});
            continue;
        }
        const auto chosen = state.value(fmt::format("choice.{}", item.code));
        table.rows.push_back({Html(item.name), office::chip(office::Tone::caution, "違う"),
                              choice_cell(item.code, "kept", item.name + "：残す登録の内容", one,
                                          chosen == "kept" || (chosen.empty() && other.empty())),
                              choice_cell(item.code, "gone", item.name + "：統合される登録の内容", other,
                                          chosen == "gone" || (chosen.empty() && one.empty()))});
    }
    return office::data_table(visit, table);
}

Html apart_notice(const Rooms& rooms, const access::Scope& scope, const Pair& pair)
{
    const bool apart = rooms.vault.db().read([&](const storage::Snapshot& snapshot) {
        return told_apart(snapshot, *scope.entrustment(), pair.kept, pair.gone);
    });
    return when(apart,
                office::notice(office::Tone::caution, "この2件は、別の人と記録されています",
                               p("まとめるときは、先に",
                                 a({href(duplicates_address(scope))}, "「重複の候補」のページで記録を取り消して"),
                                 "ください。")));
}

http::Response comparison(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Pair& pair,
                          const Use& use, const office::FormState& state)
{
    const auto both = rooms.vault.compare(scope, pair.kept, pair.gone, use);
    if (!both) {
        if (both.error().field().empty()) return show_failure(visit, both.error());
        return question(rooms, visit, scope, pair, office::refused(visit.request.form, {both.error()}));
    }
    const auto* kept = basic_of(both->first);
    const auto* gone = basic_of(both->second);
    if (kept == nullptr || gone == nullptr) return show_failure(visit, Refusal(kNoSuchRecord));
    if (both->first.person.part != both->second.person.part) return show_failure(visit, Refusal(kOtherPart));
    const auto ground = rooms.vault.ground(scope, both->first.person.part);
    if (!ground) return show_failure(visit, ground.error());
    const auto form = office::post_form(
        visit, url("/entrustments/", *scope.entrustment(), "/persons/merges"), office::error_summary(state),
        picked(pair), office::hidden_field("kept_seen", std::to_string(kept->number)),
        office::hidden_field("gone_seen", std::to_string(gone->number)), office::hidden_field("purpose", use.purpose),
        office::hidden_field("reason", use.reason),
        side_by_side(visit, state, *ground->items, kept->content.values, gone->content.values),
        office::text_field(state, {.name = "merge_reason",
                                   .label = "統合する理由",
                                   .hint = "例: 本人に電話で確認し、同じ方の二重の申込みと分かったため。",
                                   .required = true,
                                   .max_length = 200}),
        office::button_row(join(office::submit_button("同じ人としてまとめる"),
                                office::link_button("別の人である", distinction_address(scope, pair)),
                                office::link_button("決めずに戻る", address(scope), office::Weight::plain))));
    const auto swapped = compare_address(scope, {pair.gone, pair.kept});
    auto page =
        framed(rooms, scope, "2件の登録を見比べる",
               join(apart_notice(rooms, scope, pair),
                    office::notice(
                        office::Tone::info, "同じ方かどうかを確かめてください",
                        join(p("違いのある情報項目は、どちらの内容を残すかを選びます。統合は、あとから取り消せます。"
                               "どちらの登録の記録も消えません。"),
                             p(a({href(swapped)}, "残す登録と統合される登録を入れ替える")))),
                    form));
    return show_form(visit, std::move(page), state);
}

std::int64_t number_in(std::string_view text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

http::Response undo_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                         const StoredMerge& merge, const office::FormState& state)
{
    auto page =
        framed(rooms, scope, "統合を取り消す",
               join(office::description_list({{"残した登録", a({href(address(scope, merge.kept))}, "この方のページ")},
                                              {"統合した人", Html(merge.by)},
                                              {"統合した日時", office::when_at(merge.at)}}),
                    p("2件の登録に戻ります。統合のあとに残した登録へ書いた内容は、そのまま残ります。"),
                    office::post_form(
                        visit, url("/entrustments/", *scope.entrustment(), "/persons/merges/", merge.id, "/undo"),
                        office::error_summary(state),
                        use_fields(state, purposes_now(rooms, scope), "例: 別の方と分かったため。"),
                        office::button_row(
                            join(office::submit_button("統合を取り消す"),
                                 office::link_button("やめる", address(scope, merge.kept), office::Weight::plain))))));
    page.width = office::Width::text;
    return show_form(visit, std::move(page), state);
}

Result<StoredMerge> merge_in(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = MergeId::parse(visit.request.path_params.get("merge"));
    if (!id) return refuse(kNoSuchMerge);
    return rooms.vault.db().read(
        [&](const storage::Snapshot& snapshot) { return find_merge(snapshot, *scope.entrustment(), *id); });
}

} // namespace

Html merges_section(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, SubjectId kept)
{
    if (!may(scope, access::actions::kMergePersons)) return {};
    const auto merges = rooms.vault.db().read(
        [&](const storage::Snapshot& snapshot) { return merges_in_force(snapshot, *scope.entrustment(), kept); });
    if (merges.empty()) return {};
    office::Table table{
        .caption = "この登録に統合した登録", .columns = {{"統合した日時"}, {"統合した人"}, {"操作"}}, .rows = {}};
    for (const auto& merge : merges)
        table.rows.push_back(
            {office::when_at(merge.at), Html(merge.by),
             a({href(url("/entrustments/", *scope.entrustment(), "/persons/merges/", merge.id, "/undo"))},
               "統合を取り消す")});
    return office::data_table(visit, table);
}

http::Response ask_comparison(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto pair = pair_in(visit.request.query.all("pick"));
    if (!pair) return ask_again(scope, pair.error());
    return question(rooms, visit, scope, *pair, {});
}

http::Response show_comparison(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto pair = pair_in(form.all("pick"));
    if (!pair) return show_failure(visit, pair.error());
    return comparison(rooms, visit, scope, *pair, use_in(form), {});
}

http::Response merge_two(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto pair = pair_in(form.all("pick"));
    if (!pair) return show_failure(visit, pair.error());
    MergeWish wish{pair->kept,
                   pair->gone,
                   number_in(form.get("kept_seen")),
                   number_in(form.get("gone_seen")),
                   {},
                   std::string(form.get("purpose")),
                   std::string(form.get("merge_reason"))};
    for (const auto& [name, value] : form.pairs())
        if (constexpr std::string_view kChoice = "choice."; name.starts_with(kChoice))
            wish.choices[name.substr(kChoice.size())] = value == "gone" ? Side::gone : Side::kept;
    const auto merged = merge(rooms.vault, scope, wish);
    if (merged)
        return http::Response::see_other(address(scope, pair->kept).text(),
                                         "1件に統合しました。この統合は取り消せます。");
    const auto& refusal = merged.error();
    if (refusal.field().empty()) return show_failure(visit, refusal);
    const auto beside = refusal.field() == "reason" ? refusal.at_field("merge_reason") : refusal;
    return comparison(rooms, visit, scope, *pair, use_in(form), office::refused(form, {beside}));
}

http::Response ask_undo(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto merge = merge_in(rooms, visit, scope);
    if (!merge) return show_failure(visit, merge.error());
    return undo_form(rooms, visit, scope, *merge, {});
}

http::Response undo_one_merge(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto merge = merge_in(rooms, visit, scope);
    if (!merge) return show_failure(visit, merge.error());
    const auto& form = visit.request.form;
    const auto done = undo_merge(rooms.vault, scope, merge->id, use_in(form));
    if (!done) {
        if (done.error().field().empty()) return show_failure(visit, done.error());
        return undo_form(rooms, visit, scope, *merge, office::refused(form, {done.error()}));
    }
    return http::Response::see_other(address(scope, merge->gone).text(), "統合を取り消し、2件の登録に戻しました。");
}

} // namespace azukari::vault::pages
