// 印刷ログ on paper, for the ward.
#pragma once

#include "infra/pdf/sink.h"
#include "infra/pdf/type/font_book.h"
#include "printing/log/print_log.h"

namespace azukari::printing {

// The same log gives the same bytes. Refuses kUnprintable.
Result<void> write_log_paper(const PrintLog& log, Instant made, pdf::Sink& sink, const pdf::FontBook& fonts);

} // namespace azukari::printing
