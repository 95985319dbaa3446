// 重複の候補: registrations that may be one person, side by side in masks, with what agrees and what does not. A supervisor
// decides: one person (merge_page.cpp), or two, and then the pair is not offered again.
#include "vault/merge/distinction.h"
#include "vault/pages/frame.h"
#include "vault/person/masking.h"
#include "vault/purpose/purpose_store.h"
#include "vault/vault_refusals.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace azukari::vault::pages {
namespace {

using namespace html;
using duplicates::Aspect;
using duplicates::Standing;

constexpr std::int64_t kPairsShown = 10, kApartShown = 50, kMostPairs = 1'000'000;

// What a pair is compared by, in the order of the page.
struct Line {
    std::string_view code, name;
    std::array<Aspect, 2> aspects;
};
constexpr Line kLines[] = {
    {"name", "氏名", {Aspect::family, Aspect::given}},
    {"birth_date", "生年月日", {Aspect::birth, Aspect::birth}},
    {"sex", "性別", {Aspect::sex, Aspect::sex}},
    {"address", "住所", {Aspect::place, Aspect::place}},
    {"telephone", "電話番号", {Aspect::telephone, Aspect::telephone}},
};

std::string value_of(const Vault::Seen& seen, std::string_view code)
{
    const auto found = seen.values.find(code);
    return found == seen.values.end() ? std::string() : found->second;
}

// 見〇 〇〇（ミ〇〇 〇〇〇）
std::string masked_value(const Vault::Seen& seen, std::string_view code)
{
    auto shown = masked(code, value_of(seen, code));
    if (const auto kana = code == "name" ? masked("kana", value_of(seen, "kana")) : std::string(); !kana.empty())
        shown += fmt::format("（{}）", kana);
    return shown;
}

std::string masked_name(const Vault::Seen& seen)
{
    const auto name = masked_value(seen, "name");
    return name.empty() ? "（氏名なし）" : name;
}

Html standing(const std::vector<duplicates::Reason>& reasons, const Line& line)
{
    Html chips;
    for (const auto& reason : reasons) {
        if (std::ranges::find(line.aspects, reason.aspect) == line.aspects.end()) continue;
        const auto tone = reason.standing == Standing::same   ? office::Tone::good
                          : reason.standing == Standing::near ? office::Tone::info
                                                              : office::Tone::caution;
        chips += join(office::chip(tone, reason.japanese), " ");
    }
    return chips.empty() ? Html("比べられません") : chips;
}

// Both in masks, item by item.
Html side_by_side(const office::Visit& visit, const access::Scope& scope, const finder::Candidate& pair,
                  std::string caption)
{
    office::Table table{.caption = std::move(caption),
                        .columns = {{"情報項目"}, {"登録"}, {"もう一つの登録"}, {"比べた結果"}},
                        .rows = {},
                        .caption_hidden = true};
    for (const auto& line : kLines) {
        const auto one = masked_value(pair.one, line.code), other = masked_value(pair.other, line.code);
        if (one.empty() && other.empty()) continue;
        table.rows.push_back({Html(line.name), Html(one.empty() ? "（記載なし）" : one),
                              Html(other.empty() ? "（記載なし）" : other), standing(pair.reasons, line)});
    }
    const auto registered = [&](const Vault::Seen& seen) {
        return a({href(address(scope, seen.person.subject))}, office::on_day(CivilDate::of(seen.person.created_at)));
    };
    table.rows.push_back({Html("登録した日"), registered(pair.one), registered(pair.other), Html("―")});
    return office::data_table(visit, table);
}

Pair ids_of(const finder::Candidate& pair)
{
    return {pair.one.person.subject, pair.other.person.subject};
}

Html candidate_card(const office::Visit& visit, const access::Scope& scope, const finder::Candidate& pair,
                    std::int64_t number)
{
    // Never 100: a person decides.
    const auto percent = std::min(99, static_cast<int>(std::floor(pair.probability * 100)));
    const auto decide = office::button_row(
        join(office::link_button(fmt::format("{}番を同じ人としてまとめる", number),
                                 compare_address(scope, ids_of(pair)), office::Weight::primary),
             office::link_button(fmt::format("{}番は別の人である", number), distinction_address(scope, ids_of(pair)))));
    return office::card(fmt::format("{}番　同じ方である見込み {}%", number, percent),
                        join(side_by_side(visit, scope, pair, fmt::format("{}番の2件", number)), decide));
}

Html candidate_cards(const office::Visit& visit, const access::Scope& scope, const finder::Candidates& candidates)
{
    if (candidates.total == 0) return office::notice(office::Tone::good, "同じ方の登録と思われるものはありません");
    Html cards = p({{"role", "status"}},
                   fmt::format("{}組の候補があります。", office::grouped(static_cast<std::int64_t>(candidates.total))),
                   candidates.total > candidates.shown.size() ? "見込みの高いものから10組ずつ示します。" : "");
    auto number = static_cast<std::int64_t>(candidates.first);
    const auto page = number / kPairsShown + 1;
    for (const auto& pair : candidates.shown) cards += candidate_card(visit, scope, pair, ++number);
    const auto turn = [&](std::string_view label, std::int64_t to) {
        return office::link_button(label, office::here_with(visit, "page", std::to_string(to)));
    };
    const bool more = page * kPairsShown < static_cast<std::int64_t>(candidates.total);
    return join(cards, when(page > 1 || more, office::button_row(join(when(page > 1, turn("前の10組", page - 1)),
                                                                      when(more, turn("次の10組", page + 1))))));
}

struct ToldApart {
    StoredDistinction told;
    Vault::Seen one, other;
};

// The latest of those that were told apart; they are shown, too.
Result<std::vector<ToldApart>> told_apart_here(const Rooms& rooms, const access::Scope& scope)
{
    return rooms.vault.db().read([&](const storage::Snapshot& snapshot) -> Result<std::vector<ToldApart>> {
        std::vector<ToldApart> all;
        for (auto& told : distinctions_in_force(snapshot, *scope.entrustment())) {
            if (all.size() == static_cast<std::size_t>(kApartShown)) break;
            AZK_TRY(auto one, rooms.vault.see(snapshot, scope, told.one));
            AZK_TRY(auto other, rooms.vault.see(snapshot, scope, told.other));
            all.push_back({std::move(told), std::move(one), std::move(other)});
        }
        return all;
    });
}

Url end_address(const access::Scope& scope, DistinctionId id)
{
    return url("/entrustments/", *scope.entrustment(), "/persons/distinctions/", id, "/end");
}

Html apart_section(const office::Visit& visit, const access::Scope& scope, const std::vector<ToldApart>& apart)
{
    if (apart.empty()) return {};
    office::Table table{.caption = "別の人と記録した組",
                        .columns = {{"登録"}, {"もう一つの登録"}, {"記録した人"}, {"記録した日時"}, {"操作"}},
                        .rows = {},
                        .caption_hidden = true};
    const auto link = [&](const Vault::Seen& seen) {
        return a({href(address(scope, seen.person.subject))}, masked_name(seen));
    };
    for (const auto& each : apart)
        table.rows.push_back({link(each.one), link(each.other), Html(each.told.by), office::when_at(each.told.at),
                              a({href(end_address(scope, each.told.id))}, "記録を取り消す")});
    return join(h2("別の人と記録した組"), p("重複の候補には出ません。取り消すと、また候補に出ます。"),
                office::data_table(visit, table));
}

std::vector<Purpose> purposes_now(const Rooms& rooms, const access::Scope& scope)
{
    return rooms.vault.db().read(
        [&](const storage::Snapshot& snapshot) { return purposes(snapshot, *scope.entrustment()); });
}

office::Page below_duplicates(const Rooms& rooms, const access::Scope& scope, std::string title, Html body)
{
    auto page = framed(rooms, scope, std::move(title), std::move(body));
    page.crumbs.push_back({"重複の候補", duplicates_address(scope)});
    return page;
}

// Both as they are listed; what agrees is not told again.
Html two_names(const Rooms& rooms, const access::Scope& scope, const Vault::Seen& one, const Vault::Seen& other)
{
    rooms.vault.note_listing(scope, 2);
    const auto described = [&](const Vault::Seen& seen) {
        Html words = a({href(address(scope, seen.person.subject))}, masked_name(seen));
        for (const auto& line : kLines)
            if (const auto shown = masked_value(seen, line.code); line.code != "name" && !shown.empty())
                words += join("、", line.name, " ", shown);
        return words;
    };
    return office::description_list({{"登録", described(one)}, {"もう一つの登録", described(other)}});
}

http::Response distinction_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                                const Pair& pair, const office::FormState& state)
{
    const auto both =
        rooms.vault.db().read([&](const storage::Snapshot& snapshot) -> Result<std::pair<Vault::Seen, Vault::Seen>> {
            AZK_TRY(auto one, rooms.vault.see(snapshot, scope, pair.kept));
            AZK_TRY(auto other, rooms.vault.see(snapshot, scope, pair.gone));
            return std::pair(std::move(one), std::move(other));
        });
    if (!both) return show_failure(visit, both.error());
    auto page = below_duplicates(
        rooms, scope, "別の人と記録する",
        join(two_names(rooms, scope, both->first, both->second),
             office::post_form(
                 visit, url("/entrustments/", *scope.entrustment(), "/persons/distinctions"),
                 office::error_summary(state), picked(pair),
                 use_fields(state, purposes_now(rooms, scope), "例: 双子のごきょうだいと、申込書で確認したため。"),
                 office::button_row(
                     join(office::submit_button("別の人と記録する"),
                          office::link_button("2件を開いて見比べる", compare_address(scope, pair)),
                          office::link_button("やめる", duplicates_address(scope), office::Weight::plain))))));
    page.lead = p("この2件は、重複の候補に出なくなります。この記録は、あとから取り消せます。");
    page.width = office::Width::text;
    return show_form(visit, std::move(page), state);
}

