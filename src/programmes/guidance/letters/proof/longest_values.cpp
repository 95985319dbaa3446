#include "programmes/guidance/letters/proof/longest_values.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::guidance {

namespace {

constexpr std::uint32_t kLargestSerial = 99'999;

std::string ruler(std::size_t characters)
{
    constexpr std::string_view kDigits[] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
    std::string text;
    for (std::size_t i = 1; i <= characters; ++i) text += kDigits[i % 10];
    return text;
}

std::string longest_value(const RecipientColumn& column, std::size_t text_limit)
{
    switch (column.kind) {
    case CellKind::text:
        return ruler(std::min(column.longest, text_limit));
    case CellKind::digits:
        return std::string(column.longest, '0');
    case CellKind::integer:
        return fmt::format("{:.0f}", column.most);
    case CellKind::decimal:
        return fmt::format("{:.1f}", column.most);
    case CellKind::date:
        return "19881231"; // 昭和63年12月31日: no date is longer in words
    case CellKind::postal_code:
        return "160-0000";
    case CellKind::choice:
        return *std::ranges::max_element(column.choices, {}, &std::string::size);
    }
    return {};
}

} // namespace

Addressee longest_addressee(const RecipientLayout& columns, Category category, std::size_t text_limit)
{
    Addressee to;
    to.category = category;
    to.serial = kLargestSerial;
    to.recipient.clear(0);
    for (const auto& column : columns.columns()) to.recipient.add(longest_value(column, text_limit));
    return to;
}

Addressee with_value(const Addressee& to, std::size_t column, std::string_view value)
{
    auto changed = to;
    changed.recipient.clear(to.recipient.line());
    for (std::size_t i = 0; i < to.recipient.columns(); ++i)
        changed.recipient.add(i == column ? value : to.recipient.value(i));
    return changed;
}

std::vector<std::string> other_values(const RecipientColumn& column)
{
    auto values = column.choices;
    if (column.required != Required::always) values.emplace_back();
    return values;
}

} // namespace azukari::guidance
