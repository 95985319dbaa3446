// 取扱責任者・取扱者名簿: a roster as it was handed over, on paper, addressed to the head of the ward.
#pragma once

#include "access/pages/people/people_pages.h"
#include "access/roster/roster.h"
#include "infra/pdf/sink.h"

namespace azukari::access::people_pages {

struct RosterPaper {
    const Entrusted& entrusted;
    std::string ward; // 見本区: its head is addressed as 見本区長
    std::string contractor;
    const RosterVersion& version;
    const RosterVersion* before; // the version handed over before, nullptr for the first
};

// The same version gives the same bytes. Refuses kUnprintableRoster with the characters no font holds.
Result<void> write_roster_paper(const RosterPaper& paper, pdf::Sink& sink, const pdf::FontBook& fonts);

std::string file_name_of(const RosterVersion& version); // 取扱責任者・取扱者名簿_第2版_20260601.pdf

} // namespace azukari::access::people_pages
