#include "programmes/guidance/recipient_layout.h"

#include "infra/text/definition_file.h"
#include "infra/text/folding.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>

namespace azukari::guidance {

namespace {

using text::Definition;

std::optional<CellKind> kind_named(std::string_view name)
{
    constexpr std::pair<std::string_view, CellKind> kNames[] = {
        {"text", CellKind::text},       {"digits", CellKind::digits}, {"integer", CellKind::integer},
        {"decimal", CellKind::decimal}, {"date", CellKind::date},     {"postal_code", CellKind::postal_code},
        {"choice", CellKind::choice}};
    const auto* found = std::ranges::find(kNames, name, &std::pair<std::string_view, CellKind>::first);
    return found == std::end(kNames) ? std::nullopt : std::optional(found->second);
}

Result<void> read_limits(const Definition& from, RecipientColumn& column)
{
    if (column.kind == CellKind::text || column.kind == CellKind::digits) {
        AZK_TRY(const auto length, from.numbers("length", 2));
        column.shortest = static_cast<std::size_t>(length[0]);
        column.longest = static_cast<std::size_t>(length[1]);
    }
    if (column.kind == CellKind::integer || column.kind == CellKind::decimal) {
        AZK_TRY(const auto range, from.numbers("range", 2));
        column.least = range[0];
        column.most = range[1];
    }
    AZK_TRY(column.choices, from.texts_or_none("choices"));
    if (column.kind == CellKind::choice && column.choices.empty())
        return tl::unexpected(from.wrong("choices", "に選べる言葉が必要です"));
    return {};
}

Result<void> read_requirement(const Definition& from, RecipientColumn& column)
{
    AZK_TRY(const auto required, from.text("required"));
    AZK_TRY(column.kinds, from.texts_or_none("kinds"));
    if (required == "always") {
        column.required = Required::always;
    } else if (required == "optional") {
        column.required = Required::optional;
    } else if (required == "kinds" && !column.kinds.empty()) {
        column.required = Required::by_kind;
    } else {
        return tl::unexpected(from.wrong("required", "は always、optional、kinds(と kinds の並び)のいずれかです"));
    }
    return {};
}

Result<RecipientColumn> read_column(const Definition& from)
{
    AZK_REQUIRE(from.allow_only(
        {"id", "header", "item", "kind", "length", "range", "choices", "required", "kinds", "unique", "occurrence"}));
    RecipientColumn column;
    AZK_TRY(column.id, from.text("id"));
    AZK_TRY(column.header, from.text("header"));
    AZK_TRY(column.item, from.text("item"));
    AZK_TRY(const auto kind, from.text("kind"));
    const auto known = kind_named(kind);
    if (!known) return tl::unexpected(from.wrong("kind", "はこの様式にない種類です"));
    column.kind = *known;
    AZK_REQUIRE(read_limits(from, column));
    AZK_REQUIRE(read_requirement(from, column));
    AZK_TRY(column.unique, from.flag_or("unique", false));
    if (column.unique && column.kind != CellKind::digits)
        return tl::unexpected(from.wrong("unique", "は digits の列にだけ使えます"));
    AZK_TRY(const auto occurrence, from.integer_or("occurrence", 0));
    if (from.has("occurrence") && (occurrence < 1 || occurrence > 99))
        return tl::unexpected(from.wrong("occurrence", "は、同じ見出しの何番目の列か(1～99)です"));
    column.occurrence = static_cast<std::size_t>(occurrence);
    return column;
}

Result<FileShape> read_shape(const Definition& layout)
{
    FileShape shape;
    if (!layout.has("file")) return shape;
    AZK_TRY(const auto from, layout.table("file"));
    AZK_REQUIRE(from.allow_only({"control_row", "control_cell", "trailer"}));
    AZK_TRY(shape.control_word, from.text_or("control_row", ""));
    AZK_TRY(const auto cell, from.integer_or("control_cell", 2));
    if (cell < 1 || cell > 100) return tl::unexpected(from.wrong("control_cell", "は 1～100 です"));
    shape.control_cell = static_cast<std::size_t>(cell);
    AZK_TRY(const auto trailer, from.text_or("trailer", "none"));
    if (trailer == "present")
        shape.trailer = FileShape::Trailer::present;
    else if (trailer == "counts")
        shape.trailer = FileShape::Trailer::counts;
    else if (trailer != "none")
        return tl::unexpected(from.wrong("trailer", "は none、present、counts のいずれかです"));
    return shape;
}

// Columns under one heading are told apart by their number, or not at all.
Result<void> headings_are_distinct(const Definition& file, const std::vector<RecipientColumn>& columns)
{
    std::map<std::pair<std::string, std::size_t>, std::size_t> seen;
    for (const auto& column : columns) {
        const auto key = text::comparison_key(column.header);
        if (++seen[{key, column.occurrence}] > 1 || (column.occurrence > 0 && seen.contains({key, 0})) ||
            (column.occurrence == 0 && seen.lower_bound({key, 1}) != seen.end() &&
             seen.lower_bound({key, 1})->first.first == key))
            return tl::unexpected(
                file.wrong("column", fmt::format("の見出し「{}」が重なっています(occurrence で何番目かを決めます)",
                                                 column.header)));
    }
    return {};
}

} // namespace

std::string RecipientColumn::expectation() const
{
    std::string what;
    switch (kind) {
    case CellKind::text:
        what = fmt::format("{}～{}文字", shortest, longest);
        break;
    case CellKind::digits:
        what = shortest == longest ? fmt::format("半角数字{}桁", shortest)
                                   : fmt::format("半角数字{}～{}桁", shortest, longest);
        break;
    case CellKind::integer:
        what = fmt::format("{}～{}の半角整数", least, most);
        break;
    case CellKind::decimal:
        what = fmt::format("{}～{}の半角数値", least, most);
        break;
    case CellKind::date:
        what = "実在する日付(半角8桁 例: 19751210)";
        break;
    case CellKind::postal_code:
        what = "郵便番号(例: 160-0021)";
        break;
    case CellKind::choice:
        what = fmt::format("{}のいずれか", fmt::join(choices, "・"));
        break;
    }
    if (required == Required::optional) what += "、または空欄";
    if (required == Required::by_kind)
        what += fmt::format("(利用券種別が{}のとき。ほかは空欄)", fmt::join(kinds, "・"));
    return what;
}

Result<RecipientLayout> RecipientLayout::read(const std::string& path)
{
    AZK_TRY(const auto file, Definition::read(path));
    return from(file);
}

Result<RecipientLayout> RecipientLayout::parse(std::string_view toml, const std::string& name)
{
    AZK_TRY(const auto file, Definition::parse(toml, name));
    return from(file);
}

Result<RecipientLayout> RecipientLayout::from(const Definition& file)
{
    AZK_REQUIRE(file.allow_only({"name", "maximum_rows", "file", "column"}));
    RecipientLayout layout;
    AZK_TRY(layout.name_, file.text("name"));
    AZK_TRY(const auto rows, file.integer("maximum_rows"));
    layout.maximum_rows_ = static_cast<std::size_t>(std::max<std::int64_t>(rows, 1));
    AZK_TRY(layout.shape_, read_shape(file));
    AZK_TRY(const auto columns, file.tables_or_none("column"));
    for (const auto& table : columns) {
        AZK_TRY(auto column, read_column(table));
        if (layout.index_of(column.id)) return tl::unexpected(table.wrong("id", "が2回使われています"));
        layout.columns_.push_back(std::move(column));
    }
    AZK_REQUIRE(headings_are_distinct(file, layout.columns_));
    const auto kind = layout.index_of("kind");
    const auto level = layout.index_of("level");
    if (!kind || !level) return tl::unexpected(file.wrong("column", "に id が kind と level の列が必要です"));
    layout.kind_column_ = *kind;
    layout.level_column_ = *level;
    return layout;
}

std::optional<std::size_t> RecipientLayout::index_of(std::string_view id) const
{
    const auto found = std::ranges::find(columns_, id, &RecipientColumn::id);
    if (found == columns_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns_.begin());
}

} // namespace azukari::guidance
