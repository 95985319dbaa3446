// Lists of things: a table with caption, headers that sort by a query parameter, pages, and words for when it is empty.
#pragma once

#include "infra/html/elements.h"
#include "infra/html/url.h"
#include "office/shell/visit.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::office {

struct Column {
    std::string label;
    std::string sort_key{}; // when set, the header links to ?sort=key, then ?sort=-key
    bool number = false;    // right aligned
};

struct Paging {
    std::int64_t page = 1; // from 1
    std::int64_t page_size = 50;
    std::int64_t total = 0;
};
// Reads ?page= of the request; pages beyond the end are the last one.
Paging paging(const Visit& visit, std::int64_t total, std::int64_t page_size = 50);
inline std::int64_t first_row(const Paging& paging)
{
    return (paging.page - 1) * paging.page_size;
}

struct Sorting {
    std::string_view key; // one of the table's sort keys
    bool descending = false;
};
// Reads ?sort=; anything that is not among `keys` becomes the first of them.
Sorting sorting(const Visit& visit, std::initializer_list<std::string_view> keys);

using Row = std::vector<html::Html>; // one cell per column; the first names the row

struct Table {
    std::string caption;
    std::vector<Column> columns;
    std::vector<Row> rows;
    std::string empty = "該当するものはありません。";
    html::Html empty_action{};   // what to do about it
    bool caption_hidden = false; // when a heading above says the same
    const Paging* paging = nullptr;
};
html::Html data_table(const Visit& visit, const Table& table);

// This page's address with one query parameter changed, the others kept: for links that narrow or turn pages.
html::Url here_with(const Visit& visit, std::string_view name, std::string_view value);

} // namespace azukari::office
