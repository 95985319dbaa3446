// 廃棄・消去の予定: what must be kept until when, what is due, what is overdue, what is held.
#pragma once

#include "retention/document.h"
#include "retention/hold.h"

#include <span>

namespace azukari::retention {

enum class Standing : std::uint8_t {
    overdue, // 期限を過ぎた
    due,     // 廃棄する時期
    held,    // 保留
    kept,    // 保存中
    open,    // an event has not happened yet
    disposed,
};
std::string_view japanese(Standing standing);

struct WorkItem {
    Document document;
    const Rule* rule;
    Standing standing;
    std::optional<CivilDate> last_day; // of keeping
    std::optional<CivilDate> deadline; // by which it must be gone
    std::string hold_reason{};
};

// Most pressing first. Documents of a kind without a rule are left out.
std::vector<WorkItem> worklist(const Rules& rules, std::string_view entrustment_code, std::vector<Document> documents,
                               std::span<const Hold> holds, CivilDate today);

// Refuses kStillOpen, kTooEarly.
Result<void> may_dispose(const Rule& rule, const Events& events, CivilDate today);

} // namespace azukari::retention
