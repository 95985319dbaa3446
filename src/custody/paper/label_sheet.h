// ラベル用紙: labels to cut or to stick, 24 on a sheet of A4 (three by eight, 70 by 37 mm, as office labels are sold), each
// with a 2D code, the letters below it and what it is for.
#pragma once

#include "base/instant.h"
#include "base/result.h"
#include "infra/pdf/canvas.h"
#include "infra/pdf/sink.h"
#include "infra/pdf/type/font_book.h"

namespace azukari::custody {

struct PrintedLabel {
    std::string label;
    std::string kind;  // 電磁的媒体
    std::string words; // "健診の対象者"; empty on a label that is not stuck on anything yet
};

inline constexpr std::size_t kLabelsOnSheet = 24;

// Refuses kUnprintable.
Result<void> write_label_sheet(const std::vector<PrintedLabel>& labels, Instant printed, pdf::Sink& sink,
                               const pdf::FontBook& fonts);

} // namespace azukari::custody
