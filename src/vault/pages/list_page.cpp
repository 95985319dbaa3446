// 対象者の一覧: everybody, in masks. Each showing leaves its entry with how many people it showed.
#include "infra/text/folding.h"
#include "vault/pages/frame.h"
#include "vault/person/masking.h"

#include <fmt/format.h>

namespace azukari::vault::pages {
namespace {

using namespace html;

constexpr std::int64_t kFoundShown = 100;
constexpr std::string_view kColumns[] = {"name", "kana", "telephone", "birth_date", "email"}; // where declared

struct Listed {
    std::vector<Vault::Seen> persons;
    std::vector<Purpose> purposes;
    std::vector<std::pair<std::string, std::string>> columns; // code, name
};

std::vector<std::pair<std::string, std::string>> columns_of(const Vault::Parts& parts)
{
    std::vector<std::pair<std::string, std::string>> columns;
    for (const auto code : kColumns)
        for (const auto& part : parts)
            if (const auto* item = part->find(code)) {
                columns.emplace_back(item->code, item->name);
                break;
            }
    if (columns.size() > 4) columns.resize(4);
    return columns;
}

bool mentions(const Vault::Seen& seen, const std::string& key)
{
    for (const auto& [code, value] : seen.values)
        if (text::comparison_key(value).find(key) != std::string::npos) return true;
    return false;
}

Result<Listed> listed(const Rooms& rooms, const access::Scope& scope, std::string_view words)
{
    const auto key = text::comparison_key(words);
    std::optional<std::set<SubjectId>> found;
    if (rooms.find && !key.empty()) {
        const auto hits = rooms.find(scope, words);
        found.emplace(hits.begin(), hits.end());
    }
    return rooms.vault.db().read([&](const storage::Snapshot& snapshot) -> Result<Listed> {
        Listed all;
        AZK_TRY(const auto parts, rooms.vault.parts(snapshot, scope));
        all.columns = columns_of(*parts);
        AZK_REQUIRE(rooms.vault.each_person(snapshot, scope, [&](const Vault::Seen& seen) {
            if (found ? found->contains(seen.person.subject) : key.empty() || mentions(seen, key))
                all.persons.push_back(seen);
        }));
        return all;
    });
}

Html search_form(const office::Visit& visit, const access::Scope& scope, std::string_view words)
{
    const auto state = office::filled({{"words", std::string(words)}});
    return office::post_form(
        visit, address(scope),
        div({cls("filter-fields")},
            office::text_field(state, {.name = "words",
                                       .label = "氏名・電話番号などで探す",
                                       .hint = "一部でもかまいません。全角・半角の違いは気にせず入力できます。",
                                       .type = "search",
                                       .max_length = 100,
                                       .size = office::Field::Size::medium})),
        office::button_row(
            join(office::submit_button("探す", office::Weight::secondary),
                 when(!words.empty(), office::link_button("条件を消す", address(scope), office::Weight::plain)))));
}

// A box to tick, named by the row it stands in.
Html pick(const Vault::Seen& seen, std::int64_t number)
{
    return input({{"type", "checkbox"},
                  {"name", "pick"},
                  {"value", seen.person.subject.text()},
                  {"aria-label", fmt::format("{}行目を見比べる", number)}});
}

Html person_table(const office::Visit& visit, const access::Scope& scope, const Listed& all, std::int64_t from,
                  std::int64_t most, std::string_view words, const office::Paging* paging)
{
    office::Table table{.caption = "対象者", .columns = {}, .rows = {}};
    for (const auto& [code, name] : all.columns) table.columns.push_back({name});
    table.columns.push_back({"登録した日"});
    table.columns.push_back({"最後に書いた日時"});
    const bool compares = may(scope, access::actions::kMergePersons);
    if (compares) table.columns.push_back({"見比べる"});
    const auto end = std::min<std::int64_t>(from + most, static_cast<std::int64_t>(all.persons.size()));
    for (auto i = from; i < end; ++i) {
        const auto& seen = all.persons[static_cast<std::size_t>(i)];
        office::Row row;
        for (const auto& [code, name] : all.columns) {
            const auto value = seen.values.find(code);
            const auto shown = value == seen.values.end() ? std::string() : masked(code, value->second);
            if (row.empty())
                row.push_back(a({href(address(scope, seen.person.subject))}, shown.empty() ? "（氏名なし）" : shown));
            else
                row.push_back(shown.empty() ? Html("―") : Html(shown));
        }
        row.push_back(office::on_day(CivilDate::of(seen.person.created_at)));
        row.push_back(office::when_at(seen.changed_at));
        if (compares) row.push_back(pick(seen, i + 1));
        table.rows.push_back(std::move(row));
    }
    table.empty =
        words.empty() ? "登録された方は、まだいません。" : "当てはまる方はいません。別の言葉で探してください。";
    if (words.empty() && may(scope, access::actions::kRecordPerson))
        table.empty_action = office::link_button(
            "新しく登録する", url("/entrustments/", *scope.entrustment(), "/persons/new"), office::Weight::primary);
    table.paging = paging;
    const auto shown = office::data_table(visit, table);
    if (!compares || end - from < 2) return shown;
    // Opaque ids only: they may stand in an address.
    return html::form({{"method", "get"}, {"action", url("/entrustments/", *scope.entrustment(), "/persons/compare")}},
                      shown,
                      office::button_row(office::submit_button("選んだ2件を見比べる", office::Weight::secondary)));
}

http::Response list_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                         std::string_view words)
{
    const auto all = listed(rooms, scope, words);
    if (!all) return show_failure(visit, all.error());
    const auto total = static_cast<std::int64_t>(all->persons.size());
    const auto paging = office::paging(visit, total);
    const bool searched = !words.empty();
    const auto from = searched ? 0 : office::first_row(paging);
    const auto most = searched ? kFoundShown : paging.page_size;
    rooms.vault.note_listing(scope, std::clamp<std::int64_t>(total - from, 0, most));

    auto page = framed(
        rooms, scope, "対象者",
        join(search_form(visit, scope, words),
             when(searched, p({{"role", "status"}}, fmt::format("{}人が見つかりました。", total),
                              total > kFoundShown ? fmt::format("はじめの{}人を示しています。", kFoundShown) : "")),
             person_table(visit, scope, *all, from, most, words, searched ? nullptr : &paging)),
        false);
    page.lead = p("一覧は伏せ字で示します。内容を開くときは、利用目的と理由を入力します。"
                  "だれが、いつ、なぜ開いたかが記録台帳に残ります。");
    page.actions =
        join(when(may(scope, access::actions::kRecordPerson),
                  office::link_button("新しく登録する", url("/entrustments/", *scope.entrustment(), "/persons/new"),
                                      office::Weight::primary)),
             office::link_button("利用目的と説明文", purposes_address(scope)));
    return office::show(visit, page);
}

} // namespace

http::Response show_list(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return list_page(rooms, visit, scope, {});
}

http::Response search_list(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return list_page(rooms, visit, scope, visit.request.form.get("words"));
}

} // namespace azukari::vault::pages
