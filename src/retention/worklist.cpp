#include "retention/worklist.h"

#include "retention/retention_refusals.h"

#include <algorithm>
#include <tuple>

namespace azukari::retention {
namespace {

const Hold* hold_on(const Document& document, std::span<const Hold> holds)
{
    for (const auto& hold : holds)
        if (!hold.released_at && (hold.object.empty() || hold.object == document.object)) return &hold;
    return nullptr;
}

Standing standing_of(const WorkItem& item, const Hold* hold, CivilDate today)
{
    if (item.document.disposed_at || item.document.gone) return Standing::disposed;
    if (hold != nullptr) return Standing::held;
    if (!item.last_day) return Standing::open;
    if (today <= *item.last_day) return Standing::kept;
    return today <= *item.deadline ? Standing::due : Standing::overdue;
}

} // namespace

std::string_view japanese(Standing standing)
{
    switch (standing) {
    case Standing::overdue:
        return "期限を過ぎています";
    case Standing::due:
        return "廃棄・消去の時期です";
    case Standing::held:
        return "保留中";
    case Standing::kept:
        return "保存中";
    case Standing::open:
        return "保存中（終わりの日は未定）";
    case Standing::disposed:
        return "済み";
    }
    return {};
}

std::vector<WorkItem> worklist(const Rules& rules, std::string_view entrustment_code, std::vector<Document> documents,
                               std::span<const Hold> holds, CivilDate today)
{
    std::vector<WorkItem> items;
    for (auto& document : documents) {
        const auto* rule = rules.find(entrustment_code, document.kind);
        if (rule == nullptr) continue;
        WorkItem item{std::move(document), rule, Standing::open, {}, {}};
        item.last_day = last_day_of(*rule, item.document.events);
        if (item.last_day) item.deadline = item.last_day->plus_days(rule->within_days);
        const auto* hold = hold_on(item.document, holds);
        item.standing = standing_of(item, hold, today);
        if (item.standing == Standing::held) item.hold_reason = hold->reason;
        items.push_back(std::move(item));
    }
    std::stable_sort(items.begin(), items.end(), [](const WorkItem& a, const WorkItem& b) {
        return std::tuple(a.standing, a.last_day) < std::tuple(b.standing, b.last_day);
    });
    return items;
}

Result<void> may_dispose(const Rule& rule, const Events& events, CivilDate today)
{
    if (const auto* event = awaited(rule, events)) return refuse(kStillOpen, event->name);
    const auto last = last_day_of(rule, events);
    if (today <= *last) return refuse(kTooEarly, to_era(*last));
    return {};
}

} // namespace azukari::retention
