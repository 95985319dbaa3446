// 確認記録票 as something that can be printed: the record that both sides signed, on the paper that the ledger's first
// checkpoint after the last signature stands under. The same record gives the same bytes; a dispute or a correction
// gives others, so that what was agreed to before is void.
#pragma once

#include "infra/pdf/type/font_book.h"
#include "printing/printable.h"

namespace azukari::printing {

using EntrustmentName = std::function<std::string(const storage::Snapshot&, const access::Scope&)>; // 件名

// Fonts outlive the source.
std::shared_ptr<const Source> record_papers(storage::Db& db, const pdf::FontBook& fonts, EntrustmentName name);

} // namespace azukari::printing
