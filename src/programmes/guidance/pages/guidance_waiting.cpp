#include "programmes/guidance/pages/guidance_waiting.h"

#include "programmes/guidance/batch/batch_store.h"

namespace azukari::guidance::pages {
namespace {

using access::grants;
using office::Tone;

void tell_batch(const office::Asked& asked, const Batch& batch)
{
    const auto role = asked.session.role;
    const auto below = "/guidance/batches/" + batch.id.text();
    switch (state_of(batch)) {
    case BatchState::stored:
        if (grants(access::actions::kComposeGuidance, role))
            asked.tell(Tone::info, "取り込んだデータから通知を組み上げてください", below);
        return;
    case BatchState::composed:
        if (grants(access::actions::kApproveGuidance, role) && may_approve(batch, asked.session.staff))
            asked.tell(Tone::caution, "通知の取り出しが承認を待っています", below);
        return;
    case BatchState::approved:
        if (grants(access::actions::kTakeGuidance, role)) asked.tell(Tone::info, "承認された通知を取り出せます", below);
        return;
    case BatchState::taken:
        return;
    }
}

} // namespace

void tell_waiting(const office::Asked& asked)
{
    if (asked.code != "guidance") return;
    const auto scope = asked.may(access::actions::kSeeGuidance);
    if (!scope) return;
    for (const auto& batch : batches(asked.snapshot, *scope)) tell_batch(asked, batch);
}

} // namespace azukari::guidance::pages
