// Where the pages of this programme stand.
#pragma once

#include "infra/html/url.h"
#include "programmes/guidance/batch/batch.h"

namespace azukari::guidance::pages {

inline html::Url list_address(EntrustmentId entrustment)
{
    return html::url("/entrustments/", entrustment, "/guidance");
}
inline html::Url intake_address(EntrustmentId entrustment)
{
    return html::url("/entrustments/", entrustment, "/guidance/intake");
}
inline html::Url headings_address(EntrustmentId entrustment)
{
    return html::url("/entrustments/", entrustment, "/guidance/intake/headings");
}
inline html::Url proof_address(EntrustmentId entrustment)
{
    return html::url("/entrustments/", entrustment, "/guidance/proof");
}
inline html::Url batch_address(EntrustmentId entrustment, BatchId batch)
{
    return html::url("/entrustments/", entrustment, "/guidance/batches/", batch);
}
// `step`: composition, progress, approval, letters
inline html::Url step_address(EntrustmentId entrustment, BatchId batch, std::string_view step)
{
    return html::url("/entrustments/", entrustment, "/guidance/batches/", batch, "/", step);
}

inline html::Url specimen_address(EntrustmentId entrustment, BatchId batch, std::string_view category)
{
    return html::url("/entrustments/", entrustment, "/guidance/batches/", batch, "/specimen/", category);
}

} // namespace azukari::guidance::pages
