#include "entrustment/pages/editing/form_rows.h"

#include "base/check.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::entrustment {

using namespace html;
using namespace office;

namespace {

constexpr std::size_t kMostRows = 400;

// How many rows the sent form had: fields of every row arrive, filled or not.
std::size_t rows_in(const http::Fields& form, std::string_view list, const std::vector<RowColumn>& columns)
{
    std::size_t count = 0;
    while (count < kMostRows && std::any_of(columns.begin(), columns.end(), [&](const RowColumn& column) {
               return form.has(row_field(list, count, column.name));
           }))
        ++count;
    return count;
}

Html control(const FormState& state, const std::string& name, const std::string& label, const RowColumn& column)
{
    const auto value = state.value(name);
    const bool wrong = state.refusal(name) != nullptr;
    const auto id = "f-" + name;
    if (!column.choices.empty()) {
        const auto options = each(column.choices, [&](const Choice& choice) {
            return option({{"value", choice.value}, flag("selected", choice.value == value)}, choice.label);
        });
        return select_element(
            {cls("input select"), {"id", id}, {"name", name}, {"aria-label", label}, {"aria-invalid", "true", wrong}},
            options);
    }
    if (column.wide)
        return textarea({cls("input"),
                         {"id", id},
                         {"name", name},
                         {"rows", 2},
                         {"aria-label", label},
                         {"aria-invalid", "true", wrong}},
                        value);
    return input({cls("input"),
                  {"id", id},
                  {"name", name},
                  {"value", value},
                  {"aria-label", label},
                  {"aria-invalid", "true", wrong},
                  {"autocomplete", "off"}});
}

} // namespace

std::string row_field(std::string_view list, std::size_t place, std::string_view column)
{
    return fmt::format("{}[{}].{}", list, place, column);
}

Html input_rows(const FormState& state, std::string_view list, std::string_view caption,
                const std::vector<RowColumn>& columns, int spare)
{
    const auto filled_rows = rows_in(state.values, list, columns);
    Html rows;
    for (std::size_t row = 0; row < filled_rows + static_cast<std::size_t>(spare); ++row) {
        Html cells;
        for (const auto& column : columns) {
            const auto name = row_field(list, row, column.name);
            const auto* refusal = state.refusal(name);
            cells += td(when(refusal != nullptr, p({cls("field-error")}, refusal ? refusal->sentence() : "")),
                        control(state, name, fmt::format("{} {}行目 {}", caption, row + 1, column.label), column));
        }
        rows += tr(cells);
    }
    const auto* whole = state.refusal(list);
    return div({cls("field")}, when(whole != nullptr, p({cls("field-error")}, whole ? whole->sentence() : "")),
               html::table({cls("input-rows"), {"id", fmt::format("f-{}", list)}}, html::caption(caption),
                           thead(tr(each(columns,
                                         [](const RowColumn& column) {
                                             return th({{"scope", "col"}}, column.label);
                                         }))),
                           tbody(rows)));
}

const std::string& SentRow::value(std::string_view column) const
{
    const auto found = values.find(column);
    AZK_CHECK(found != values.end());
    return found->second;
}

std::vector<SentRow> sent_rows(const http::Fields& form, std::string_view list, const std::vector<RowColumn>& columns)
{
    std::vector<SentRow> rows;
    const auto count = rows_in(form, list, columns);
    for (std::size_t row = 0; row < count; ++row) {
        SentRow sent{row, {}};
        bool written = false;
        for (const auto& column : columns) {
            std::string value(form.get(row_field(list, row, column.name)));
            written = written || (column.choices.empty() && !value.empty());
            sent.values.emplace(column.name, std::move(value));
        }
        if (written) rows.push_back(std::move(sent));
    }
    return rows;
}

} // namespace azukari::entrustment
