#include "office/shell/components/table.h"

#include "base/check.h"
#include "office/shell/components/detail.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace azukari::office {
namespace {

using namespace html;

std::int64_t number_of(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? value : 0;
}

Html head_cell(const Visit& visit, const Column& column)
{
    const std::string_view kind = column.number ? "number" : "";
    if (column.sort_key.empty()) return th({{"scope", "col"}, cls(kind)}, column.label);
    const auto current = visit.request.query.get("sort");
    const bool up = current == column.sort_key;
    const bool down =
        current.size() == column.sort_key.size() + 1 && current.front() == '-' && current.substr(1) == column.sort_key;
    const auto next = up ? "-" + column.sort_key : column.sort_key;
    const std::string_view arrow = up ? "▲" : down ? "▼" : "";
    return th({{"scope", "col"}, cls(kind), {"aria-sort", up ? "ascending" : "descending", up || down}},
              a({href(here_with(visit, "sort", next)), cls("sort-link")}, column.label,
                when(!arrow.empty(), span({cls("sort-arrow"), {"aria-hidden", "true"}}, arrow))));
}

Html body_row(const Table& table, const Row& row)
{
    AZK_CHECK(row.size() == table.columns.size());
    Html cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const auto& column = table.columns[i];
        // On a phone each cell shows its column's name before it (style/table.css).
        if (i == 0)
            cells += th({{"scope", "row"}, cls(column.number ? "number" : "")}, row[i]);
        else
            cells += td({{"data-label", column.label}, cls(column.number ? "number" : "")}, row[i]);
    }
    return tr(cells);
}

Html page_link(const Visit& visit, std::int64_t page, std::string_view label, std::string_view rel)
{
    return a({cls("button button-secondary"), href(here_with(visit, "page", std::to_string(page))), {"rel", rel}},
             label);
}

Html pager(const Visit& visit, const Paging& paging)
{
    const auto pages = std::max<std::int64_t>(1, (paging.total + paging.page_size - 1) / paging.page_size);
    const auto from = paging.total == 0 ? 0 : first_row(paging) + 1;
    const auto to = std::min(paging.total, paging.page * paging.page_size);
    return nav(
        {cls("pager"), {"aria-label", "ページ送り"}},
        p({cls("pager-count")}, fmt::format("{}件中 {}〜{}件", grouped(paging.total), grouped(from), grouped(to))),
        when(paging.page > 1, page_link(visit, paging.page - 1, "前のページ", "prev")),
        when(pages > 1, span({cls("pager-page")}, fmt::format("{} / {}ページ", paging.page, pages))),
        when(paging.page < pages, page_link(visit, paging.page + 1, "次のページ", "next")));
}

} // namespace

Url here_with(const Visit& visit, std::string_view name, std::string_view value)
{
    std::string path;
    for (const char c : visit.request.path) {
        if (c == '/')
            path += c;
        else
            percent_encode_into(path, std::string_view(&c, 1));
    }
    Url here(path);
    for (const auto& [key, kept] : visit.request.query.pairs()) {
        // Another order or another filter starts on the first page again.
        if (key != name && key != "page" && !kept.empty()) here = here.with(key, kept);
    }
    return value.empty() ? here : here.with(name, value);
}

Paging paging(const Visit& visit, std::int64_t total, std::int64_t page_size)
{
    const auto pages = std::max<std::int64_t>(1, (total + page_size - 1) / page_size);
    return {std::clamp<std::int64_t>(number_of(visit.request.query.get("page")), 1, pages), page_size, total};
}

Sorting sorting(const Visit& visit, std::initializer_list<std::string_view> keys)
{
    AZK_CHECK(keys.size() > 0);
    auto wanted = visit.request.query.get("sort");
    const bool descending = wanted.starts_with('-');
    if (descending) wanted.remove_prefix(1);
    const auto found = std::find(keys.begin(), keys.end(), wanted);
    if (found == keys.end()) return {*keys.begin(), false};
    return {*found, descending};
}

Html data_table(const Visit& visit, const Table& table)
{
    if (table.rows.empty()) return div({cls("empty")}, p({cls("empty-words")}, table.empty), table.empty_action);
    const auto heads = each(table.columns, [&](const Column& column) { return head_cell(visit, column); });
    const auto rows = each(table.rows, [&](const Row& row) { return body_row(table, row); });
    return join(div({cls("table-frame"), {"tabindex", "0"}, {"role", "region"}, {"aria-label", table.caption}},
                    html::table({cls("table")},
                                html::caption({cls(table.caption_hidden ? "visually-hidden" : "")}, table.caption),
                                thead(tr(heads)), tbody(rows))),
                table.paging != nullptr ? pager(visit, *table.paging) : Html());
}

} // namespace azukari::office
