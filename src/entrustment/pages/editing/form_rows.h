// A table of inputs in a form: one row per thing, a few empty ones to add more. Fields are named list[row].column, as
// refusals name them. A row whose fields are all empty is no row.
#pragma once

#include "office/shell/shell.h"

#include <map>

namespace azukari::entrustment {

struct RowColumn {
    std::string name;                      // "unit"
    std::string label;                     // 単位
    std::vector<office::Choice> choices{}; // when set, a selection
    bool wide = false;                     // several lines may be written
};

// Draws as many rows as the state holds, and `spare` empty ones.
html::Html input_rows(const office::FormState& state, std::string_view list, std::string_view caption,
                      const std::vector<RowColumn>& columns, int spare = 3);

// The rows that were filled in, with where they stood in the form.
struct SentRow {
    std::size_t place;
    std::map<std::string, std::string, std::less<>> values;
    const std::string& value(std::string_view column) const;
};
std::vector<SentRow> sent_rows(const http::Fields& form, std::string_view list, const std::vector<RowColumn>& columns);

// The name of one field of a row.
std::string row_field(std::string_view list, std::size_t place, std::string_view column);

} // namespace azukari::entrustment
