// 束札: what is tied around a bundle, so that it can be counted without being opened.
#pragma once

#include "base/result.h"
#include "infra/pdf/sink.h"
#include "infra/pdf/type/font_book.h"
#include "programmes/guidance/batch/batch.h"
#include "programmes/guidance/sealing/packing_store.h"

namespace azukari::guidance::sealing_pages {

// What the 2D code of a bundle says: "AZUKARI-BUNDLE 1234 7", with the batch's mark.
std::string bundle_code(const Batch& batch, const Bundle& bundle);
// Eight on a sheet of A4, to cut. Refuses custody::kUnprintable.
Result<void> write_bundle_labels(const Batch& batch, std::span<const Bundle> bundles, Instant printed, pdf::Sink& sink,
                                 const pdf::FontBook& fonts);

} // namespace azukari::guidance::sealing_pages
