// What may be asked for and when the paper is accounted for. Pure.
#pragma once

#include "approval/description.h"
#include "printing/print_job.h"

namespace azukari::printing {

inline constexpr std::int64_t kMostCopies = 20;

// 指定枚数以上: as many as the ward designated, or more, in one job or by one person on one day.
bool needs_reason(const Limits& limits, std::int64_t sheets, std::int64_t today_before);

// Refuses kCopiesExpected, kWordsExpected, kReasonExpected, each at its field.
Result<void> check_wish(const Wish& wish, const Printable& document, const Limits& limits, std::int64_t today_before);
// Refuses kNumberExpected.
Result<void> check_limits(const Limits& limits);

// Who agrees: one more person; two when a reason was needed.
std::vector<approval::Stage> stages_for(const Wish& wish);
// What is agreed to: everything that a change of would make another job.
approval::Description describe(const PrintJob& job, const Printable& document, std::string_view printer_uri);

// The same job may be sent once more: nothing of it can have reached the printer.
bool may_send_again(Delivery delivery);

struct CopyEnd { // of one copy (部), in sheets
    std::int64_t handed_on = 0, destroyed = 0;
};
// Every sheet counted exactly once. Refuses kCopyTooLarge, kDoesNotBalance, kNoteExpected, kMethodExpected (custody).
Result<void> check_account(const PrintJob& job, std::span<const CopyEnd> ends, const Account& account);

} // namespace azukari::printing
