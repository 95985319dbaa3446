#include "entrustment/pages/register_waiting.h"

#include "entrustment/version_store.h"
#include "entrustment/work_flow_store.h"

namespace azukari::entrustment {
namespace {

using office::Tone;

void tell_work_flow(const office::Asked& asked)
{
    if (const auto scope = asked.may(access::actions::kAcknowledgeFlow)) {
        const auto flow = current_work_flow(asked.snapshot, *scope);
        if (flow && !flow->acknowledged_at)
            asked.tell(Tone::caution, "区が公開した業務フローを確認してください", "/work-flow");
    }
    if (const auto scope = asked.may(access::actions::kPublishFlow))
        if (!current_work_flow(asked.snapshot, *scope))
            asked.tell(Tone::info, "業務フローがまだ公開されていません", "/work-flow");
}

void tell_draft(const office::Asked& asked)
{
    if (!access::grants(access::actions::kReportRegister, asked.session.role)) return;
    const auto scope = asked.may(access::actions::kSeeRegister);
    if (!scope) return;
    const auto mark = latest_mark(asked.snapshot, *scope);
    if (mark && mark->state == VersionState::draft)
        asked.tell(Tone::caution, "審議会等に報告していない変更があります", "");
}

} // namespace

void tell_waiting(const office::Asked& asked)
{
    tell_work_flow(asked);
    tell_draft(asked);
}

} // namespace azukari::entrustment
