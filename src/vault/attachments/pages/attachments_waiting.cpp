#include "vault/attachments/pages/attachments_waiting.h"

#include "vault/attachments/attachment_store.h"

#include <fmt/format.h>

namespace azukari::vault::attachments::pages {

void tell_waiting(const office::Asked& asked)
{
    if (!asked.may(access::actions::kAddAttachment)) return;
    if (const auto count = count_waiting(asked.snapshot, asked.entrustment); count > 0)
        asked.tell(office::Tone::caution, fmt::format("添付{}件がウイルス検査を待っています", count), "/persons");
}

} // namespace azukari::vault::attachments::pages
