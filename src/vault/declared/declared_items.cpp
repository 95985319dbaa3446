#include "vault/declared/declared_items.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::vault {
namespace {

constexpr std::string_view kOf = "の", kOpen = "（", kClose = "）";

// 子どもの名前 + 性別 → 子どもの性別; 住所 + 電話 → 住所・電話.
std::string joined_name(std::string_view head, std::string_view name)
{
    const auto of = head.rfind(kOf);
    if (of != std::string_view::npos) return fmt::format("{}{}", head.substr(0, of + kOf.size()), name);
    return fmt::format("{}・{}", head, name);
}

} // namespace

DeclaredItems::DeclaredItems(const entrustment::Part& part, const matters::Matters& matters)
    : part_(part.code), title_(part.title)
{
    for (const auto& group : part.item_groups) {
        for (const auto& note : group.notes)
            if (condition(note.code) == nullptr) conditions_.push_back({note.code, note.text});
        std::string head;
        for (const auto& item : group.items) {
            if (!item.joined) head = item.name;
            DeclaredItem made{
                item.code, item.joined ? joined_name(head, item.name) : item.name, item.values, {}, false, false,
                false};
            if (!item.remark.empty()) made.name += fmt::format("（{}）", item.remark);
            if (item.note > 0) made.condition = group.notes[static_cast<std::size_t>(item.note - 1)].code;
            for (const auto origin : group.origins)
                (origin == entrustment::Origin::provided ? made.from_ward : made.from_person) = true;
            made.sensitive = !matters.find(made.name, matters::Care::sensitive).empty();
            if (find(made.code) == nullptr) items_.push_back(std::move(made));
        }
    }
}

const DeclaredItem* DeclaredItems::find(std::string_view code) const
{
    const auto found = std::find_if(items_.begin(), items_.end(), [&](const auto& item) { return item.code == code; });
    return found == items_.end() ? nullptr : &*found;
}

const Condition* DeclaredItems::condition(std::string_view code) const
{
    const auto found =
        std::find_if(conditions_.begin(), conditions_.end(), [&](const auto& each) { return each.code == code; });
    return found == conditions_.end() ? nullptr : &*found;
}

std::string DeclaredItems::name_of(std::string_view code) const
{
    const auto* item = find(code);
    return item == nullptr ? std::string(code) : item->name;
}

bool is_among(std::string_view value, const std::vector<std::string>& values)
{
    return std::any_of(values.begin(), values.end(), [&](const std::string& listed) {
        if (value == listed) return true;
        const auto open = listed.find(kOpen);
        if (open == std::string::npos || !listed.ends_with(kClose)) return false;
        const auto head = std::string_view(listed).substr(0, open + kOpen.size());
        return value.starts_with(head) && value.ends_with(kClose) && value.size() > head.size() + kClose.size();
    });
}

} // namespace azukari::vault
