// 対象者の一覧: everybody, or whom a search found, in masks. Each showing leaves its entry with how many people it showed.
#include "vault/pages/frame.h"
#include "vault/person/masking.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::vault::pages {
namespace {

using namespace html;

constexpr std::int64_t kFoundShown = 100;
constexpr std::string_view kColumns[] = {"name", "kana", "telephone", "birth_date", "email"}; // where declared

using Columns = std::vector<std::pair<std::string, std::string>>; // code, name

struct Listed { // what is shown; opened here, masked before it is shown
    std::vector<Vault::Seen> persons;
    std::vector<std::string> matched; // per person, what a search matched
    Columns columns;
    std::int64_t total = 0;
    bool near = false;
};

Columns columns_of(const Vault::Parts& parts)
{
    Columns columns;
    for (const auto code : kColumns)
        for (const auto& part : parts)
            if (const auto* item = part->find(code)) {
                columns.emplace_back(item->code, item->name);
                break;
            }
    if (columns.size() > 4) columns.resize(4);
    return columns;
}

// 氏名、電話番号: each item once, in the order of the words.
std::string matched_items(const finder::Found& found)
{
    std::vector<std::string_view> items;
    std::string words;
    for (const auto& match : found.matches) {
        const auto item = search::japanese(match.facet);
        if (std::ranges::find(items, item) != items.end()) continue;
        items.push_back(item);
        words += (words.empty() ? "" : "、") + std::string(item);
    }
    return words;
}

// One page of everybody.
Result<Listed> listed(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return rooms.vault.db().read([&](const storage::Snapshot& snapshot) -> Result<Listed> {
        Listed all;
        AZK_TRY(const auto parts, rooms.vault.parts(snapshot, scope));
        all.columns = columns_of(*parts);
        all.total = count_persons(snapshot, *scope.entrustment());
        const auto paging = office::paging(visit, all.total);
        const auto keep = [&](const Vault::Seen& seen) { all.persons.push_back(seen); };
        AZK_REQUIRE(rooms.vault.each_person(snapshot, scope, keep, {office::first_row(paging), paging.page_size}));
        return all;
    });
}

Result<Listed> searched(const Rooms& rooms, const access::Scope& scope, std::string_view words)
{
    AZK_TRY(auto findings, rooms.finder.find(scope, words, {0, kFoundShown}));
    const auto parts =
        rooms.vault.db().read([&](const storage::Snapshot& snapshot) { return rooms.vault.parts(snapshot, scope); });
    if (!parts) return tl::unexpected(parts.error());
    Listed all;
    all.columns = columns_of(**parts);
    all.total = static_cast<std::int64_t>(findings.total);
    all.near = findings.near;
    for (auto& found : findings.found) {
        all.matched.push_back(matched_items(found));
        all.persons.push_back(std::move(found.seen));
    }
    return all;
}

Html search_form(const office::Visit& visit, const access::Scope& scope, const office::FormState& state)
{
    const bool words = !state.value("words").empty();
    return office::post_form(
        visit, address(scope), office::error_summary(state),
        office::text_field(state, {.name = "words",
                                   .label = "氏名・電話番号などで探す",
                                   .hint = "氏名・フリガナの一部、生年月日、電話番号の下4桁、住所などで探せます。"
                                           "字体、和暦と西暦、全角と半角の違いは気にせず入力できます。"
                                           "空白で区切ると絞り込めます。例: 高橋 昭和40年",
                                   .type = "search",
                                   .max_length = 100,
                                   .size = office::Field::Size::medium}),
        office::button_row(
            join(office::submit_button("探す", office::Weight::secondary),
                 when(words, office::link_button("条件を消す", address(scope), office::Weight::plain)))));
}

// A box to tick, named by the row it stands in.
Html pick(const Vault::Seen& seen, std::int64_t number)
{
    return input({{"type", "checkbox"},
                  {"name", "pick"},
                  {"value", seen.person.subject.text()},
                  {"aria-label", fmt::format("{}行目を見比べる", number)}});
}

std::vector<office::Column> heads_of(const Listed& all, bool searched, bool compares)
{
    std::vector<office::Column> heads;
    for (const auto& [code, name] : all.columns) heads.push_back({name});
    heads.push_back({searched ? "一致した項目" : "登録した日"});
    heads.push_back({"最後に書いた日時"});
    if (compares) heads.push_back({"見比べる"});
    return heads;
}

// `paging`: of everybody; none when this is what a search found.
Html person_table(const office::Visit& visit, const access::Scope& scope, const Listed& all,
                  const office::Paging* paging)
{
    const bool search = paging == nullptr;
    const bool compares = may(scope, access::actions::kMergePersons);
    office::Table table{.caption = "対象者", .columns = heads_of(all, search, compares), .rows = {}, .paging = paging};
    auto number = search ? 0 : office::first_row(*paging);
    for (const auto& seen : all.persons) {
        office::Row row;
        for (const auto& [code, name] : all.columns) {
            const auto value = seen.values.find(code);
            const auto shown = value == seen.values.end() ? std::string() : masked(code, value->second);
            if (row.empty())
                row.push_back(a({href(address(scope, seen.person.subject))}, shown.empty() ? "（氏名なし）" : shown));
            else
                row.push_back(shown.empty() ? Html("―") : Html(shown));
        }
        row.push_back(search ? Html(all.matched[table.rows.size()])
                             : office::on_day(CivilDate::of(seen.person.created_at)));
        row.push_back(office::when_at(seen.changed_at));
        if (compares) row.push_back(pick(seen, ++number));
        table.rows.push_back(std::move(row));
    }
    table.empty = search ? "当てはまる方はいません。別の言葉で探してください。" : "登録された方は、まだいません。";
    if (!search && may(scope, access::actions::kRecordPerson))
        table.empty_action = office::link_button(
            "新しく登録する", url("/entrustments/", *scope.entrustment(), "/persons/new"), office::Weight::primary);
    const auto shown = office::data_table(visit, table);
    if (!compares || all.persons.size() < 2) return shown;
    // Opaque ids only: they may stand in an address.
    return html::form({{"method", "get"}, {"action", url("/entrustments/", *scope.entrustment(), "/persons/compare")}},
                      shown,
                      office::button_row(office::submit_button("選んだ2件を見比べる", office::Weight::secondary)));
}

// How many a search found, and how well.
Html told(const Listed& all)
{
    if (all.total == 0) return p({{"role", "status"}}, "0人が見つかりました。");
    return p(
        {{"role", "status"}}, all.near ? "入力した言葉のとおりの方はいません。字や読みの似た方を示しています。" : "",
        fmt::format("{}人が見つかりました。", office::grouped(all.total)),
        all.total > kFoundShown ? fmt::format("近いものから{}人を示しています。言葉を足すと絞り込めます。", kFoundShown)
                                : "");
}

http::Response list_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Html& found,
                         const office::FormState& state)
{
    auto page = framed(rooms, scope, "対象者", join(search_form(visit, scope, state), found), false);
    page.lead = p("一覧は伏せ字で示します。内容を開くときは、利用目的と理由を入力します。"
                  "だれが、いつ、なぜ開いたかが記録台帳に残ります。探したことも、探した言葉を除いて残ります。");
    page.actions = join(
        when(may(scope, access::actions::kRecordPerson),
             office::link_button("新しく登録する", url("/entrustments/", *scope.entrustment(), "/persons/new"),
                                 office::Weight::primary)),
        when(may(scope, access::actions::kMergePersons), office::link_button("重複の候補", duplicates_address(scope))),
        office::link_button("利用目的と説明文", purposes_address(scope)));
    return show_form(visit, std::move(page), state);
}

http::Response everybody(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                         const office::FormState& state)
{
    const auto all = listed(rooms, visit, scope);
    if (!all) return show_failure(visit, all.error());
    rooms.vault.note_listing(scope, static_cast<std::int64_t>(all->persons.size()));
    const auto paging = office::paging(visit, all->total);
    return list_page(rooms, visit, scope, person_table(visit, scope, *all, &paging), state);
}

} // namespace

http::Response show_list(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return everybody(rooms, visit, scope, {});
}

http::Response search_list(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto all = searched(rooms, scope, form.get("words"));
    if (all)
        return list_page(rooms, visit, scope, join(told(*all), person_table(visit, scope, *all, nullptr)),
                         office::filled({{"words", std::string(form.get("words"))}}));
    if (!all.error().code().starts_with("search.")) return show_failure(visit, all.error());
    return everybody(rooms, visit, scope, office::refused(form, {all.error().at_field("words")}));
}

} // namespace azukari::vault::pages
