// The longest values the recipients' file allows, for trying a layout before there is anybody.
#pragma once

#include "programmes/guidance/letters/addressee.h"

namespace azukari::guidance {

// Somebody with the longest value in every column; of texts no more than `text_limit` characters,
// full-width digits that count themselves: １２３４５６７８９０１２…
Addressee longest_addressee(const RecipientLayout& columns, Category category, std::size_t text_limit);

// The same with one column changed.
Addressee with_value(const Addressee& to, std::size_t column, std::string_view value);

// Of a column: every word it may hold and, where it may be empty, nothing. Empty for columns whose
// longest value says all.
std::vector<std::string> other_values(const RecipientColumn& column);

} // namespace azukari::guidance
