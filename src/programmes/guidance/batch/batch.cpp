#include "programmes/guidance/batch/batch.h"

#include "infra/seal/digest.h"
#include "programmes/guidance/batch/batch_refusals.h"

#include <fmt/format.h>

namespace azukari::guidance {

std::string digest_of(const ComposedBatch& composed)
{
    std::string text;
    for (const auto& letters : composed.categories)
        text += fmt::format("{} {} {} {} {}\n", letters.category, letters.letters, letters.pages, letters.size_bytes,
                            letters.sha256);
    return hex(seal::sha256(as_bytes(text)));
}

BatchState state_of(const Batch& batch)
{
    if (!batch.composition) return BatchState::stored;
    const bool approved = batch.approval && batch.approval->composition_digest == digest_of(*batch.composition);
    if (!approved) return BatchState::composed;
    return batch.takings.empty() ? BatchState::approved : BatchState::taken;
}

std::string_view japanese(BatchState state)
{
    switch (state) {
    case BatchState::stored:
        return "取り込み済み";
    case BatchState::composed:
        return "承認待ち";
    case BatchState::approved:
        return "承認済み";
    case BatchState::taken:
        return "取り出し済み";
    }
    return {};
}

Result<void> may_approve(const Batch& batch, StaffId approver)
{
    if (!batch.composition) return refuse(kNotComposed);
    if (batch.received_by == approver || batch.composition->by == approver) return refuse(kSamePerson);
    if (batch.approval && batch.approval->composition_digest == digest_of(*batch.composition))
        return refuse(kAlreadyApproved);
    return {};
}

Result<const ComposedLetters*> may_take(const Batch& batch, std::string_view category)
{
    if (!batch.composition) return refuse(kNotComposed);
    if (!batch.approval) return refuse(kNotApproved);
    if (batch.approval->composition_digest != digest_of(*batch.composition)) return refuse(kApprovalVoid);
    for (const auto& letters : batch.composition->categories)
        if (letters.category == category) return &letters;
    return refuse(kNoSuchLetters);
}

} // namespace azukari::guidance