Result<StoredDistinction> distinction_in(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = DistinctionId::parse(visit.request.path_params.get("distinction"));
    if (!id) return refuse(kNoSuchDistinction);
    return rooms.vault.db().read(
        [&](const storage::Snapshot& snapshot) { return find_distinction(snapshot, *scope.entrustment(), *id); });
}

http::Response taking_back_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                                const StoredDistinction& told, const office::FormState& state)
{
    auto page = below_duplicates(
        rooms, scope, "別の人とした記録を取り消す",
        join(office::description_list({{"登録", a({href(address(scope, told.one))}, "一人目のページ")},
                                       {"もう一つの登録", a({href(address(scope, told.other))}, "二人目のページ")},
                                       {"記録した人", Html(told.by)},
                                       {"記録した日時", office::when_at(told.at)}}),
             office::post_form(
                 visit, end_address(scope, told.id), office::error_summary(state),
                 use_fields(state, purposes_now(rooms, scope), "例: 本人に電話で確認し、同じ方と分かったため。"),
                 office::button_row(
                     join(office::submit_button("記録を取り消す"),
                          office::link_button("やめる", duplicates_address(scope), office::Weight::plain))))));
    page.lead = p("2件が似ていれば、また重複の候補に出ます。");
    page.width = office::Width::text;
    return show_form(visit, std::move(page), state);
}

} // namespace

