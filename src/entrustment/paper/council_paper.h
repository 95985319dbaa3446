// 審議会・運営会議の報告書: the paper of one entrustment, in the documents' own order and tables. Parts that changed
// since the version last reported are set in bold Gothic and underlined.
#pragma once

#include "base/result.h"
#include "entrustment/provisions.h"
#include "infra/pdf/paper.h"

namespace azukari::entrustment {

struct CouncilPaper {
    const Entrustment& entrustment;
    const Catalogues& catalogues;
    const Entrustment* reported = nullptr; // the version last reported; nullptr when this is the first
    Instant made{};
};

// Returns the number of pages. Refuses when a character cannot be printed; what was written must then be thrown away.
Result<std::size_t> write_council_paper(const CouncilPaper& paper, pdf::Sink& sink, const pdf::FontBook& fonts);

// What to call the file: "介護人材入門的研修事業_報告.pdf".
std::string file_name_of(const Entrustment& entrustment);

} // namespace azukari::entrustment
