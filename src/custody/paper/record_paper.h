// 確認記録票: a hand-over on paper, with what both sides have signed and, as the paper's own witness, the ledger's size and
// root at that time in letters that can be copied by hand.
#pragma once

#include "custody/handing/record.h"
#include "infra/pdf/paper.h"
#include "ledger/note/checkpoint.h"

namespace azukari::custody {

struct RecordPaper {
    const Record& record;
    std::string entrustment; // 委託の名称
    std::string ward, contractor;
    const ledger::note::Checkpoint& checkpoint;
    Instant printed;
};

// The same values give the same bytes. Returns the number of pages. Refuses kUnprintable with the characters no font
// holds.
Result<std::int64_t> write_record_paper(const RecordPaper& paper, pdf::Sink& sink, const pdf::FontBook& fonts);
std::string file_name_of(const Record& record); // 確認記録票_第3号_20260601.pdf

} // namespace azukari::custody