http::Response show_duplicates(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto wanted = office::paging(visit, kMostPairs, kPairsShown); // how many there are is known afterwards
    const auto candidates =
        rooms.finder.possible_duplicates(scope, {static_cast<std::size_t>(office::first_row(wanted)), kPairsShown});
    if (!candidates) return show_failure(visit, candidates.error());
    const auto apart = told_apart_here(rooms, scope);
    if (!apart) return show_failure(visit, apart.error());
    if (!apart->empty()) rooms.vault.note_listing(scope, static_cast<std::int64_t>(apart->size()) * 2);
    auto page = framed(rooms, scope, "重複の候補",
                       join(candidate_cards(visit, scope, *candidates), apart_section(visit, scope, *apart)));
    page.lead = p("氏名・生年月日・住所・電話番号を、書き方の違いをならして比べ、珍しい一致ほど重く見ています。"
                  "同じ方かどうかは、人が決めます。自動でまとめることはありません。");
    return office::show(visit, page);
}

http::Response ask_distinction(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto pair = pair_in(visit.request.query.all("pick"));
    if (!pair) return ask_again(scope, pair.error());
    return distinction_form(rooms, visit, scope, *pair, {});
}

http::Response tell_two_apart(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto pair = pair_in(form.all("pick"));
    if (!pair) return show_failure(visit, pair.error());
    const auto told = tell_apart(rooms.vault, scope, pair->kept, pair->gone, use_in(form));
    if (told)
        return http::Response::see_other(duplicates_address(scope).text(),
                                         "別の人と記録しました。この2件は、重複の候補に出なくなります。");
    if (told.error().field().empty()) return show_failure(visit, told.error());
    return distinction_form(rooms, visit, scope, *pair, office::refused(form, {told.error()}));
}

http::Response ask_taking_back(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto told = distinction_in(rooms, visit, scope);
    if (!told) return show_failure(visit, told.error());
    return taking_back_form(rooms, visit, scope, *told, {});
}

http::Response take_back_distinction(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto told = distinction_in(rooms, visit, scope);
    if (!told) return show_failure(visit, told.error());
    const auto& form = visit.request.form;
    const auto done = take_back(rooms.vault, scope, told->id, use_in(form));
    if (done) return http::Response::see_other(duplicates_address(scope).text(), "別の人とした記録を取り消しました。");
    if (done.error().field().empty()) return show_failure(visit, done.error());
    return taking_back_form(rooms, visit, scope, *told, office::refused(form, {done.error()}));
}

} // namespace azukari::vault::pages
